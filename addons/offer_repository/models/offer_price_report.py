from odoo import api, fields, models
from odoo.tools import SQL

from .offer_report_labels import labels_of


class OfferPriceReport(models.Model):
    """What was offered to whom for how much, over time: one row a line of a version.

    A view over the archive. Prices are per unit of the product, after discount, tax
    excluded, in the branch's currency by the rate of the offer.
    """

    _name = "offer.price.report"
    _description = "Price History"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "name"

    date = fields.Datetime(readonly=True)
    offer_id = fields.Many2one("offer.offer", readonly=True)
    revision_id = fields.Many2one("offer.revision", readonly=True)
    is_current = fields.Boolean(string="Current Revision", readonly=True)
    state = fields.Selection(
        selection=labels_of("offer.offer", "state"),
        readonly=True,
    )
    company_id = fields.Many2one("res.company", string="Branch", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Contact", readonly=True)
    commercial_partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True
    )
    product_id = fields.Many2one("product.product", readonly=True)
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product Template", readonly=True
    )
    categ_id = fields.Many2one(
        "product.category", string="Product Category", readonly=True
    )
    name = fields.Text(string="Description", readonly=True)
    is_optional = fields.Boolean(string="Optional", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    uom_name = fields.Char(string="Unit", readonly=True)
    price_unit = fields.Float(
        string="Unit Price", digits="Product Price", readonly=True, aggregator="avg"
    )
    discount = fields.Float(
        string="Discount (%)", digits="Discount", readonly=True, aggregator="avg"
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    price = fields.Monetary(
        string="Net Price",
        currency_field="company_currency_id",
        readonly=True,
        aggregator="avg",
        help="Per unit of the product, after discount, tax excluded, in the branch's "
        "currency by the rate of the offer.",
    )
    company_currency_id = fields.Many2one(
        "res.currency", string="Branch's Currency", readonly=True
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT line.id,
                   revision.date,
                   revision.offer_id,
                   revision.id AS revision_id,
                   revision.id = offer.current_revision_id AS is_current,
                   offer.state,
                   line.company_id,
                   offer.team_id,
                   offer.user_id,
                   offer.partner_id,
                   offer.commercial_partner_id,
                   line.product_id,
                   product.product_tmpl_id,
                   template.categ_id,
                   line.name,
                   line.is_optional,
                   line.quantity,
                   line.uom_name,
                   line.price_unit,
                   line.discount,
                   revision.currency_id,
                   %(price)s AS price,
                   company.currency_id AS company_currency_id
              FROM offer_revision_line line
              JOIN offer_revision revision ON revision.id = line.revision_id
              JOIN offer_offer offer ON offer.id = revision.offer_id
              JOIN res_company company ON company.id = line.company_id
         LEFT JOIN product_product product ON product.id = line.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN uom_uom unit ON unit.id = line.uom_id
         LEFT JOIN uom_uom own_unit ON own_unit.id = template.uom_id
             WHERE line.display_type IS NULL
            """,
            price=self._price_sql(),
        )

    @api.model
    def _price_sql(self):
        """Return the net price per unit of the product in the branch's currency.

        The payload is only opened for offers in another currency than the branch's.
        """
        return SQL(
            """
            CASE WHEN line.quantity > 0 THEN line.price_subtotal / line.quantity
                 ELSE line.price_unit * (1 - COALESCE(line.discount, 0) / 100)
             END
            / COALESCE(unit.factor, 1) * COALESCE(own_unit.factor, unit.factor, 1)
            / CASE WHEN revision.currency_id = company.currency_id THEN 1
                   ELSE NULLIF(
                       (revision.payload::json #>> '{content,currency_rate}')::numeric,
                       0
                   )
               END
            """
        )

    def action_open_offer(self):
        """Open the offer, by the reader's own rights."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "offer.offer",
            "res_id": self.offer_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _open_history(self, domain, name):
        """Return the action that shows the price history of these rows."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_price_report_action"
        )
        return {**action, "domain": domain, "display_name": name, "name": name}
