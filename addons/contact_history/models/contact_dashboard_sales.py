from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, formatLang


class ContactDashboard(models.AbstractModel):
    """Contacts per sale. What a sale is, another addon says."""

    _inherit = "contact.dashboard"

    @api.model
    def _select_sales(self, choice, span):
        """Return an ``SQL`` that selects the sales won in a span; empty: no sales.

        Override where there are sales; called once for each period. Select rows of
        ``partner_id`` (commercial partner), ``company_id``, ``begun_at`` and ``won_at``
        (naive UTC; contacts between them count), only what the reader may read. Flush
        what you select. Mind ``choice.company_ids`` and ``choice.mine``.

        :param choice: ``insight.Choice``
        :param span: (start, end) of the moment of winning, naive UTC
        """
        return SQL()

    @api.model
    def _tiles(self, choice):
        return [*super()._tiles(choice), *self._sale_tiles(choice)]

    @api.model
    def _sections(self, choice):
        return [*super()._sections(choice), *self._sale_sections(choice)]

    @api.model
    def _sale_tiles(self, choice):
        now = fields.Datetime.now()
        figures = self._sale_figures(choice, choice.span(now))
        if not figures:
            return []
        before = self._sale_figures(choice, choice.span_before(now))
        sales = sum(row[1] for row in figures)
        average, old = self._average(figures), self._average(before)
        label = self.env._("Contacts per sale")
        return [
            self._tile(
                "sales",
                label,
                self._one_digit(average),
                self.env._(
                    "On the way to a sale; sales: %(count)s", count=self._number(sales)
                ),
                self._link("contacts", self._contact_domain(choice), label),
                trend=self._trend(average, old, is_less_better=True),
                before=self._one_digit(old),
            )
        ]

    @api.model
    def _sale_sections(self, choice):
        rows = self._sale_figures(choice, choice.span(fields.Datetime.now()))
        if not rows:
            return []
        # sudo: names of the reader's own branches
        companies_sudo = self.env["res.company"].sudo()
        return [
            {
                "kind": "table",
                "code": "sales",
                "label": self.env._("Contacts per sale"),
                "columns": [self.env._("Sales"), self.env._("Contacts per sale")],
                "rows": [
                    {
                        "id": company_id,
                        "name": companies_sudo.browse(company_id).name,
                        "cells": [
                            self._number(sales),
                            self._one_digit(contacts / sales),
                        ],
                        "values": [sales, contacts / sales],
                        "share": None,
                        "link": self._link(
                            "contacts",
                            self._contact_domain(choice)
                            & Domain("company_id", "=", company_id),
                            companies_sudo.browse(company_id).name,
                        ),
                    }
                    for company_id, sales, contacts in rows
                ],
            }
        ]

    @api.model
    def _average(self, rows):
        sales = sum(row[1] for row in rows)
        return sum(row[2] for row in rows) / sales if sales else None

    @api.model
    def _one_digit(self, value):
        return "–" if value is None else formatLang(self.env, value, digits=1)

    @api.model
    def _sale_figures(self, choice, span):
        """Return [(branch id, sales, contacts on their way)].

        For each sale, contacts are read from the index ``_commercial_partner_page``.
        """
        sales = self._select_sales(choice, span)
        if not sales.code:
            return []
        readable = self.env["contact.interaction"]._search(
            Domain("is_automatic", "=", False)
        )
        table = readable.table
        readable.add_where(
            SQL(
                "%s = sale.partner_id AND %s = sale.company_id"
                " AND %s BETWEEN sale.begun_at AND sale.won_at",
                SQL.identifier(table, "commercial_partner_id"),
                SQL.identifier(table, "company_id"),
                SQL.identifier(table, "occurred_at"),
            )
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT sale.company_id, COUNT(*), SUM(contact.total)
                  FROM (%s) sale
                  JOIN LATERAL (%s) contact ON TRUE
                 GROUP BY sale.company_id
                 ORDER BY COUNT(*) DESC, sale.company_id
                """,
                sales,
                readable.select(SQL("COUNT(*) AS total")),
            )
        )
