from odoo import api, models
from odoo.fields import Domain


class ContactHistoryQueue(models.Model):
    """What waits and is about customers who are about to go."""

    _inherit = "contact.history.queue"

    @api.model
    def _finish_of(self, partners):
        """Record what waits and may be about these customers, and nothing else.

        Once they are deleted nobody can tell any more who got or wrote it.
        """
        self._catch_up_own()
        # sudo: see _catch_up.
        queue_sudo = self.sudo()
        if not queue_sudo._count_waiting(1):
            return
        messages = queue_sudo._waiting_messages()
        about = messages.search(
            Domain("id", "in", messages.ids) & self._domain_about(partners, messages)
        )
        if about:
            self._finish(about.ids)

    def _waiting_messages(self):
        numbers = self.search([("problem", "=", False)]).mapped("message_number")
        # Not their texts: it may be a hundred thousand.
        return self.env["mail.message"].search_fetch(
            [("id", "in", numbers)], ["model", "res_id"]
        )

    @api.model
    def _domain_about(self, partners, messages):
        """Return what these customers wrote, got, or have on documents."""
        return Domain.OR(
            [
                Domain("author_id", "in", partners.ids),
                Domain("partner_ids", "in", partners.ids),
                Domain("notification_ids.res_partner_id", "in", partners.ids),
                *(
                    Domain("model", "=", model) & Domain("res_id", "in", ids)
                    for model, ids in self._documents_of(partners, messages).items()
                ),
            ]
        )

    @api.model
    def _documents_of(self, partners, messages):
        """Return {model: ids} of the documents behind the messages that are theirs."""
        found = {}
        for model, group in messages.grouped("model").items():
            if model not in self.env:
                continue
            documents_sudo = self.env[model].sudo()
            ids = Domain("id", "in", group.mapped("res_id"))
            is_customer = model == partners._name
            names = ["id"] if is_customer else documents_sudo._mail_get_partner_fields()
            theirs = Domain.OR(Domain(name, "in", partners.ids) for name in names)
            everything_sudo = documents_sudo.with_context(active_test=False)
            found[model] = everything_sudo.search(ids & theirs).ids
        return found
