from odoo import fields, models
from odoo.fields import Domain

# Whose customer follows is as secret as the document itself.
GUARDED_MODELS = ("sale.order", "crm.lead", "account.move", "offer.offer")


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    # asked by the record rule; true for followers of anything not guarded
    is_on_readable_document = fields.Boolean(
        compute="_compute_is_on_readable_document",
        search="_search_is_on_readable_document",
        string="On a Readable Document",
    )

    def _compute_is_on_readable_document(self):
        for model, followers in self.grouped("res_model").items():
            readable = set(followers.mapped("res_id"))
            if model in GUARDED_MODELS:
                documents = self._guarded(model).browse(readable).exists()
                readable = set(documents._filtered_access("read").ids)
            for follower in followers:
                follower.is_on_readable_document = follower.res_id in readable

    def _search_is_on_readable_document(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = [Domain("res_model", "not in", GUARDED_MODELS)]
        for model in GUARDED_MODELS:
            documents = self._guarded(model)
            if documents.has_access("read"):
                domains.append(
                    Domain("res_model", "=", model)
                    & Domain("res_id", "in", documents._search([]))
                )
        readable = Domain.OR(domains)
        return Domain.OR(readable if wanted else ~readable for wanted in value)

    def _guarded(self, model):
        """Return ``model`` as the reader sees it, archived records included."""
        return self.env[model].sudo(False).with_context(active_test=False)
