from dataclasses import replace

from odoo import api, models
from odoo.fields import Domain

from ..spreadsheet import Column

_SUMS = ("spread_amount:sum", "given_away:sum", "decision_hours:avg")


class OfferExport(models.AbstractModel):
    """What a board reads first of the cannibalisation report: branch by branch."""

    _inherit = "offer.export"

    @api.model
    def _conflict_sheets(self, request):
        sheets, newest = super()._conflict_sheets(request)
        domain = self._asked_domain(request)
        pairs = self._sheet(
            request,
            self.env._("Branch by Branch"),
            self._pair_columns(),
            self._pair_rows(domain),
        )
        title = self.env._("Cannibalisation")
        return [replace(sheet, title=title) for sheet in (pairs, *sheets)], newest

    @api.model
    def _pair_columns(self):
        return (
            Column(self.env._("Branch"), width=24),
            Column(self.env._("Against Branch"), width=24),
            Column(self.env._("Conflicts"), "number", 11),
            Column(self.env._("Before sending"), "number", 14),
            Column(self.env._("Hours to Decision"), "number", 14),
            Column(self.env._("Spread"), "money", 18, is_total=True),
            Column(self.env._("Given Away"), "money", 18, is_total=True),
            *(() if self._is_paper() else (Column(self.env._("Currency"), width=12),)),
        )

    @api.model
    def _pair_rows(self, domain):
        """Return a row for each pair of branches, the dearest first."""
        report = self.env["offer.conflict.report"]
        pairs = ["left_company_id", "right_company_id"]
        caught = Domain("caught", "=", "before")
        before = {
            (left, right): count
            for left, right, count in report._read_group(
                domain & caught, pairs, ["conflict_id:count_distinct"]
            )
        }
        found = report._read_group(
            domain,
            pairs,
            ["conflict_id:count_distinct", *_SUMS],
            order="spread_amount:sum desc, left_company_id, right_company_id",
        )
        currency = self.env.company.sudo().currency_id
        return [
            (
                # sudo: who may read the case may know whose offers are in it
                left.sudo().name,
                right.sudo().name,
                count,
                before.get((left, right), 0),
                round(hours, 1) if hours else None,
                self._money(spread, currency),
                self._money(given, currency) if given else None,
                *(() if self._is_paper() else (currency.name,)),
            )
            for left, right, count, spread, given, hours in found
        ]
