from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class OfferIntakeLine(models.Model):
    """A line that was read from a table of the document, for a person to confirm."""

    _name = "offer.intake.line"
    _inherit = ["offer.external.line"]
    _description = "Line of a Document to Sort"

    intake_id = fields.Many2one(
        "offer.intake", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="intake_id.currency_id")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su:
            lines._check_may_change()
        return lines

    def write(self, vals):
        """Let people change lines of what is to sort; a line never moves."""
        if not self.env.su:
            if "intake_id" in vals:
                raise AccessError(
                    self.env._("A line stays with the document it was read from.")
                )
            self._check_may_change()
        result = super().write(vals)
        if not self.env.su and vals.get("product_id"):
            self.product_id.check_access("read")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_while_to_sort(self):
        if not self.env.su:
            self._check_may_change()

    def _check_may_change(self):
        """Refuse changing lines of what is sorted, or of somebody else.

        :raise UserError: the document is sorted already
        """
        self.intake_id.check_access("write")
        # a link shows a name: only to what the user may read
        self.product_id.check_access("read")
        closed = self.intake_id.filtered(lambda item: item.state != "new")
        if closed:
            raise UserError(
                self.env._(
                    "“%(document)s” is sorted already. Correct the offer instead.",
                    document=closed[0].name,
                )
            )
