from odoo import api, fields, models
from odoo.fields import Date
from odoo.tools import format_date, formatLang

from ..comparing import Cell
from .sale_order_document import grouped

# Terms are told in full in the document; here they only show that they differ.
_MAX_TERM = 300
_DATES = frozenset({"validity", "delivery_date"})


class OfferComparison(models.AbstractModel):
    """What a comparison says, in the reader's language and format."""

    _inherit = "offer.comparison"

    @api.model
    def _first_line(self, text):
        return (text or "").strip().partition("\n")[0][:200]

    @api.model
    def _shown_money(self, amount, currency):
        return grouped(formatLang(self.env, amount, currency_obj=currency))

    @api.model
    def _shown_number(self, value, digits=2):
        rounded = round(value, digits)
        if rounded == int(rounded):
            digits = 0
        return grouped(formatLang(self.env, rounded, digits=digits))

    @api.model
    def _shown_percent(self, percent):
        """Return a difference with its sign, empty when it rounds to nothing."""
        rounded = round(percent, 1)
        if not rounded:
            return ""
        sign = "+" if rounded > 0 else "−"
        return f"{sign}{self._shown_number(abs(rounded), 1)}\u00a0%"

    @api.model
    def _shown_day(self, moment):
        """Return the reader's day of a moment."""
        return format_date(self.env, fields.Datetime.context_timestamp(self, moment))

    @api.model
    def _level_label(self, level):
        labels = {
            "product": self.env._("Same product"),
            "code": self.env._("Same product code"),
            "template": self.env._("Same product, other variant"),
            "text": self.env._("Same description"),
            "alike": self.env._("Alike description"),
            "category": self.env._("Same product category"),
        }
        return labels.get(level, "")

    @api.model
    def _revision_title(self, revision_sudo):
        return self.env._(
            "%(offer)s, revision %(number)s",
            offer=revision_sudo.offer_id.name,
            number=revision_sudo.number,
        )

    @api.model
    def _revision_notes(self, revision_sudo):
        """Yield branch, salesperson, day and state of a version."""
        offer = revision_sudo.offer_id
        yield revision_sudo.company_id.name
        if revision_sudo.salesperson_name or offer.user_id:
            yield revision_sudo.salesperson_name or offer.user_id.name
        yield self._shown_day(revision_sudo.date)
        if offer.current_revision_id == revision_sudo:
            yield dict(offer._fields["state"]._description_selection(self.env))[
                offer.state
            ]
        else:
            yield self.env._("Superseded")

    @api.model
    def _line_notes(self, item, row, currency, names):
        """Yield what is told of one line below its price."""
        quantity = f"× {self._shown_number(item.quantity, 3)} {item.unit}".strip()
        yield quantity
        if item.factor != row.scale:
            unit = names.get(item.reference) or ""
            yield self.env._("price per %(unit)s", unit=unit)
        if item.discount:
            yield self.env._(
                "discount %(percent)s %%", percent=self._shown_number(item.discount)
            )
        if item.price is not None and item.quantity * item.factor != row.scale:
            yield f"= {self._shown_money(item.amount, currency)}"
        if item.is_optional and not row.is_optional:
            yield self.env._("Optional")
        if item.label != row.label:
            yield item.label

    @api.model
    def _term_labels(self):
        return {
            "customer": self.env._("Customer"),
            "validity": self.env._("Valid until"),
            "delivery_date": self.env._("Delivery date"),
            "incoterm": self.env._("Incoterm"),
            "payment_term": self.env._("Payment terms"),
            "client_reference": self.env._("Customer reference"),
            "team": self.env._("Sales team"),
            "terms": self.env._("Terms and conditions"),
        }

    @api.model
    def _term_cell(self, name, source):
        value = source["content"].get(name)
        if name == "customer":
            value = source["revision"].customer_name
        if not value:
            return Cell()
        if name in _DATES:
            day = Date.to_date(value)
            text = format_date(self.env, day)
            return Cell(kind="date", value=day, text=text, identity=value)
        text = value if len(value) <= _MAX_TERM else value[:_MAX_TERM] + "…"
        return Cell(kind="text", value=text, text=text, identity=value)
