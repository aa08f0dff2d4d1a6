from odoo import fields, models
from odoo.fields import Domain

from ..consent import PURPOSES, decide
from .contact_consent import ANY

_WITH_ADDRESS = {"email": "mail", "call": "phone", "sms": "phone"}


class ResPartner(models.Model):
    """May we contact them? Asked by everything of ours that contacts people."""

    _inherit = "res.partner"

    contact_consent_ids = fields.One2many(
        "contact.consent",
        "partner_id",
        string="Wishes and consents",
        groups="contact_history.contact_history_group_user",
    )

    def _may_contact(self, channel: str, purpose: str = "service") -> bool:
        """Tell whether this customer may be contacted.

        For everything that contacts people by itself, or asks colleagues to. Works
        for any user; of what was said, nothing comes out but the answer.

        :param channel: of contact.interaction, e.g. ``email``; ``any`` where the
            channel is chosen later (then only a refusal of every channel counts).
        :param purpose: ``service`` (orders, questions: allowed unless
            refused), ``feedback`` or ``marketing``.
        :raise ValueError: for a channel or purpose that there is none.
        """
        self.ensure_one()
        return self._contact_consent(channel, purpose).is_allowed

    def _filter_contactable(self, channel: str, purpose: str = "service"):
        """Return those of the customers that may be contacted, in a few queries."""
        verdicts = self._contact_consents([channel], purpose)[channel]
        return self.filtered(lambda partner: verdicts[partner.id].is_allowed)

    def _contact_consent(self, channel: str, purpose: str = "service"):
        """Return the ``consent.Verdict``: whether, why, and what was said.

        See ``_may_contact``.
        """
        self.ensure_one()
        return self._contact_consents([channel], purpose)[channel][self.id]

    def _contact_consents(self, channels, purpose):
        """Return {channel: {partner id: Verdict}}, of any number in a few queries."""
        for channel in channels:
            self._check_contact_way(channel, purpose)
        circles = self._contact_consent_circles()
        everybody = (
            self.browse()
            .sudo()
            .union(*(people for circle in circles for people in circle.values()))
        )
        found_sudo = self._contact_said(everybody, channels, purpose)
        return {
            channel: self._contact_verdicts(
                circles, everybody, found_sudo, channel, purpose
            )
            for channel in channels
        }

    def _contact_verdicts(self, circles, everybody, found_sudo, channel, purpose):
        """Return {partner id: Verdict} of one channel."""
        own, house = circles
        statements = {partner.id: [] for partner in everybody}
        for one in found_sudo.filtered(lambda one: one.channel in (channel, ANY)):
            statements[one.partner_id.id] += one._as_statements()
        needs_consent = self.env["contact.channel.policy"]._needs_consent(
            self.env.company, channel, purpose
        )
        blacklisted = self._contact_blacklisted(everybody, channel, purpose)
        return {
            partner.id: decide(
                [one for who in own[partner.id] for one in statements[who.id]],
                [one for who in house[partner.id] for one in statements[who.id]],
                purpose,
                needs_consent=needs_consent,
                is_blacklisted=bool(own[partner.id] & blacklisted),
            )
            for partner in self
        }

    def _check_contact_way(self, channel, purpose):
        channels = self.env["contact.consent"]._fields["channel"].get_values(self.env)
        if channel not in channels:
            raise ValueError(f"unknown_channel: {channel!r}")
        if purpose not in PURPOSES:
            raise ValueError(f"unknown_purpose: {purpose!r}")

    def _contact_consent_circles(self):
        """Return ({id: records of the person}, {id: records of the company})."""
        # sudo: what was said to another branch, about a record of another branch,
        # counts too; only the verdict comes out.
        partners_sudo = self.sudo()
        same = (
            partners_sudo | partners_sudo.commercial_partner_id
        )._contact_same_person()
        own = {partner.id: same[partner.id] for partner in partners_sudo}
        house = {
            partner.id: same[partner.commercial_partner_id.id] - own[partner.id]
            for partner in partners_sudo
        }
        return own, house

    def _contact_same_person(self):
        """Return {partner id: the records that are the same person or company}.

        Each with itself. Override to add records of which it is certain; called and
        returned in superuser mode.
        """
        return {partner.id: partner for partner in self}

    def _contact_said(self, partners_sudo, channels, purpose):
        """Return the statements that count today: contact.consent, superuser mode."""
        consents_sudo = self.env["contact.consent"].sudo()
        return consents_sudo.search_fetch(
            consents_sudo._domain_valid(partners_sudo)
            & Domain("channel", "in", (*channels, ANY))
            & Domain("purpose", "in", (purpose, ANY)),
            ["partner_id", "channel", "date", "decision"],
        )

    def _contact_blacklisted(self, partners_sudo, channel, purpose):
        """Return who is on Odoo's own lists of those who want no mailings."""
        kind = _WITH_ADDRESS.get(channel)
        if purpose == "service" or not kind:
            return partners_sudo.browse()
        model, name, stored = {
            "mail": ("mail.blacklist", "email", "email_normalized"),
            "phone": ("phone.blacklist", "number", "phone_sanitized"),
        }[kind]
        addresses = list(filter(None, partners_sudo.mapped(stored)))
        if not addresses:
            return partners_sudo.browse()
        # sudo: whether one's own customer is on the list; not the list.
        listed_sudo = self.env[model].sudo().search([(name, "in", addresses)])
        listed = set(listed_sudo.mapped(name))
        return partners_sudo.filtered(lambda partner: partner[stored] in listed)

    # ------------------------------------------------------------------
    # What is shown of it
    # ------------------------------------------------------------------

    def _contact_history_notices(self, partners):
        """Add the wishes and objections that whoever turns to them has to know.

        Of all branches of the company: nobody shall call a customer who refused it
        elsewhere. Neither who recorded it, nor where, nor in which words.
        """
        return [
            *super()._contact_history_notices(partners),
            *(consent._as_notice() for consent in self._contact_wishes()),
        ]

    def _contact_wishes(self):
        """Return what was said last of each way of contacting, newest first.

        :return: contact.consent in superuser mode, of all branches of the company.
        """
        self.ensure_one()
        own, house = self._contact_consent_circles()
        consents_sudo = self.env["contact.consent"].sudo()
        found_sudo = consents_sudo.search(
            consents_sudo._domain_valid(own[self.id] | house[self.id])
        )
        newest = {}
        # The person's own word before that of the company.
        for consent_sudo in found_sudo.sorted(
            lambda one: one.partner_id not in own[self.id]
        ):
            about = consent_sudo.channel, consent_sudo.purpose
            newest.setdefault(about, consent_sudo)
        return (
            consents_sudo.union(*newest.values())
            .sorted()
            .filtered(lambda one: one.decision != "withdrawn")
        )

    def action_record_consent(self):
        """Write down what the customer says of being contacted."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What does the customer say?"),
            "res_model": "contact.consent",
            "views": [(False, "form")],
            "target": "new",
            # Nothing is chosen beforehand: what is saved by accident cannot be changed.
            "context": {
                "default_partner_id": self.id,
                "default_decision": False,
                "default_channel": False,
            },
        }
