from odoo import models
from odoo.tools import formatLang

from ..document import Line
from .sale_order_document import grouped


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _offer_document_lines(self):
        """Return what the offer document shows of one line.

        Follows the seller's choices on sections: prices or contents may be hidden.

        :return: list of :class:`document.Line`
        """
        self.ensure_one()
        if self.display_type == "line_note":
            return [Line("note", self.name or "", level=self._offer_level())]
        if self.collapse_composition:
            return self._offer_collapsed_lines()
        if self.display_type:
            return [self._offer_section_line()]
        if self.product_type == "combo":
            return [self._offer_combo_line()]
        return [self._offer_item_line()]

    def _offer_level(self):
        depth = bool(self.parent_id) + bool(self.parent_id.parent_id)
        return min(depth + bool(self.combo_item_id), 2)

    def _offer_hides_prices(self):
        section = self.parent_id
        return bool(section.collapse_prices or section.parent_id.collapse_prices)

    def _offer_badge(self):
        return self.env._("Optional") if self._is_line_optional() else ""

    def _offer_section_line(self):
        is_section = self.display_type == "line_section"
        shows_amount = is_section or not self._offer_hides_prices()
        return Line(
            "section" if is_section else "subsection",
            self.name or "",
            amount=self._offer_amount(self._get_section_totals("price_subtotal"))
            if shows_amount
            else "",
            badge=self.env._("Optional") if self.is_optional else "",
            level=self._offer_level(),
        )

    def _offer_collapsed_lines(self):
        """Show a section as one line per tax, as the seller asked."""
        return [
            Line(
                "item",
                self.name or "",
                quantity="1",
                unit_price=self._offer_amount(group["price_subtotal"]),
                taxes=", ".join(group["tax_labels"]),
                amount=self._offer_amount(group["price_subtotal"]),
                level=self._offer_level(),
            )
            for group in self._get_grouped_section_summary()
        ]

    def _offer_combo_line(self):
        hides_prices = self._offer_hides_prices()
        return Line(
            "subsection",
            f"{self.name} x {self._offer_number(self.product_uom_qty, 'Product Unit')}",
            amount=""
            if hides_prices
            else self._offer_amount(self._get_combo_totals("price_subtotal")),
            level=self._offer_level(),
        )

    def _offer_item_line(self):
        prices = {} if self._offer_hides_prices() else self._offer_prices()
        return Line(
            "item",
            self.name or self.product_id.display_name or "",
            quantity=self._offer_number(self.product_uom_qty, "Product Unit"),
            unit=self.product_uom_id.name or "",
            taxes=", ".join(tax.tax_label for tax in self.tax_ids if tax.tax_label),
            badge=self._offer_badge(),
            level=self._offer_level(),
            **prices,
        )

    def _offer_prices(self):
        discount = self.discount and self._offer_number(self.discount, "Discount")
        amount = "" if self.is_downpayment else self._offer_amount(self.price_subtotal)
        return {
            "unit_price": grouped(
                formatLang(self.env, self.price_unit, dp="Product Price")
            ),
            "discount": discount or "",
            "amount": amount,
        }

    def _offer_amount(self, amount):
        digits = self.order_id.currency_id.decimal_places
        return grouped(formatLang(self.env, amount, digits=digits))

    def _offer_number(self, value, precision):
        """Format a figure; whole ones go without decimals."""
        if value == int(value):
            return grouped(formatLang(self.env, value, digits=0))
        return grouped(formatLang(self.env, value, dp=precision))
