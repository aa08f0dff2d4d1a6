from odoo import fields, models


class CrmLeadLost(models.TransientModel):
    """Losing an opportunity asks for the competitor of its offers, too."""

    _inherit = "crm.lead.lost"

    offer_competitor_name = fields.Char(
        string="Lost To",
        help="The competitor who got the order, for the offers of the opportunity.",
    )
    offer_competitor_price = fields.Float(
        string="Competitor's Price",
        digits="Product Price",
        help="Tax excluded, in the currency of the offer. Empty when unknown.",
    )

    def action_lost_reason_apply(self):
        result = super().action_lost_reason_apply()
        # sudo: heads are the archive's; losing the opportunity was just allowed
        offers_sudo = self.lead_ids._offer_heads().filtered(
            lambda offer: offer.state == "lost" and not offer.is_loss_explained
        )
        if offers_sudo and self.lost_reason_id:
            offers_sudo._note_loss(
                self.lost_reason_id, **self._offer_competitor_values(offers_sudo)
            )
        return result

    def _offer_competitor_values(self, offers):
        has_price = len(offers) == 1 and self.offer_competitor_price > 0
        return {
            "competitor_name": (self.offer_competitor_name or "").strip() or False,
            "competitor_price": self.offer_competitor_price if has_price else 0.0,
        }
