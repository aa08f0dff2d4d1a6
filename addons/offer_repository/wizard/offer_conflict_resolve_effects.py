from datetime import timedelta

from odoo import api, fields, models

from ..models.offer_conflict_effects import Terms

_LONGEST = 3650  # days


class OfferConflictResolve(models.TransientModel):
    """What the decision will do, shown before it is made."""

    _inherit = "offer.conflict.resolve"

    reason_id = fields.Many2one(
        "offer.conflict.reason",
        string="Kind of Reason",
        domain="[('decision', 'in', (False, decision))]",
        ondelete="set null",
    )
    others = fields.Selection(
        selection=lambda self: (
            self.env["offer.conflict"]
            ._fields["decision_others"]
            ._description_selection(self.env)
        ),
        string="Other Branches",
        required=True,
        default="withdraw",
    )
    currency_id = fields.Many2one(related="conflict_id.currency_id")
    target_amount = fields.Monetary(string="Target Price")
    claim_days = fields.Integer(
        string="Claim for (Days)",
        default=lambda self: self.env.company.offer_claim_days,
        help="So long the customer is protected for the branch in charge. 0: not.",
    )
    claim_until = fields.Date(compute="_compute_claim_until")
    preview = fields.Text(string="What Will Happen", compute="_compute_preview")

    @api.depends("claim_days")
    def _compute_claim_until(self):
        today = fields.Date.context_today(self)
        for dialog in self:
            days = min(max(dialog.claim_days, 0), _LONGEST)
            dialog.claim_until = days and today + timedelta(days=days)

    @api.depends("decision", "side_id", "others", "reason_id", "claim_days")
    @api.depends_context("lang", "uid")
    def _compute_preview(self):
        effects = self.env["offer.conflict.effect"].sudo()
        for dialog in self:
            steps = dialog._steps()
            lines = [
                effects._sentence(
                    step.code, effects._step_label(step), step.person.name or ""
                )
                for step in steps
            ]
            dialog.preview = "\n".join(lines) or self.env._(
                "The decision is recorded. Nothing else changes."
            )

    def _steps(self):
        conflict = self.conflict_id
        if not conflict or not self.decision or not conflict.has_access("read"):
            return []
        # sudo: who may read the case may see what his decision does to it
        case_sudo = conflict.sudo()._origin or conflict.sudo()
        side_sudo = self.side_id.company_id.sudo()
        return case_sudo._plan(self.decision, side_sudo._origin, self._terms())

    def _terms(self):
        return Terms(
            reason_id=self.reason_id.id or None,
            others=self.others or "withdraw",
            target=self.target_amount,
            claim_days=min(self.claim_days, _LONGEST),
        )

    @api.onchange("decision")
    def _onchange_decision(self):
        if self.reason_id.decision not in (False, self.decision):
            self.reason_id = False
        if self.decision == "align" and not self.target_amount:
            self.target_amount = self.conflict_id.lowest_amount

    def _full_reason(self):
        """Return the reason of the list and the words given with it as one text."""
        parts = [self.reason_id.name, (self.reason or "").strip()]
        return ": ".join(filter(None, parts))
