import logging

from odoo import api, models

from odoo.addons.contact_history.response import is_automatic

_logger = logging.getLogger(__name__)

_INTAKE = "offer.intake"
_SPAM = frozenset({"yes", "true"})


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, *args, **kwargs):
        """Let each mail to an offer mailbox be a document of its own, robots' none."""
        routes = super().message_route(message, message_dict, *args, **kwargs)
        if not any(route[0] == _INTAKE for route in routes):
            return routes
        if self._offer_is_worthless(message, message_dict):
            _logger.info(
                "Mail %s is of a robot or spam: no document to sort is made of it.",
                message_dict["message_id"],
            )
            return [route for route in routes if route[0] != _INTAKE]
        return [
            self._offer_intake_route(message, route) if route[0] == _INTAKE else route
            for route in routes
        ]

    @api.model
    def _offer_is_worthless(self, message, message_dict):
        """Tell whether a robot wrote the mail, or a filter calls it spam."""
        flags = {
            (message.get(name) or "").partition(",")[0].strip().lower()
            for name in ("X-Spam-Flag", "X-Spam-Status")
        }
        return (
            bool(flags & _SPAM)
            or bool(message.get("List-Unsubscribe"))
            or is_automatic(dict(message.items()), message_dict.get("subject"))
        )

    @api.model
    def _offer_intake_route(self, message, route):
        """Return the route to a new document, with the mail as it came.

        Answers to earlier mails as well: what they belong to is found by their text.
        """
        model, thread_id, custom_values, user_id, alias = route
        values = dict(custom_values or {})
        if thread_id:
            # sudo: the gateway finds the branch of the mail that is answered
            company_sudo = self.env[_INTAKE].sudo().browse(thread_id).company_id
            mailboxes_sudo = self.env["offer.mailbox"].sudo()
            values["company_id"] = company_sudo.id
            values["mailbox_id"] = mailboxes_sudo.search(
                [("company_id", "=", company_sudo.id)], limit=1
            ).id
        values["raw_mail"] = message.as_bytes()
        return (model, 0, values, user_id, alias)
