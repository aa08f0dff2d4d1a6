from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# How far a sum of money reaches, for filters and groups: it is the size that counts.
_RANGES = ((1_000, "a"), (10_000, "b"), (50_000, "c"), (250_000, "d"))


class OfferOffer(models.Model):
    """What offers are searched, filtered and grouped by."""

    _name = "offer.offer"
    # Activities need a thread below them; offers have no chatter, because what is
    # written to a customer belongs on the quotation, where it is archived.
    _inherit = ["offer.offer", "mail.thread", "mail.activity.mixin"]
    # Whoever reads an offer may plan what to do about it.
    _mail_post_access = "read"

    search_text = fields.Char(
        string="Words",
        store=False,
        search="_search_search_text",
        help="Numbers, customers, products, texts and documents, slips allowed.",
    )
    # Kept in step by the job that reads offers for the search, in SQL: see
    # _query_found_facts.
    product_ids = fields.Many2many(
        "product.product",
        "offer_offer_product_rel",
        string="Products",
        readonly=True,
        copy=False,
    )
    categ_ids = fields.Many2many(
        "product.category",
        "offer_offer_category_rel",
        string="Product Categories",
        readonly=True,
        copy=False,
    )
    discount = fields.Float(
        string="Discount (%)",
        readonly=True,
        copy=False,
        aggregator="avg",
        digits=(5, 2),
        help="What the discounts of all lines come to.",
    )
    amount_range = fields.Selection(
        [
            ("a", "Below 1,000"),
            ("b", "1,000 to 10,000"),
            ("c", "10,000 to 50,000"),
            ("d", "50,000 to 250,000"),
            ("e", "250,000 and more"),
        ],
        compute="_compute_amount_range",
        store=True,
        help="Untaxed, in the currency of the offer.",
    )

    # ------------------------------------------------------------------
    # Compute and search
    # ------------------------------------------------------------------

    @api.depends("amount_untaxed")
    def _compute_amount_range(self):
        for offer in self:
            amount = offer.amount_untaxed or 0.0
            offer.amount_range = next(
                (code for limit, code in _RANGES if amount < limit), "e"
            )

    def _search_search_text(self, operator, value):
        if operator == "in":
            return Domain.OR(self._text_domain(text) for text in value)
        if operator not in ("ilike", "like"):
            return NotImplemented
        return self._text_domain(value)

    @api.model
    def _text_domain(self, text):
        found = self.env["offer.search"]._domain_of(str(text or ""))
        return Domain("id", "in", found) if found else Domain.TRUE

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **options):
        """List what was searched by words in the order of rank, unless told another."""
        leaf = self._searched_text(domain) if order == self._order else None
        if not leaf:
            return super()._search(domain, offset, limit, order, **options)
        # what is asked for besides the text; the text is looked for in any case
        rest = () if Domain(domain) == leaf else domain
        ids, is_all = self.env["offer.search"]._ranked_ids(leaf.value, rest)
        if is_all or (limit and (offset or 0) + limit <= len(ids)):
            domain = Domain("id", "in", ids)
        query = super()._search(domain, offset, limit, order, **options)
        if ids:
            query.order = SQL(
                "array_position(%s::int[], %s), %s",
                ids,
                SQL.identifier(self._table, "id"),
                query.order,
            )
        return query

    @api.model
    def _searched_text(self, domain):
        """Return the condition on the text, if there is one."""
        return next(
            (
                leaf
                for leaf in Domain(domain).iter_conditions()
                if leaf.field_expr == "search_text"
                and leaf.operator == "ilike"
                and isinstance(leaf.value, str)
            ),
            None,
        )

    # ------------------------------------------------------------------
    # In step with the lines
    # ------------------------------------------------------------------

    def _query_found_facts(self):
        """Bring products, categories and discount in step with the current revision.

        SQL, and only what differs: written by the job, while users may be writing the
        offers themselves.
        """
        if not self:
            return
        self.env.flush_all()
        self._query_relation(
            "offer_offer_product_rel", "product_product_id", SQL("product.id")
        )
        self._query_relation(
            "offer_offer_category_rel", "product_category_id", SQL("template.categ_id")
        )
        self._query_discount()
        self.invalidate_recordset(["product_ids", "categ_ids", "discount"], flush=False)

    def _query_relation(self, table, column, value):
        self.env.cr.execute(
            SQL(
                """
                WITH wanted (offer_id, value) AS (
                    SELECT DISTINCT offer.id, %(value)s
                    FROM offer_offer AS offer
                    JOIN offer_revision_line AS line
                        ON line.revision_id = offer.current_revision_id
                    JOIN product_product AS product ON product.id = line.product_id
                    JOIN product_template AS template
                        ON template.id = product.product_tmpl_id
                    WHERE offer.id = ANY(%(ids)s) AND %(value)s IS NOT NULL
                ), gone AS (
                    DELETE FROM %(table)s AS held
                    WHERE held.offer_offer_id = ANY(%(ids)s)
                        AND NOT EXISTS (
                            SELECT FROM wanted
                            WHERE wanted.offer_id = held.offer_offer_id
                                AND wanted.value = held.%(column)s
                        )
                )
                INSERT INTO %(table)s (offer_offer_id, %(column)s)
                SELECT offer_id, value FROM wanted
                ON CONFLICT DO NOTHING
                """,
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                value=value,
                ids=self.ids,
            )
        )

    def _query_discount(self):
        self.env.cr.execute(
            SQL(
                """
                UPDATE offer_offer AS offer
                SET discount = made.discount
                FROM (
                    SELECT head.id, coalesce(
                        100 - 100 * sum(line.price_subtotal)
                            / nullif(sum(line.price_subtotal / nullif(
                                1 - line.discount / 100, 0)), 0),
                        0) AS discount
                    FROM offer_offer AS head
                    JOIN offer_revision_line AS line
                        ON line.revision_id = head.current_revision_id
                    WHERE head.id = ANY(%s)
                        AND line.display_type IS NULL AND NOT line.is_optional
                    GROUP BY head.id
                ) AS made
                WHERE made.id = offer.id
                    AND abs(coalesce(offer.discount, 0) - made.discount) > 0.005
                """,
                self.ids,
            )
        )
