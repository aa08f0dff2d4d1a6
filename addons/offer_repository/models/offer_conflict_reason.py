from odoo import api, fields, models


class OfferConflictReason(models.Model):
    """Why conflicts are decided as they are: a list that administrators keep."""

    _name = "offer.conflict.reason"
    _description = "Reason for Deciding a Conflict"
    _order = "sequence, id"

    name = fields.Char(string="Reason", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    decision = fields.Selection(
        selection="_selection_decision",
        string="For Decision",
        help="Proposed for this decision only. Empty: for all of them.",
    )
    is_different = fields.Boolean(
        string="Customers Are Different",
        help="Deciding for this reason also judges the customers of the sides to be "
        "different ones, as in the review of customers.",
    )

    @api.model
    def _selection_decision(self):
        field = self.env["offer.conflict"]._fields["decision"]
        return field._description_selection(self.env)
