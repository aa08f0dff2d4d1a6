from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_repr

from .offer_chain_mixin import is_archive


class OfferRevisionLine(models.Model):
    """One line of a revision, unfolded from its payload for search and comparison.

    Product and unit are links for finding only: deleting a product empties them. Code,
    name and unit as they were stay, and the payload holds them under the hash.
    """

    _name = "offer.revision.line"
    _description = "Offer Revision Line"
    _order = "revision_id, sequence, id"
    _rec_name = "name"
    _log_access = False

    revision_id = fields.Many2one(
        "offer.revision",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    sequence = fields.Integer(readonly=True)
    display_type = fields.Selection(
        [
            ("line_section", "Section"),
            ("line_subsection", "Subsection"),
            ("line_note", "Note"),
        ],
        readonly=True,
    )
    is_optional = fields.Boolean(string="Optional", readonly=True)

    product_id = fields.Many2one(
        "product.product",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    product_code = fields.Char(readonly=True)
    name = fields.Text(string="Description", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    uom_name = fields.Char(string="Unit", readonly=True)
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit Today",
        readonly=True,
        ondelete="set null",
    )

    currency_id = fields.Many2one(related="revision_id.currency_id")
    price_unit = fields.Float(
        string="Unit Price", digits="Product Price", readonly=True
    )
    discount = fields.Float(string="Discount (%)", digits="Discount", readonly=True)
    price_subtotal = fields.Monetary(string="Amount", readonly=True)
    tax_names = fields.Char(string="Taxes", readonly=True)
    # Beside the evidence, not part of it: what the goods cost is our own affair, and
    # the payload goes to whoever may read the offer.
    cost_unit = fields.Float(
        string="Unit Cost",
        digits="Product Price",
        readonly=True,
        groups="offer_repository.offer_repository_group_margin",
        help="What the branch paid for one unit when the offer left the house, in the "
        "currency of the offer. 0: not known.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not is_archive(self.env):
            raise UserError(self.env["offer.revision"]._immutable_message())
        return super().create(vals_list)

    @api.model
    def _query_insert(self, revision, rows):
        """Insert the lines of a revision in one statement.

        SQL because it is a quarter of what archiving costs; nothing is computed from
        lines, and whatever reads them reads them back from the database.

        :param rows: list of dicts of values by field, all with the same fields
        """
        revision.flush_recordset()
        stored = [self._fields[name] for name in rows[0]]
        values = [
            SQL("(%s)", SQL(", ").join(self._columns_of(revision, stored, row)))
            for row in rows
        ]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) VALUES %s",
                SQL.identifier(self._table),
                SQL(", ").join(SQL.identifier(field.name) for field in stored),
                SQL(", ").join(values),
            )
        )

    @api.model
    def _columns_of(self, revision, stored, row):
        """Yield the values of a line as the ORM itself would write them."""
        currency = revision.currency_id
        for field in stored:
            value = row[field.name]
            if field.type == "monetary":
                digits = currency.decimal_places
                yield SQL("%s", float_repr(currency.round(value or 0.0), digits))
            else:
                yield SQL("%s", field.convert_to_column_insert(value, self))

    def write(self, vals):
        """Refuse: a line is as final as its revision."""
        raise UserError(self.env["offer.revision"]._immutable_message())

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env["offer.revision"]._immutable_message())
