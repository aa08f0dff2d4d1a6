from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

LOST_STATES = ("lost", "cancelled", "expired")
LOSS_ACTIVITY = "offer_repository.mail_activity_type_loss"
# Offers that were over long before anybody looked are not asked about any more.
_ASK_WITHIN = timedelta(days=14)


class OfferOffer(models.Model):
    """Why an offer did not become an order, to whom it went, and for how much."""

    _inherit = "offer.offer"

    date_lost = fields.Datetime(
        string="Lost On",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="When the offer was lost, cancelled or expired.",
    )
    competitor_id = fields.Many2one(
        "res.partner",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    competitor_name = fields.Char(string="Lost To", readonly=True, copy=False)
    competitor_price = fields.Monetary(
        string="Competitor's Price",
        readonly=True,
        copy=False,
        help="What the competitor asked, tax excluded, in the currency of the offer.",
    )
    is_loss_explained = fields.Boolean(
        string="Loss Explained", readonly=True, copy=False
    )

    def write(self, vals):
        """Note when an offer was lost, by whatever way it is closed or opened again."""
        if "state" in vals and "date_lost" not in vals:
            is_lost = vals["state"] in LOST_STATES
            vals = {**vals, "date_lost": fields.Datetime.now() if is_lost else False}
            if not is_lost:
                vals |= self._no_loss_values()
        return super().write(vals)

    @api.model
    def _no_loss_values(self):
        return {
            "competitor_id": False,
            "competitor_name": False,
            "competitor_price": False,
            "is_loss_explained": False,
        }

    def _set_state(self, state, only_from, detail="", **values):
        moved = super()._set_state(state, only_from, detail, **values)
        if state == "expired":
            moved._ask_why_expired()
        return moved

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    def action_explain_loss(self):
        """Open the dialog that asks why the offers were lost."""
        self.check_access("read")
        self._check_lost()
        return self._loss_dialog()

    def _check_lost(self):
        still_open = self.filtered(lambda offer: offer.state not in LOST_STATES)
        if still_open:
            raise UserError(
                self.env._(
                    "%(offer)s is neither lost nor cancelled nor expired; there is no "
                    "loss to explain.",
                    offer=still_open[0].name,
                )
            )

    def _loss_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why Was It Lost?"),
            "res_model": "offer.loss.explain",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_offer_ids": self.ids},
        }

    def _ask_why_expired(self):
        """Give the salespeople an activity for offers that nobody answered."""
        oldest = fields.Date.context_today(self) - _ASK_WITHIN
        for offer in self:
            is_recent = offer.date_valid_until and offer.date_valid_until >= oldest
            if is_recent and offer.company_id.sudo().offer_loss_ask:
                offer._plan_asking()

    def _plan_asking(self, days=2):
        """Plan the question for the salesperson, in that person's language.

        Without a mail: the question is no news.
        """
        user_sudo = self.sudo().user_id
        is_asked = self.sudo().activity_search([LOSS_ACTIVITY])
        if is_asked or not user_sudo.active or user_sudo.share:
            return
        words = self.sudo().with_context(
            lang=user_sudo.lang, mail_activity_quick_update=True
        )
        words.activity_schedule(
            LOSS_ACTIVITY,
            date_deadline=fields.Date.context_today(self) + timedelta(days=days),
            summary=words.env._("Why was this offer not accepted?"),
            user_id=user_sudo.id,
        )

    # ------------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------------

    def _note_loss(self, reason, **competitor):
        """Keep why the offers were lost, on the head and as an event of the chain.

        The access check is the caller's. The event holds reason and price; a name may
        be personal, so the competitor is on the head only.

        :param reason: ``crm.lost.reason``
        :param competitor: ``competitor_id`` (id), ``competitor_name``,
            ``competitor_price``; what is missing stays as it is
        """
        values = {"lost_reason_id": reason.id, "is_loss_explained": True, **competitor}
        for offer_sudo in self.sudo():
            offer_sudo.write({**values, "close_reason": reason.name or False})
            offer_sudo._log_event("explained", offer_sudo._loss_detail())
            offer_sudo.activity_feedback([LOSS_ACTIVITY])

    def _loss_detail(self):
        reason = self.lost_reason_id.display_name or ""
        if not self.competitor_price:
            return reason
        return self.env._(
            "%(reason)s; the competitor asked %(price)s",
            reason=reason,
            price=format_amount(self.env, self.competitor_price, self.currency_id),
        )
