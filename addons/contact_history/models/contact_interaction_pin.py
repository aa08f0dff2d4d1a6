from odoo import fields, models
from odoo.exceptions import AccessError


class ContactInteraction(models.Model):
    """Contacts that a branch keeps on top of the customer's history."""

    _inherit = "contact.interaction"

    is_pinned = fields.Boolean(string="Pinned", readonly=True, copy=False)
    pinned_user_id = fields.Many2one(
        "res.users",
        string="Pinned by",
        readonly=True,
        copy=False,
        ondelete="set null",
    )

    # The top of the timeline, see contact.history.source.interaction.
    _pinned = models.Index("(commercial_partner_id) WHERE is_pinned IS TRUE")

    def action_pin(self):
        """Keep these contacts on top for everybody who may read them."""
        return self._set_pinned(True)

    def action_unpin(self):
        """Put these contacts back where they were."""
        return self._set_pinned(False)

    def _set_pinned(self, is_pinned):
        self.check_access("read")
        if self.company_id - self.env.companies:
            raise AccessError(
                self.env._("Only contacts of your own branches can be pinned.")
            )
        # sudo: whoever reads a contact may pin it, without the right to change what
        # it says; nothing else is written.
        self.sudo().write(
            {
                "is_pinned": is_pinned,
                "pinned_user_id": self.env.uid if is_pinned else False,
            }
        )
        return True
