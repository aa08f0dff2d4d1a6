from odoo import models
from odoo.exceptions import UserError


class ContactHistoryMixin(models.AbstractModel):
    """A document with a customer, from which the customer's history can be opened."""

    _name = "contact.history.mixin"
    _description = "Contact history of the customer"

    def _contact_history_customer(self):
        """Return the customer of this document, maybe none.

        Override where it is not ``partner_id``.
        """
        self.ensure_one()
        return self.partner_id

    def action_open_contact_history(self):
        """Open the contact history of the customer on a page of its own."""
        self.ensure_one()
        self.check_access("read")
        customer = self._contact_history_customer()
        if not customer:
            raise UserError(
                self.env._(
                    "%(document)s has no customer yet. Choose one first.",
                    document=self.display_name,
                )
            )
        action = self.env["ir.actions.client"]._for_xml_id(
            "contact_history.contact_history_timeline_action"
        )
        return {**action, "context": {"active_id": customer.id}}
