from odoo import fields, models


class OfferConflictResolveSide(models.TransientModel):
    """One branch to choose from in the dialog.

    Not the company itself: the web client hides companies that are not switched on,
    and whoever decides for all branches need not have them on.
    """

    _name = "offer.conflict.resolve.side"
    _description = "Side of a Conflict to Decide"

    resolve_id = fields.Many2one(
        "offer.conflict.resolve",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    name = fields.Char(required=True)
