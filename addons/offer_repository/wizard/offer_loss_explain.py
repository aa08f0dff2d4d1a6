from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OfferLossExplain(models.TransientModel):
    """Asks why offers were lost, who got the order and for how much."""

    _name = "offer.loss.explain"
    _description = "Explain the Loss of an Offer"

    offer_ids = fields.Many2many("offer.offer", required=True)
    lost_reason_id = fields.Many2one(
        "crm.lost.reason", string="Reason for the Loss", ondelete="set null"
    )
    competitor_id = fields.Many2one("res.partner", ondelete="set null")
    competitor_name = fields.Char(
        string="Competitor's Name",
        compute="_compute_competitor_name",
        # whose name the user may not read stays unread
        compute_sudo=False,
        store=True,
        readonly=False,
        help="For a competitor who is no contact in Odoo.",
    )
    competitor_price = fields.Monetary(
        string="Competitor's Price",
        help="What the competitor asked, tax excluded. Leave it empty when unknown.",
    )
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", compute_sudo=True
    )

    @api.depends("competitor_id")
    def _compute_competitor_name(self):
        for dialog in self:
            if dialog.competitor_id:
                dialog.competitor_name = dialog.competitor_id.display_name

    @api.depends("offer_ids.currency_id")
    def _compute_currency_id(self):
        for dialog in self:
            currencies = dialog.offer_ids.currency_id
            dialog.currency_id = currencies if len(currencies) == 1 else False

    def action_explain(self):
        """Keep the answer for the offers, and go back to where the user was."""
        self.ensure_one()
        self._check_offers()
        if not self.lost_reason_id:
            raise ValidationError(
                self.env._("Choose a reason, or press “Ask me later”.")
            )
        if self.competitor_price < 0:
            raise ValidationError(
                self.env._(
                    "A competitor's price of %(price)s cannot be. Enter what was "
                    "asked, without tax, or leave it empty.",
                    price=self.competitor_price,
                )
            )
        self.offer_ids._note_loss(self.lost_reason_id, **self._competitor_values())
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_later(self):
        """Plan an activity for each salesperson instead of an answer now."""
        self.ensure_one()
        self._check_offers()
        for offer in self.offer_ids:
            offer._plan_asking(days=3)
        return {"type": "ir.actions.act_window_close"}

    def _check_offers(self):
        self.competitor_id.check_access("read")
        self.offer_ids.check_access("read")
        self.offer_ids._check_lost()

    def _competitor_values(self):
        one_price = len(self.offer_ids) == 1
        return {
            "competitor_id": self.competitor_id.id,
            "competitor_name": (self.competitor_name or "").strip() or False,
            "competitor_price": self.competitor_price if one_price else 0.0,
        }
