from odoo import api, models

from ..response import is_automatic
from .contact_history_form import is_form_of


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model_create_multi
    def create(self, vals_list):
        threads = super().create(vals_list)
        if is_form_of(self._name):
            self.env["contact.history.form"]._capture(threads)
        return threads

    def unlink(self):
        gone = self.ids if self._name in self._contact_history_planned_models() else []
        result = super().unlink()
        if gone:
            self.env["contact.interaction"]._cancel(self._name, gone)
        return result

    @api.model
    def _contact_history_planned_models(self):
        """Return the models whose records are contacts planned ahead.

        Override to add one. When such a record is deleted, the contact that was made
        of it stays, as cancelled.
        """
        return {"calendar.event"}

    def _message_route_process(self, message, message_dict, routes):
        """Tell the capture of a letter that a robot wrote it.

        The headers that say so are gone as soon as Odoo has made a message of it.
        """
        thread = self
        if is_automatic(dict(message.items()), message_dict.get("subject")):
            thread = self.with_context(contact_history_automatic=True)
        return super(MailThread, thread)._message_route_process(
            message, message_dict, routes
        )
