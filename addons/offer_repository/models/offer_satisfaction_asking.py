from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .offer_job_stages import UNANNOUNCED

TEMPLATE = "offer_repository.mail_template_offer_satisfaction"
# Whoever has many offers is not asked again and again.
_REST = timedelta(days=30)


class OfferSatisfaction(models.Model):
    """When customers are asked, and when they are left in peace."""

    _inherit = "offer.satisfaction"

    @api.model
    def _plan(self, offers_sudo):
        """Note whom to ask about offers that were just won or lost.

        Nothing for what the backfill takes over: these customers have long forgotten.
        """
        if self.env.context.get(UNANNOUNCED):
            return
        today = fields.Date.context_today(self)
        values = [
            {
                "offer_id": offer.id,
                "partner_id": offer.partner_id.id,
                "outcome": offer.state,
                "date_due": today
                + timedelta(days=offer.company_id.offer_satisfaction_days),
            }
            for offer in offers_sudo
            if self._is_asking(offer) and not offer.satisfaction_ids
        ]
        if values:
            self.sudo().create(values)

    @api.model
    def _is_asking(self, offer_sudo):
        """Tell whether the branch asks; never about what we decided among ourselves."""
        wanted = offer_sudo.company_id.offer_satisfaction_ask
        own = self.env.ref("offer_repository.crm_lost_reason_own_branch", False)
        if own and offer_sudo.lost_reason_id == own:
            return False
        return offer_sudo.state in ("won", "lost") and wanted in (
            offer_sudo.state,
            "both",
        )

    @api.model
    def _cron_ask(self, batch=50):
        """Send the questions that are due, a commit after each batch."""
        due = Domain("state", "=", "waiting") & Domain(
            "date_due", "<=", fields.Date.context_today(self)
        )
        while rows := self.search(due, order="id", limit=batch):
            for row in rows:
                row._ask()
            remaining = self.search_count(due)
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=remaining):
                return

    def _ask(self):
        """Send the question, or note why not."""
        self.ensure_one()
        reason = self._reason_to_skip()
        if reason:
            self.write({"state": "skipped", "skip_reason": reason})
            return
        # Without an author: what a machine sends is no contact of ours with the
        # customer, and extends no claim.
        self.env.ref(TEMPLATE).send_mail(
            self.id, email_values={"author_id": False, "auto_delete": True}
        )
        self.write({"state": "asked", "date_asked": fields.Datetime.now()})

    def _reason_to_skip(self):
        partner, offer = self.partner_id, self.offer_id
        customer = partner.commercial_partner_id
        if offer.state != self.outcome:
            return "reopened"
        if not self._is_asking(offer):
            return "policy"
        if (partner | customer).filtered("offer_satisfaction_stop"):
            return "stop"
        if not partner.email_normalized:
            return "address"
        if partner.is_blacklisted:
            return "stop"
        recently = self.search_count(
            [
                ("partner_id.commercial_partner_id", "=", customer.id),
                ("date_asked", ">", fields.Datetime.now() - _REST),
                ("company_id", "in", offer.company_id._offer_tree().ids),
            ],
            limit=1,
        )
        return "recent" if recently else False


class OfferOffer(models.Model):
    _inherit = "offer.offer"

    def write(self, vals):
        """Plan the question when an offer is won or lost, by whatever way."""
        if vals.get("state") not in ("won", "lost"):
            return super().write(vals)
        closed = self.filtered(lambda offer: offer.state != vals["state"])
        result = super().write(vals)
        # sudo: the question follows from the state, whoever changed it
        self.env["offer.satisfaction"]._plan(closed.sudo())
        return result
