from odoo import api, models
from odoo.fields import Domain

from ..spreadsheet import Column, Percent

_PAPER = "offer_repository_paper"


class OfferExport(models.AbstractModel):
    """Exports of what is learned: wins and losses, and conflicts in money."""

    _inherit = "offer.export"

    @api.model
    def _kinds(self):
        return {
            **super()._kinds(),
            "losses": ("wins-and-losses", self._loss_sheets),
            "conflicts": ("cannibalisation", self._conflict_sheets),
        }

    # ------------------------------------------------------------------
    # Losses
    # ------------------------------------------------------------------

    @api.model
    def _loss_sheets(self, request):
        domain = self._asked_domain(request)
        ids = self._find("offer.loss.report", domain)
        self._disclose("offer.loss.report", domain, "outcomes")
        [(newest,)] = self.env["offer.loss.report"]._read_group(
            domain, aggregates=["date:max"]
        )
        name, rows = self.env._("Wins and Losses"), self._loss_rows(ids)
        return [self._sheet(request, name, self._loss_columns(), rows)], newest

    @api.model
    def _loss_columns(self):
        return (
            Column(self.env._("Number"), width=14),
            Column(self.env._("Customer"), width=30),
            Column(self.env._("Branch"), width=20),
            Column(self.env._("Salesperson"), width=18),
            Column(self.env._("Product"), width=28),
            Column(self.env._("State"), width=12),
            Column(self.env._("Lost On"), "datetime", 17),
            Column(self.env._("Lost Reason"), width=24),
            Column(self.env._("Lost To"), width=22),
            Column(self.env._("Above Competitor (%)"), "percent", 12),
            Column(self.env._("Lost Amount"), "money", 16, is_total=True),
            Column(self.env._("Won Amount"), "money", 16, is_total=True),
            Column(self.env._("Currency"), width=9),
        )

    @api.model
    def _loss_rows(self, ids):
        for rows_sudo in self._batches("offer.loss.report", ids):
            for row in rows_sudo:
                yield self._loss_row(row)

    @api.model
    def _loss_row(self, row_sudo):
        currency, gap = row_sudo.currency_id, row_sudo.competitor_gap
        return (
            row_sudo.offer_name,
            row_sudo.commercial_partner_id.display_name or "",
            row_sudo.company_id.name,
            row_sudo.user_id.name or "",
            row_sudo.product_id.display_name or "",
            self._label(row_sudo, "state"),
            self._moment(row_sudo.date_lost),
            row_sudo.lost_reason_id.display_name or "",
            row_sudo.competitor_name or "",
            Percent(gap, is_change=True) if gap else None,
            self._money(row_sudo.lost_amount, currency),
            self._money(row_sudo.won_amount, currency),
            currency.name,
        )

    # ------------------------------------------------------------------
    # Conflicts
    # ------------------------------------------------------------------

    @api.model
    def _conflict_sheets(self, request):
        domain = self._asked_domain(request)
        report = self.env["offer.conflict.report"]
        ids = self._find(report._name, domain)
        groups = report._read_group(domain, ["conflict_id"], ["date:max"])
        cases = [case.id for case, _newest in groups]
        self._disclose(
            "offer.offer",
            Domain("conflict_ids", "in", cases),
            "conflicts",
        )
        newest = max(date for _case, date in groups)
        name, rows = self.env._("Conflicts"), self._conflict_rows(ids)
        return [self._sheet(request, name, self._conflict_columns(), rows)], newest

    @api.model
    def _write_pdf(self, request, stream):
        """Leave out on paper what makes the columns too narrow to be read."""
        return super(OfferExport, self.with_context(**{_PAPER: True}))._write_pdf(
            request, stream
        )

    @api.model
    def _is_paper(self):
        return bool(self.env.context.get(_PAPER))

    @api.model
    def _conflict_columns(self):
        is_paper = self._is_paper()
        details = (
            Column(self.env._("Severity"), width=10),
            Column(self.env._("Hours to Decision"), "number", 10),
            Column(self.env._("Lowest"), "money", 16),
            Column(self.env._("Highest"), "money", 16),
        )
        return (
            Column(self.env._("Case"), width=20),
            Column(self.env._("Customer"), width=30),
            Column(self.env._("Branch"), width=22),
            Column(self.env._("Against Branch"), width=22),
            Column(self.env._("Detected"), "datetime", 18),
            Column(self.env._("State"), width=21),
            Column(self.env._("Decision"), width=24),
            Column(self.env._("Caught"), width=18),
            *(() if is_paper else details),
            Column(self.env._("Spread"), "money", 18, is_total=True),
            Column(self.env._("Sold For"), "money", 18),
            Column(self.env._("Given Away"), "money", 18, is_total=True),
            # on paper the line of totals names it
            *(() if is_paper else (Column(self.env._("Currency"), width=12),)),
        )

    @api.model
    def _conflict_rows(self, ids):
        for rows_sudo in self._batches("offer.conflict.report", ids):
            for row in rows_sudo:
                yield self._conflict_row(row)

    @api.model
    def _conflict_row(self, row_sudo):
        currency = row_sudo.currency_id
        hours, sold = row_sudo.decision_hours, row_sudo.sold_amount
        is_paper = self._is_paper()
        details = (
            self._label(row_sudo, "severity"),
            round(hours, 1) if row_sudo.state == "decided" else None,
            self._money(row_sudo.lowest_amount, currency),
            self._money(row_sudo.highest_amount, currency),
        )
        return (
            row_sudo.conflict_name,
            row_sudo.customer_name or "",
            row_sudo.left_company_id.name,
            row_sudo.right_company_id.name,
            self._moment(row_sudo.date),
            self._label(row_sudo, "state"),
            self._label(row_sudo, "decision"),
            self._label(row_sudo, "caught"),
            *(() if is_paper else details),
            self._money(row_sudo.spread_amount, currency),
            # nothing sold yet is not sold for nothing
            self._money(sold, currency) if sold else None,
            self._money(row_sudo.given_away, currency) if sold else None,
            *(() if is_paper else (currency.name,)),
        )
