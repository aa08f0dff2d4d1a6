import hashlib
import secrets

from odoo import fields, models
from odoo.tools import consteq

from ..telephone import fold, number_of


class ContactPhoneEndpoint(models.Model):
    """A telephone system that tells us of its calls."""

    _name = "contact.phone.endpoint"
    _description = "Telephone system"
    _order = "name"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
        index=True,
        help="The branch that the calls belong to.",
    )
    # Only its fingerprint: who reads the database cannot send events.
    secret_hash = fields.Char(readonly=True, copy=False, groups="base.group_system")
    has_secret = fields.Boolean(compute="_compute_has_secret")
    last_event_at = fields.Datetime(
        string="Last call",
        compute="_compute_last_event_at",
    )

    def _compute_has_secret(self):
        for endpoint in self:
            # sudo: whether there is one, not which.
            endpoint.has_secret = bool(endpoint.sudo().secret_hash)

    def _compute_last_event_at(self):
        groups = self.env["contact.phone.call"]._read_group(
            [("endpoint_id", "in", self.ids)], ["endpoint_id"], ["write_date:max"]
        )
        last = {endpoint.id: moment for endpoint, moment in groups}
        for endpoint in self:
            endpoint.last_event_at = last.get(endpoint.id, False)

    def action_new_secret(self):
        """Make a new secret, show it once, and let the old one end."""
        self.ensure_one()
        self.check_access("write")
        secret = secrets.token_urlsafe(32)
        # sudo: the fingerprint is hidden from managers too.
        self.sudo().secret_hash = self._fingerprint(secret)
        shown = self.env["contact.phone.endpoint.secret"].create(
            {"endpoint_id": self.id, "address": self._address(secret)}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Address for the telephone system"),
            "res_model": shown._name,
            "res_id": shown.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _address(self, secret):
        return f"{self.get_base_url()}/contact_history/phone/{self.id}/{secret}"

    def _fingerprint(self, secret):
        # Long and by chance: there is nothing to guess, so no slow hash is needed.
        return hashlib.sha256(secret.encode()).hexdigest()

    def _is_secret(self, secret):
        """Return whether this is the secret of an endpoint that exists and works."""
        endpoint = self.exists()
        if not (endpoint and endpoint.active and endpoint.secret_hash and secret):
            return False
        return consteq(endpoint.secret_hash, self._fingerprint(secret))

    # ------------------------------------------------------------------
    # Calls
    # ------------------------------------------------------------------

    def _receive(self, event):
        """Take in one event: first or last, early or late, once or again.

        :param event: ``telephone.PhoneEvent``.
        :return: the contact.interaction of the call.
        """
        self.ensure_one()
        call_sudo, is_new = self.env["contact.phone.call"].sudo()._add(self, event)
        if not is_new:
            return call_sudo.interaction_id
        folded = fold(call_sudo._events())
        interaction = self._record([folded])
        call_sudo.interaction_id = interaction
        if event.kind == "ring" and folded.direction == "incoming":
            self._announce(folded, interaction)
        return interaction

    def _record(self, calls):
        """Write calls into the log, each once; known ones are brought up to date.

        :param list calls: of ``telephone.Call``.
        :return: contact.interaction in superuser mode, in the order of the calls.
        """
        # sudo: calls are recorded for everybody, whoever is or is not logged in.
        log_sudo = self.env["contact.interaction"].sudo()
        stored = log_sudo.search(
            [
                ("origin", "=", self._log_origin()),
                ("external_id", "in", [call.call_id for call in calls]),
            ]
        )
        by_id = {row.external_id: row for row in stored}
        customers = self._find_customers(calls)
        users = self._find_users(calls)
        new = []
        for call in calls:
            values = self._prepare_interaction(call, customers, users)
            known = by_id.get(call.call_id)
            if known:
                self._update(known, values)
            else:
                new.append(values)
        by_id |= {row.external_id: row for row in log_sudo.create(new)}
        return log_sudo.union(*(by_id[call.call_id] for call in calls))

    def _update(self, interaction, values):
        """Change what is new; who the customer is may have been put right by hand."""
        if interaction.partner_id or not values["address"]:
            values = {
                name: value
                for name, value in values.items()
                if name not in ("partner_id", "candidate_ids", "certainty", "address")
            }
        values.pop("external_id")
        interaction.write(values)

    def _log_origin(self):
        self.ensure_one()
        return f"phone-{self.id}"

    def _region(self):
        return self.company_id.country_id.code or None

    def _number(self, call):
        found = number_of(call.customer, self._region())
        return found.e164 if found else None

    def _find_customers(self, calls):
        """Return {number: values of the customer} with one look-up."""
        numbers = {number for call in calls if (number := self._number(call))}
        return self.env["contact.phone.number"]._find_customers(
            numbers, self.company_id
        )

    def _find_users(self, calls):
        """Return {extension: res.users}."""
        extensions = [call.extension for call in calls if call.extension]
        users_sudo = self.env["res.users"].sudo()
        found = users_sudo.search(
            [
                ("contact_phone_extension", "in", extensions),
                ("company_ids", "in", self.company_id.ids),
            ]
        )
        return found.grouped("contact_phone_extension")

    def _prepare_interaction(self, call, customers, users):
        user = users.get(call.extension, self.env["res.users"])[:1]
        unknown = {"partner_id": False, "certainty": "known", "candidate_ids": False}
        number = self._number(call)
        return {
            "origin": self._log_origin(),
            "external_id": call.call_id,
            "company_id": self.company_id.id,
            "channel": "call",
            "direction": call.direction,
            "state": call.state,
            "occurred_at": call.started_at,
            "duration": call.duration,
            "user_id": user.id,
            "address": number or call.customer or False,
            **customers.get(number, unknown),
        }

    def _announce(self, call, interaction):
        """Show the person whose telephone rings who is calling."""
        users = self._find_users([call]).get(call.extension, self.env["res.users"])
        for user in users:
            user._bus_send(
                "contact_history.incoming_call",
                interaction._phone_card(user),
            )
