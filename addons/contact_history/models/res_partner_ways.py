from odoo import models

# A field that holds more numbers tells a story.
MAX_NUMBERS = 3


class ResPartner(models.Model):
    """How to turn to the customer at once: the buttons of the history's header."""

    _inherit = "res.partner"

    def _contact_history_ways(self):
        """Return how this customer can be turned to.

        Override to add a way, for example a messenger: call ``super()`` and add.

        :return: list of dicts of ``channel``, ``address`` (to read), ``href`` and
            ``partner_id`` (whose address it is).
        """
        self.ensure_one()
        return [
            *self._contact_history_own_or_house("_contact_history_telephones"),
            *self._contact_history_own_or_house("_contact_history_mailboxes"),
        ]

    def _contact_history_open_ways(self, barred):
        """Return the ways, and why nobody should use some of them.

        :param barred: what has the answer of :meth:`_contact_history_barred`.
        """
        ways = self._contact_history_ways()
        reasons = barred() if ways else {}
        return [{**way, "barred": reasons.get(way["channel"])} for way in ways]

    def _contact_history_own_or_house(self, method):
        """Return the addresses of the person, or else those of the company."""
        house = self.commercial_partner_id._filtered_access("read")
        return getattr(self, method)() or getattr(house, method)()

    def _contact_history_telephones(self):
        numbers = [number for one in self for number in one._contact_history_numbers()]
        return [
            {
                "channel": "call",
                "address": number.readable,
                "href": number.uri,
                "partner_id": self.id,
            }
            for number in numbers[:MAX_NUMBERS]
        ]

    def _contact_history_mailboxes(self):
        return [
            {
                "channel": "email",
                "address": one.email_normalized,
                "href": f"mailto:{one.email_normalized}",
                "partner_id": one.id,
            }
            for one in self
            if one.email_normalized
        ]

    def _contact_history_barred(self):
        """Return {channel: why the customer should not be contacted so, or None}."""
        channels = self.env["contact.interaction"]._fields["channel"]
        verdicts = self._contact_consents(channels.get_values(self.env), "service")
        return {
            channel: None if verdict.is_allowed else verdict.reason
            for channel, by_partner in verdicts.items()
            for verdict in by_partner.values()
        }
