from odoo import fields, models


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
    side_ids = fields.One2many(
        "offer.conflict.resolve.side",
        "resolve_id",
        readonly=True,
    )
    decision = fields.Selection(
        selection=lambda self: (
            self.env["offer.conflict"]
            ._fields["decision"]
            ._description_selection(self.env)
        ),
        required=True,
        default="keep",
    )
    side_id = fields.Many2one(
        "offer.conflict.resolve.side",
        string="Branch in Charge",
        domain="[('resolve_id', '=', id)]",
        ondelete="set null",
    )
    reason = fields.Text()

    def action_resolve(self):
        """Record the decision and go back to the case."""
        self.ensure_one()
        side = self.side_id if self.decision == "keep" else self.side_id.browse()
        self.conflict_id._decide(
            self.decision, self._full_reason(), side.company_id, self._terms()
        )
        return {"type": "ir.actions.act_window_close"}
