from odoo import models
from odoo.tools import format_datetime, html2plaintext

from ..finding import words_of
from .offer_search_document import folded
from .sale_order_readiness import OK, OPEN, UNKNOWN

# Shorter words are in every text.
_MIN_WORD = 4
_MAX_PRODUCTS = 20
# Of a customer who got thousands of offers the latest lines tell enough.
_MAX_ROWS = 400


class SaleOrder(models.Model):
    """Points that compare the quotation with what was asked and offered before."""

    _inherit = "sale.order"

    def _offer_ready_inquiry(self):
        """Look for the products among the words of the opportunity."""
        lead = self.opportunity_id
        if not lead or not lead.has_access("read"):
            return UNKNOWN, self.env._("It is linked to no opportunity.")
        asked = self._offer_words([lead.name, html2plaintext(lead.description or "")])
        lines = self.order_line.filtered(lambda line: not line.display_type)
        offered = self._offer_words(
            text
            for line in lines
            for text in (line.name, line.product_id.name, line.product_id.default_code)
        )
        if asked & offered:
            return OK, self.env._(
                "It names what “%(inquiry)s” asks for.", inquiry=lead.name
            )
        return OPEN, self.env._(
            "Nothing of “%(inquiry)s” is in the lines. Is it the right opportunity?",
            inquiry=lead.name,
        )

    def _offer_words(self, texts):
        words = (word for text in texts for word in words_of(text or "", folded))
        return {word for word in words if len(word) >= _MIN_WORD}

    def _offer_ready_response(self):
        waiting = self._offer_contacts("waiting")
        if not waiting:
            return OK, self.env._("Nobody waits for an answer.")
        since = format_datetime(self.env, waiting["since"], dt_format="short")
        if waiting["light"] == "red":
            return OPEN, self.env._(
                "The customer waits since %(since)s, longer than your target. Call "
                "first.",
                since=since,
            )
        return OK, self.env._("The customer waits since %(since)s.", since=since)

    def _offer_ready_prices(self):
        """Compare with what the reader may read of the customer's last offers.

        Other branches' prices stay with the button on the line, which logs who asks.
        """
        last = self._offer_last_prices()
        margin = self.company_id.sudo().offer_price_hint_percent
        apart = [
            self.env._(
                "%(product)s: %(percent)s %% from the last offer",
                product=line.product_id.display_name,
                percent=f"{100 * change:+.0f}",
            )
            for line, change in self._offer_price_changes(last)
            if abs(100 * change) > margin
        ]
        if apart:
            return OPEN, "; ".join(apart)
        if not last:
            return UNKNOWN, self.env._(
                "Nothing of it was offered to the customer before."
            )
        return OK, self.env._(
            "Within %(percent)s %% of the last offer.", percent=margin
        )

    def _offer_price_changes(self, last):
        """Yield lines with their share of change from the last offered price."""
        rate = self.currency_rate or 1.0
        for line in self.order_line:
            before = last.get(line.product_id.id)
            if line.display_type or not before or not line.product_uom_qty:
                continue
            unit = line.price_subtotal / line.product_uom_qty / rate
            own_unit = line.product_uom_id._compute_price(unit, line.product_id.uom_id)
            yield line, own_unit / before - 1

    def _offer_last_prices(self):
        """Return the last net price of each product, of offers besides this one."""
        report = self.env["offer.price.report"]
        if not report.has_access("read"):
            return {}
        entity = self.partner_id.commercial_partner_id
        rows = report.search_fetch(
            [
                ("commercial_partner_id", "=", entity.id),
                ("company_id", "=", self.company_id.id),
                ("product_id", "in", self.order_line.product_id.ids[:_MAX_PRODUCTS]),
                ("is_current", "=", True),
                ("offer_id.order_id", "!=", self.id),
            ],
            ["product_id", "price"],
            order="date desc",
            limit=_MAX_ROWS,
        )
        prices = {}
        for row in rows:
            if row.price:
                prices.setdefault(row.product_id.id, row.price)
        return prices
