from odoo import models


# Who wrote a mail, where every branch keeps records of its own of one customer. No
# docstring: Odoo would store it with every model that inherits, for good.
class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_compute_author(self, author_id=None, email_from=None):
        """Take the record of the writer that the document's branch works with.

        Odoo takes any record of the address. One that the document's readers may not
        read shows them another branch's name for the customer, and an error whenever
        they open the document. Without a fitting record the address has to do.
        """
        author_id, email_from = super()._message_compute_author(author_id, email_from)
        if email_from and author_id not in (False, None, self.env.user.partner_id.id):
            # sudo: compared, not shown
            author_sudo = self.env["res.partner"].sudo().browse(author_id)
            author_id = author_sudo._offer_of_branch(self._offer_branch()).id
        return author_id, email_from

    def _offer_branch(self):
        """Return the branch that a document belongs to, none where it has none."""
        companies_sudo = self.env["res.company"].sudo()
        field = self._fields.get("company_id")
        if len(self) != 1 or not field or field.comodel_name != companies_sudo._name:
            return companies_sudo
        return self.sudo().company_id
