from odoo import api, models


class ContactInteraction(models.Model):
    """The document that a contact was about."""

    _inherit = "contact.interaction"

    # What hangs on a document that changes: contact.history.feed.meeting, .chat.
    _live_document = models.Index(
        "(res_model, res_id) WHERE res_model IN ('calendar.event', 'discuss.channel')"
    )

    def action_open_document(self):
        """Open the document the contact was about."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    @api.model
    def _cancel(self, model_name, record_ids):
        """Keep contacts whose record was deleted, as cancelled and without a link."""
        # sudo: whoever may delete the record; nothing of the contacts is shown.
        self.sudo().search(
            [("res_model", "=", model_name), ("res_id", "in", record_ids)]
        ).write({"state": "cancelled", "res_model": False, "res_id": False})
