from odoo import models

from ..document import Block
from .res_company_letterhead import text_lines


class SaleOrder(models.Model):
    """Who offers to whom: the parts of the offer document about people."""

    _inherit = "sale.order"

    # ------------------------------------------------------------------
    # Who offers
    # ------------------------------------------------------------------

    def _offer_letterhead(self):
        """Return who offers. Extend it, or the company's, to print more."""
        return self.company_id._offer_letterhead()

    # ------------------------------------------------------------------
    # To whom
    # ------------------------------------------------------------------

    def _offer_customer_block(self):
        customer = self.partner_id.commercial_partner_id
        contact = self.partner_id if self.partner_id != customer else customer.browse()
        label = customer.country_id.vat_label or self.env._("Tax ID")
        return Block(
            self.env._("Customer"),
            text_lines(
                customer.name,
                contact.name,
                self.partner_id._display_address(without_company=True),
                customer.vat and f"{label}: {customer.vat}",
            ),
        )

    def _offer_address_blocks(self):
        invoice, shipping = self.partner_invoice_id, self.partner_shipping_id
        headings = {}
        if invoice == shipping != self.partner_id:
            headings[invoice] = self.env._("Invoicing and shipping address")
        elif invoice != shipping:
            headings[invoice] = self.env._("Invoicing address")
            headings[shipping] = self.env._("Shipping address")
        return tuple(
            Block(
                heading,
                text_lines(
                    partner.name or partner.commercial_partner_id.name,
                    partner._display_address(without_company=True),
                ),
            )
            for partner, heading in headings.items()
            if partner and partner != self.partner_id
        )
