from odoo import fields, models
from odoo.tools import format_date

_CONFIRMED = "offer_repository_sent_anyway"
OK, OPEN, UNKNOWN = "ok", "open", "unknown"


class SaleOrder(models.Model):
    """Ready to send? A list of points, each explained, that a quotation should meet."""

    _inherit = "sale.order"

    def offer_readiness(self):
        """Return the points of a quotation as plain data, by the reader's rights.

        :return: list of dicts of ``code``, ``label``, ``state`` (ok, open, unknown),
            ``text`` and ``level`` (optional, required)
        """
        return self._offer_readiness(("optional", "required"))

    def _offer_readiness(self, wanted):
        """Return the points of some levels; only these are looked at."""
        self.ensure_one()
        self.check_access("read")
        policy = self.env["offer.readiness.policy"]
        levels = policy._levels(self.company_id)
        if not set(wanted) & set(levels.values()):
            return []
        checks = self._offer_readiness_points()
        points = []
        for code, label in policy._selection_point():
            if code not in checks or levels[code] not in wanted:
                continue
            state, text = checks[code]()
            points.append(
                {
                    "code": code,
                    "label": label,
                    "state": state,
                    "text": text,
                    "level": levels[code],
                }
            )
        return points

    def _offer_readiness_points(self):
        """Return the check of each point by its code.

        Extend it, together with ``offer.readiness.policy._selection_point``, to look at
        more. A check returns state and text, writes nothing and never raises for data.
        """
        return {
            "person": self._offer_ready_person,
            "language": self._offer_ready_language,
            "channel": self._offer_ready_channel,
            "inquiry": self._offer_ready_inquiry,
            "response": self._offer_ready_response,
            "prices": self._offer_ready_prices,
            "validity": self._offer_ready_validity,
            "terms": self._offer_ready_terms,
            "duplicate": self._offer_ready_duplicate,
        }

    # ------------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------------

    def action_quotation_send(self):
        """Ask before the composer opens when a required point is open."""
        return self._offer_check_ready() or super().action_quotation_send()

    def _offer_check_ready(self):
        """Return the dialog that asks whether to send anyway, None when all is well."""
        if len(self) != 1 or self.env.context.get(_CONFIRMED):
            return None
        objections = self._offer_send_objections()
        if not objections:
            return None
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ready to Send?"),
            "res_model": "offer.readiness.ask",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def _offer_send_objections(self):
        """Return the required points that are open, as :meth:`offer_readiness` does."""
        if self.state not in ("draft", "sent"):
            return []
        return [
            point
            for point in self._offer_readiness(("required",))
            if point["state"] == OPEN
        ]

    # ------------------------------------------------------------------
    # To whom
    # ------------------------------------------------------------------

    def _offer_ready_person(self):
        partner = self.partner_id
        if partner and not partner.is_company:
            return OK, partner.name or ""
        return OPEN, self.env._(
            "It goes to the company. Choose the person who decides as customer."
        )

    def _offer_ready_language(self):
        installed = dict(self.env["res.lang"].get_installed())
        language = installed.get(self.partner_id.lang)
        if language:
            return OK, language
        return OPEN, self.env._(
            "No language is set for %(customer)s. Set it on the contact.",
            customer=self.partner_id.display_name or "",
        )

    def _offer_ready_channel(self):
        if not self.partner_id.email:
            return OPEN, self.env._(
                "There is no e-mail address. Add one, or print the offer."
            )
        preferred = self._offer_contacts("preferred")
        if not preferred or preferred["channel"] in ("email", "portal"):
            return OK, self.partner_id.email
        log = self.env["contact.interaction"]
        channels = dict(log._fields["channel"]._description_selection(self.env))
        return OPEN, self.env._(
            "The customer mostly uses another way: %(channel)s. Say there that the "
            "offer is coming.",
            channel=channels[preferred["channel"]],
        )

    def _offer_contacts(self, name):
        """Return a part of the contact history's head, None for who may not read it."""
        if not self.env["contact.interaction"].has_access("read"):
            return None
        if not self.partner_id.has_access("read"):
            return None
        return self.partner_id._contact_history_header([name])[name]

    def _offer_ready_duplicate(self):
        """Say what the notice above the quotation says, by the same policy."""
        check = self.env["offer.check"]
        if not check._is_user():
            return UNKNOWN, check._user_message()
        if check._is_limit_reached():
            return UNKNOWN, check._limit_message()
        told, is_settled = check._tell_others(self)
        if not told:
            return OK, self.env._("No other record of this customer is known.")
        text = self.env._(
            "%(verdict)s: %(where)s (see the notice above)",
            verdict=told[0]["verdict_label"],
            where=told[0].get("name") or told[0]["branch"],
        )
        return (OK if is_settled else OPEN), text

    # ------------------------------------------------------------------
    # What
    # ------------------------------------------------------------------

    def _offer_ready_validity(self):
        today = fields.Date.context_today(self)
        if not self.validity_date:
            return OPEN, self.env._("There is no date until which it is valid.")
        day = format_date(self.env, self.validity_date)
        if self.validity_date < today:
            return OPEN, self.env._("It expired on %(day)s. Set a new date.", day=day)
        return OK, self.env._("Valid until %(day)s", day=day)

    def _offer_ready_terms(self):
        if self.payment_term_id:
            return OK, self.payment_term_id.display_name
        return OPEN, self.env._("There are no payment terms.")
