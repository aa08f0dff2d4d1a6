from odoo import api, models
from odoo.exceptions import UserError

from .offer_chain_mixin import is_archive

_ARCHIVED = "offer.revision"


class IrAttachment(models.Model):
    """Documents of a revision are as final as the revision itself."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("res_model") == _ARCHIVED for vals in vals_list):
            self._check_archive()
        return super().create(vals_list)

    def write(self, vals):
        if self._touches_archive(vals):
            self._check_archive()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_archived(self):
        if self._touches_archive({}):
            self._check_archive()

    def _touches_archive(self, vals):
        """Tell whether a document would be changed, or smuggled into a revision."""
        return vals.get("res_model") == _ARCHIVED or any(
            attachment.res_model == _ARCHIVED for attachment in self.sudo()
        )

    def _check_archive(self):
        if not is_archive(self.env):
            raise UserError(
                self.env._(
                    "Documents in the offer archive are kept exactly as they were sent "
                    "and can never be added by hand, changed or deleted. Send the "
                    "quotation again to archive another document."
                )
            )
