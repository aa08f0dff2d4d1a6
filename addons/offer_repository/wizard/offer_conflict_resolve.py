from odoo import api, fields, models


class OfferConflictResolve(models.TransientModel):
    """The dialog in which a manager decides a conflict."""

    _name = "offer.conflict.resolve"
    _description = "Decide an Offer Conflict"

    conflict_id = fields.Many2one(
        "offer.conflict",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    side_names = fields.Char(related="conflict_id.side_names")
    decision = fields.Selection(
        selection="_selection_decision",
        required=True,
        default="keep",
    )
    # No link to the branches: the client would drop those that are not switched on.
    decision_side = fields.Selection(
        selection="_selection_decision_side",
        string="Branch in Charge",
    )
    reason = fields.Text(required=True)

    @api.model
    def _selection_decision(self):
        return (
            self.env["offer.conflict"]
            ._fields["decision"]
            ._description_selection(self.env)
        )

    @api.model
    def _selection_decision_side(self):
        """Offer the sides of the case the dialog was opened for."""
        conflict = self.env["offer.conflict"].browse(
            self.env.context.get("default_conflict_id")
        )
        if not conflict.exists():
            conflict = conflict.browse()
        conflict.check_access("read")
        # sudo: names of branches that are not switched on, of a case that is readable.
        return [
            (str(company.id), company.name) for company in conflict.sudo().company_ids
        ]

    def action_resolve(self):
        """Record the decision and go back to the case."""
        self.ensure_one()
        side = self.env["res.company"].browse(int(self.decision_side or 0))
        needs_side = self.decision == "keep"
        self.conflict_id._decide(
            self.decision, self.reason, side if needs_side and side.id else None
        )
        return {"type": "ir.actions.act_window_close"}
