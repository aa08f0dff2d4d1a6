from datetime import datetime, time

from odoo import models

# Leaves of the tree of reasons, below one branch each.
_REASONS = {
    "discount": ("Price", "Discount too small"),
    "competitor": ("Price", "Competitor far cheaper"),
    "delivery": ("Offer", "Delivery too late"),
    "function": ("Offer", "Function missing"),
    "changed": ("Customer", "Project put off"),
    "internal": ("Our own house", "Two branches offered"),
}


class OfferDemo(models.AbstractModel):
    """Why offers of the story were lost, and when."""

    _inherit = "offer.demo"

    def _play_lost(self, row, when):
        result = super()._play_lost(row, when)
        self._explain_loss_of(row, when)
        return result

    def _play_cancelled(self, row, when):
        result = super()._play_cancelled(row, when)
        self._explain_loss_of(row, when)
        return result

    def _explain_loss_of(self, row, when):
        offer = self._ref(f"sale_order_{row['offer']}").offer_ids
        for loss in self._losses_of(row["offer"]):
            offer._note_loss(
                self._loss_reason(loss["reason"]),
                competitor_name=loss["competitor"] or False,
                competitor_price=float(loss["price"] or 0),
            )
        offer.date_lost = when

    def _loss_reason(self, key):
        """Return a reason of the tree, made when the story needs it first."""
        parent_name, name = _REASONS[key]
        parent = self._lost_reason_named(parent_name, False)
        return self._lost_reason_named(name, parent.id)

    def _lost_reason_named(self, name, parent_id):
        reasons = self.env["crm.lost.reason"]
        domain = [("name", "=", name), ("parent_id", "=", parent_id)]
        values = {"name": name, "parent_id": parent_id}
        return reasons.search(domain, limit=1) or reasons.create(values)

    def _expire_offers(self):
        result = super()._expire_offers()
        expired = self.env["offer.offer"].search([("state", "=", "expired")])
        for offer in expired:
            offer.date_lost = datetime.combine(offer.date_valid_until, time(22))
        return result
