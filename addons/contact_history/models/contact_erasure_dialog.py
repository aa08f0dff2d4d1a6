from odoo import models


class ContactErasure(models.Model):
    _inherit = "contact.erasure"

    def _open(self, name):
        """Return the dialog with the lines, wide enough for the legal reasons."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
