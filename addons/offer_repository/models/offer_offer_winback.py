from odoo import fields, models
from odoo.fields import Domain

from .offer_winback_rule import WINBACK_ACTIVITY


class OfferOffer(models.Model):
    """Customers whose order went elsewhere, called again after a while."""

    _inherit = "offer.offer"

    date_winback = fields.Datetime(
        string="Win-back Planned On",
        readonly=True,
        copy=False,
        help="An offer is brought back once; this is when.",
    )

    def _is_won_back(self):
        """Tell whether the customer came back, or is spoken with in any branch."""
        tree = self.company_id._offer_tree()
        entity = self.commercial_partner_id
        customers = self.env["offer.identity"]._certain_partners(entity, tree) | entity
        domain = Domain("commercial_partner_id", "in", customers.ids) & Domain(
            "company_id", "in", tree.ids
        )
        after = Domain("state", "=", "won") & Domain(
            "date_last_sent", ">=", self.date_lost
        )
        return bool(
            self.search_count(domain & (after | Domain("is_live", "=", True)), limit=1)
        )

    def _plan_winback(self, rule):
        words = self.with_context(
            lang=self.user_id.lang, mail_activity_quick_update=True
        )
        words.activity_schedule(
            WINBACK_ACTIVITY,
            summary=rule.with_context(lang=self.user_id.lang).name,
            note=words.env._(
                "Lost %(days)s days ago. Reason: %(reason)s",
                days=rule.days,
                reason=words.lost_reason_id.display_name or words.env._("unknown"),
            ),
            user_id=self.user_id.id,
        )
        self.date_winback = fields.Datetime.now()
