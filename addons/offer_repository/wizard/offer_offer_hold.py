from odoo import fields, models


class OfferOfferHold(models.TransientModel):
    """Asks why documents have to stay, or need not any more."""

    _name = "offer.offer.hold"
    _description = "Legal Hold"

    offer_ids = fields.Many2many(
        "offer.offer",
        string="Offers",
        required=True,
        default=lambda self: self.env.context.get("active_ids", []),
    )
    reason = fields.Char(required=True)

    def action_hold(self):
        """Keep the documents of the offers until they are released."""
        self._offers_sudo()._hold(self.reason)

    def action_release(self):
        """Let the retention policy apply to the offers again."""
        self._offers_sudo()._release(self.reason)

    def _offers_sudo(self):
        self.ensure_one()
        self.check_access("write")
        self.offer_ids.check_access("read")
        # sudo: nobody may write heads; the reader is an administrator of the branch
        return self.offer_ids.sudo()
