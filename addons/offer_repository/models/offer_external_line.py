from odoo import api, fields, models

from ..reading import find_unit

# Odoo's own units, by what reading calls them.
_UNITS = {
    "unit": "uom.product_uom_unit",
    "dozen": "uom.product_uom_dozen",
    "hour": "uom.product_uom_hour",
    "day": "uom.product_uom_day",
    "kilogram": "uom.product_uom_kgm",
    "gram": "uom.product_uom_gram",
    "ton": "uom.product_uom_ton",
    "metre": "uom.product_uom_meter",
    "square_metre": "uom.uom_square_meter",
    "cubic_metre": "uom.product_uom_cubic_meter",
    "kilometre": "uom.product_uom_km",
    "litre": "uom.product_uom_litre",
}


class OfferExternalLine(models.AbstractModel):
    """A line of an offer made outside Odoo, while a person confirms or corrects it.

    Whoever inherits says where ``currency_id`` comes from.
    """

    _name = "offer.external.line"
    _description = "Line of an External Offer"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", ondelete="set null")
    product_code = fields.Char(string="Code")
    name = fields.Text(string="Description", required=True)
    quantity = fields.Float(digits="Product Unit", default=1)
    uom_name = fields.Char(string="Unit")
    price_unit = fields.Float(string="Unit Price", digits="Product Price")
    discount = fields.Float(string="Discount (%)", digits="Discount")
    is_optional = fields.Boolean(string="Optional")
    currency_id = fields.Many2one("res.currency")
    # The document's own amount stays until what it is made of changes.
    price_subtotal = fields.Monetary(
        string="Amount",
        compute="_compute_price_subtotal",
        store=True,
        readonly=False,
    )
    is_doubtful = fields.Boolean(compute="_compute_is_doubtful")

    @api.depends("quantity", "price_unit", "discount")
    def _compute_price_subtotal(self):
        for line in self:
            line.price_subtotal = line._reckoned()

    @api.depends("quantity", "price_unit", "discount", "price_subtotal")
    def _compute_is_doubtful(self):
        for line in self:
            # a price that was rounded to a cent may make so much
            tolerance = max(0.01, abs(line.quantity) * 0.005) + 1e-6
            apart = abs(line._reckoned() - line.price_subtotal)
            line.is_doubtful = apart > tolerance

    def _reckoned(self):
        amount = self.quantity * self.price_unit * (1 - self.discount / 100)
        return self.currency_id.round(amount) if self.currency_id else amount

    @api.onchange("product_id")
    def _onchange_product_id(self):
        if self.product_id:
            self.name = self.name or self.product_id.display_name
            self.product_code = self.product_id.default_code
            self.price_unit = self.price_unit or self.product_id.lst_price

    def _columns(self):
        """Return the line as a revision's line keeps it."""
        self.ensure_one()
        product, unit = self.product_id, self._unit()
        return {
            "display_type": False,
            "is_optional": self.is_optional,
            "product_id": product.id,
            "product_code": self.product_code or product.default_code,
            "name": self.name,
            "quantity": self.quantity,
            "uom_id": unit.id,
            "uom_name": self.uom_name or unit.name,
            "price_unit": self.price_unit,
            "discount": self.discount,
            "price_subtotal": self.price_subtotal,
            "tax_names": False,
        }

    def _unit(self):
        """Return the unit that the line's own word means, else the product's."""
        own = self.product_id.uom_id
        if not self.uom_name or self.uom_name == own.name:
            return own
        units, code = self.env["uom.uom"], find_unit(self.uom_name)
        known = code and self.env.ref(_UNITS[code], raise_if_not_found=False)
        return known or units
