import dataclasses

from odoo import api, models

from ..comparing import Cell, Row
from .offer_conflict_comparison import MARGIN


class OfferComparison(models.AbstractModel):
    """What the compared offers leave over, for readers of the group only.

    Costs stand beside the archive's evidence, line by line; a version whose costs are
    not all known has no margin in total.
    """

    _inherit = "offer.comparison"

    @api.model
    def _source(self, revision_sudo, currency):
        source = super()._source(revision_sudo, currency)
        if self.env.user.has_group(MARGIN):
            source["items"] = self._with_costs(source)
        return source

    @api.model
    def _with_costs(self, source):
        """Return the lines with what each costs; lines stand as in the payload."""
        costs = {
            line.sequence: line.cost_unit * source["factor"]
            for line in source["revision"].line_ids
            if line.cost_unit
        }
        return [
            dataclasses.replace(item, cost=costs[item.position] / item.factor)
            if item.position in costs
            else item
            for item in source["items"]
        ]

    @api.model
    def _line_notes(self, item, row, currency, names):
        yield from super()._line_notes(item, row, currency, names)
        percent = item.margin_percent
        if percent is not None:
            yield self.env._(
                "margin %(percent)s %%", percent=self._shown_number(percent, 1)
            )

    @api.model
    def _totals_group(self, sources, currency):
        group = super()._totals_group(sources, currency)
        cells = tuple(self._margin_cell(source, currency) for source in sources)
        if not any(cell.exists for cell in cells):
            return group
        row = Row("margin", self.env._("Margin"), cells)
        return dataclasses.replace(group, rows=(*group.rows, row))

    @api.model
    def _margin_cell(self, source, currency):
        bought = [item for item in source["items"] if not item.is_optional]
        total = self._total("untaxed")(source) * source["factor"]
        if total <= 0 or not bought or any(item.cost is None for item in bought):
            return Cell()
        margin = total - sum(item.cost * item.quantity * item.factor for item in bought)
        rounded = round(margin, currency.decimal_places)
        percent = self._shown_number(100 * margin / total, 1)
        return Cell(
            kind="money",
            value=rounded,
            text=self._shown_money(margin, currency),
            notes=(f"{percent}\u00a0%",),
            identity=rounded,
            measure=margin,
            per="money",
        )
