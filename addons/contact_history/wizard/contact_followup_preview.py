from collections import Counter

from odoo import Command, api, fields, models

from ..models.contact_followup import STATES

_MAX = 200


class ContactFollowupPreview(models.TransientModel):
    """What a rule would do today."""

    _name = "contact.followup.preview"
    _description = "Preview of follow-ups"

    rule_id = fields.Many2one(
        "contact.followup.rule",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    headline = fields.Char(readonly=True)
    line_ids = fields.One2many(
        "contact.followup.preview.line", "preview_id", readonly=True
    )

    @api.model
    def _make(self, rule):
        """Return the preview of a rule, of the branches that are switched on."""
        plans = self.env["contact.followup.planner"]._make_plans(
            rule, self.env.companies, _MAX
        )
        counts = Counter(plan.state for plan in plans)
        return self.create(
            {
                "rule_id": rule.id,
                "headline": self._headline(counts),
                "line_ids": [
                    Command.create(self._prepare_line(plan)) for plan in plans
                ],
            }
        )

    @api.model
    def _headline(self, counts):
        return self.env._(
            "Would create %(count)s activities today, and leave %(left)s customers "
            "alone.",
            count=counts["planned"],
            left=counts.total() - counts["planned"],
        )

    @api.model
    def _prepare_line(self, plan):
        occasion = plan.occasion
        planner = self.env["contact.followup.planner"]
        return {
            "customer": occasion.partner.display_name,
            "user_id": plan.user.id,
            "company_id": occasion.company.id,
            "why": planner._why(plan),
            "how": planner._how(plan),
            "state": plan.state,
        }


class ContactFollowupPreviewLine(models.TransientModel):
    """One customer of the preview."""

    _name = "contact.followup.preview.line"
    _description = "Customer in a preview of follow-ups"

    preview_id = fields.Many2one(
        "contact.followup.preview",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    customer = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", string="Our person", readonly=True)
    company_id = fields.Many2one("res.company", string="Branch", readonly=True)
    why = fields.Char(readonly=True)
    how = fields.Char(string="Preferred", readonly=True)
    state = fields.Selection(STATES, readonly=True)
