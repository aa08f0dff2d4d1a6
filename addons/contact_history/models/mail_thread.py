from odoo import models

from ..response import is_automatic


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

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
