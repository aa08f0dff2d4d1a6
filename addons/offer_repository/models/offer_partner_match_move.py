from odoo import api, fields, models
from odoo.fields import Domain

from .offer_partner_match import UNDECIDED


class OfferPartnerMatch(models.Model):
    """What becomes of pairs when contacts are merged."""

    _inherit = "offer.partner.match"

    @api.model
    def _move(self, src_partners, dst_partner):
        """Give the pairs of partners that are merged away to the one that stays.

        Of several pairs with one other customer, the decision made last stays.
        """
        merged = src_partners | dst_partner
        on_left = Domain("left_partner_id", "in", merged.ids)
        rows = self.search(on_left | Domain("right_partner_id", "in", merged.ids))
        within = rows.filtered(lambda row: row._partner_ids() <= set(merged.ids))
        outside = rows - within
        within.unlink()
        groups = outside.grouped(
            lambda row: (row.anchor_company_id, row._outside_id(merged))
        )
        for (_anchor, other_id), same_pair in groups.items():
            stays = max(same_pair, key=lambda row: row._weight(dst_partner))
            (same_pair - stays).unlink()
            stays._put_between(dst_partner.id, other_id)

    def _outside_id(self, merged):
        [other_id] = self._partner_ids() - set(merged.ids)
        return other_id

    def _weight(self, dst_partner):
        """Return the sort key by which one of several rows for a pair stays."""
        judged_at = self.judged_at or fields.Datetime.from_string("1970-01-01")
        is_decided = self.judgement not in UNDECIDED
        return is_decided, judged_at, dst_partner.id in self._partner_ids(), -self.id

    def _put_between(self, partner_id, other_id):
        left, right = sorted((partner_id, other_id))
        values = {"left_partner_id": left, "right_partner_id": right}
        if (self.left_partner_id.id == other_id) != (left == other_id):
            values["evidence"] = [
                {**row, "left": row["right"], "right": row["left"]}
                for row in self.evidence or ()
            ]
        self.write(values)
        self.flush_recordset()  # before the generic SQL looks for what is left
