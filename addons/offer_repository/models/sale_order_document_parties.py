import base64

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext, is_html_empty
from odoo.tools.image import image_process

from ..document import Block, Letterhead

_LOGO_PIXELS = (900, 360)


def text_lines(*texts):
    """Return the non-empty lines of several texts, trimmed."""
    lines = (line.strip() for text in texts for line in (text or "").splitlines())
    return tuple(line for line in lines if line)


class SaleOrder(models.Model):
    """Who offers to whom: the parts of the offer document about people."""

    _inherit = "sale.order"

    # ------------------------------------------------------------------
    # Who offers
    # ------------------------------------------------------------------

    def _offer_letterhead(self):
        company = self.company_id
        website = (company.website or "").partition("://")[2] or company.website
        reach = (company.phone, company.email, website)
        return Letterhead(
            name=company.name,
            details=text_lines(self._offer_company_address(), *reach)[:7],
            footer=self._offer_footer()[:4],
            logo=self._offer_logo(),
            accent=self._offer_nearest(company, "primary_color") or "",
        )

    def _offer_nearest(self, company, field):
        """Return a value of the company, or of the closest parent that has one."""
        return next(
            (parent[field] for parent in company.parent_ids[::-1] if parent[field]),
            False,
        )

    def _offer_company_address(self):
        for company in self.company_id.parent_ids[::-1]:
            if company.street or company.city:
                return company.partner_id._display_address(without_company=True)
        return ""

    def _offer_footer(self):
        company = self.company_id
        registry = self._offer_nearest(company, "company_registry")
        vat = self._offer_nearest(company, "vat")
        identity = [
            company.root_id.name,
            vat and f"{company.country_id.vat_label or self.env._('Tax ID')}: {vat}",
            registry and registry != vat and registry,
        ]
        own = self._offer_nearest(company, "report_footer")
        return text_lines(
            " · ".join(part for part in identity if part),
            html2plaintext(own) if not is_html_empty(own) else "",
        )

    def _offer_logo(self):
        for company in self.company_id.parent_ids[::-1]:
            if company.logo and not company.uses_default_logo:
                try:
                    return image_process(
                        base64.b64decode(company.logo), size=_LOGO_PIXELS
                    )
                except UserError:  # an unreadable image must not keep an offer back
                    return None
        return None

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
