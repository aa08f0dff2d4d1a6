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
        if not self._touches_archive(vals):
            return super().write(vals)
        if self._moves_only(vals):
            # another place for the same bytes; post-processing would change them
            self = self.with_context(
                attachments_mime_plainxml=True, image_no_postprocess=True
            )
        else:
            self._check_archive()
        return super().write(vals)

    def _moves_only(self, vals):
        """Tell whether this is how Odoo moves files into another storage.

        It writes what an attachment holds already, so that it is stored anew.
        """
        return vals.keys() == {"raw", "mimetype"} and all(
            attachment.raw == vals["raw"] and attachment.mimetype == vals["mimetype"]
            for attachment in self
        )

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
