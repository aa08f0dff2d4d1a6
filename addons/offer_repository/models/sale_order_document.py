import base64
import re

import pytz

from odoo import models
from odoo.tools import (
    format_date,
    formatLang,
    html2plaintext,
    is_html_empty,
)

from ..document import (
    Block,
    Columns,
    Fact,
    OfferDocument,
    Signature,
    Total,
    render_offer,
)
from .res_company_letterhead import text_lines

# the digits before the decimal sign, where no separator breaks them up
_UNGROUPED = re.compile(r"(?<![\d.,])\d{4,}")


def grouped(number):
    """Return a formatted number with its thousands apart.

    Odoo's Polish has no separator, and 1234567,50 cannot be read at a glance: a
    no-break space stands in, as Polish writes it. Other languages have grouped
    already and leave nothing to do.
    """
    whole = _UNGROUPED.search(number)
    if not whole:
        return number
    digits = f"{int(whole.group()):,}".replace(",", "\u00a0")
    return number[: whole.start()] + digits + number[whole.end() :]


class SaleOrder(models.Model):
    """Builds the offer document from a quotation.

    Nothing here may depend on who renders or when: the same quotation gives the same
    bytes, and so a quotation sent twice is recognised in the archive.
    """

    _inherit = "sale.order"

    def _offer_render_pdf(self, is_pro_forma=False):
        """Return the PDF of the quotation in the customer's language.

        Reads in sudo, because a letterhead takes from parent companies that a branch's
        salesperson may not read; the access check is the caller's.

        :param is_pro_forma: title it a pro-forma invoice
        """
        self.ensure_one()
        order_sudo = self.sudo().with_company(self.sudo().company_id)
        order_sudo = order_sudo.with_context(lang=order_sudo._offer_lang())
        return render_offer(order_sudo._offer_document(is_pro_forma))

    def offer_document_is_built_in(self):
        """Tell whether all of these quotations are printed as the offer document.

        For the web client, which otherwise asks for Odoo's HTML engine first.

        :return: bool
        """
        self.check_access("read")
        return bool(self) and self == self._offer_uses_document()

    def _offer_uses_document(self):
        """Return the quotations whose company prints the offer document."""
        return self.filtered(
            lambda order: order.sudo().company_id.offer_document_engine == "reportlab"
        )

    def _offer_lang(self):
        """Return the language of the customer, or else of the company."""
        self.ensure_one()
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        wanted = (
            not self.partner_id.is_public and self.partner_id.lang,
            self.company_id.partner_id.lang,
            self.env.lang,
        )
        return next((lang for lang in wanted if lang in installed), "en_US")

    def _offer_document(self, is_pro_forma):
        """Return the values of the document. Extend it to print more."""
        return OfferDocument(
            title=self._offer_document_title(is_pro_forma),
            letterhead=self._offer_letterhead(),
            customer=self._offer_customer_block(),
            blocks=self._offer_address_blocks(),
            facts=self._offer_facts(),
            fonts=self.company_id._offer_fonts(),
            columns=self._offer_columns(),
            lines=tuple(self._offer_document_lines()),
            totals=tuple(self._offer_totals()),
            remarks=tuple(self._offer_remarks()),
            signature=None if is_pro_forma else self._offer_signature(),
            page_label=self.env._(
                "Page %(page)s of %(pages)s", page="{page}", pages="{pages}"
            ),
            language=self.env.lang.replace("_", "-"),
        )

    def _offer_document_title(self, is_pro_forma):
        if is_pro_forma:
            return self.env._("Pro-forma invoice %(number)s", number=self.name)
        if self.state == "sale":
            return self.env._("Order %(number)s", number=self.name)
        return self.env._("Offer %(number)s", number=self.name)

    # ------------------------------------------------------------------
    # When and on what terms
    # ------------------------------------------------------------------

    def _offer_facts(self):
        is_open = self.state in ("draft", "sent")
        facts = (
            (self.env._("Date"), self._offer_date(self.date_order)),
            (
                self.env._("Valid until"),
                self._offer_date(self.validity_date) if is_open else "",
            ),
            (self.env._("Delivery date"), self._offer_date(self.commitment_date)),
            (self.env._("Your reference"), self.client_order_ref),
            (self.env._("Payment terms"), self.payment_term_id.name),
            (self.env._("Salesperson"), self.user_id.name),
        )
        return tuple(Fact(label, value) for label, value in facts if value)

    def _offer_date(self, value):
        """Format a date or UTC moment by the company's clock, not the reader's."""
        if not value:
            return ""
        if hasattr(value, "hour"):
            zone = pytz.timezone(self.company_id.partner_id.tz or "UTC")
            value = pytz.utc.localize(value).astimezone(zone).date()
        return format_date(self.env, value)

    # ------------------------------------------------------------------
    # What for how much
    # ------------------------------------------------------------------

    def _offer_columns(self):
        return Columns(
            description=self.env._("Description"),
            quantity=self.env._("Quantity"),
            unit=self.env._("Unit"),
            unit_price=self.env._("Unit price"),
            discount=self.env._("Disc. %"),
            taxes=self.env._("Taxes"),
            amount=self.env._("Amount (%(currency)s)", currency=self.currency_id.name),
        )

    def _offer_document_lines(self):
        for line in self._get_order_lines_to_report():
            yield from line._offer_document_lines()

    def _offer_totals(self):
        summary = self.tax_totals or {}
        for subtotal in summary.get("subtotals", ()):
            yield Total(
                subtotal["name"], self._offer_money(subtotal["base_amount_currency"])
            )
            for group in subtotal["tax_groups"]:
                yield self._offer_tax_total(group, summary.get("same_tax_base"))
        yield Total(
            self.env._("Total"), self._offer_money(self.amount_total), strong=True
        )

    def _offer_tax_total(self, group, same_tax_base):
        label = group["group_name"]
        base = group.get("display_base_amount_currency")
        if base is not None and not same_tax_base:
            label = self.env._(
                "%(tax)s on %(base)s", tax=label, base=self._offer_money(base)
            )
        return Total(label, self._offer_money(group["tax_amount_currency"]))

    def _offer_money(self, amount):
        return grouped(formatLang(self.env, amount, currency_obj=self.currency_id))

    # ------------------------------------------------------------------
    # Under which conditions
    # ------------------------------------------------------------------

    def _offer_remarks(self):
        remarks = (
            (self.env._("Payment"), self._offer_payment_note()),
            (self.env._("Tax remark"), self.fiscal_position_id.note),
            (self.env._("Terms and conditions"), self.note),
        )
        for heading, html in remarks:
            if not is_html_empty(html):
                yield Block(heading, tuple(html2plaintext(html).strip().splitlines()))

    def _offer_payment_note(self):
        """Return the payment terms' note unless it only repeats their name above."""
        term = self.payment_term_id
        note = html2plaintext(term.note or "").strip()
        return False if note.endswith(term.name or " ") else term.note

    def _offer_signature(self):
        if self.state not in ("draft", "sent") and not self.signature:
            return None
        seller = self.user_id
        ours = self.env._("On behalf of %(company)s", company=self.company_id.name)
        theirs = self.env._(
            "Accepted by %(customer)s",
            customer=self.partner_id.commercial_partner_id.name,
        )
        labels = (self.env._("Name"), self.env._("Date"), self.env._("Signature"))
        return Signature(
            ours=Block(ours, text_lines(seller.name, seller.phone, seller.email)),
            theirs=Block(theirs, labels),
            signed=self.signature
            and text_lines(self.signed_by, self._offer_date(self.signed_on))
            or (),
            image=self.signature and base64.b64decode(self.signature) or None,
        )
