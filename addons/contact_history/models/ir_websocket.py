import re

from odoo import models

WANTED = re.compile(r"contact_history\.partner_(\d{1,9})")


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Let whoever may read a customer hear that there is a new contact.

        A client names the customer it shows. What it listens to are channels of the
        branches whose contacts may appear on that page at all, which no client can
        name by itself.
        """
        channels, partner_ids = _split(channels)
        channels += self._contact_history_channels(partner_ids)
        return super()._build_bus_channel_list(channels)

    def _contact_history_channels(self, partner_ids):
        partners = self.env["res.partner"].browse(partner_ids).exists()
        if not partners or not self.env["contact.interaction"].has_access("read"):
            return []
        owners = [
            self.env.user,
            *self.env["res.company"]._contact_history_companies(),
        ]
        return [
            (owner, f"contact_history_{customer.id}")
            for partner in partners._filtered_access("read")
            for customer in partner._contact_history_partners().commercial_partner_id
            for owner in owners
        ]


# A browser shows one customer a tab; more is no browser.
MAX_WANTED = 20


def _split(channels):
    """Return the channels that are not ours, and the customers of those that are."""
    others, partner_ids = [], []
    for channel in channels:
        match = isinstance(channel, str) and WANTED.fullmatch(channel)
        if match:
            partner_ids.append(int(match[1]))
        else:
            others.append(channel)
    return others, partner_ids[:MAX_WANTED]
