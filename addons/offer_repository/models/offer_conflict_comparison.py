from odoo import fields, models

from ..conflicts import align, total_cost

MARGIN = "offer_repository.offer_repository_group_margin"


class OfferConflict(models.Model):
    """The offers of a case side by side, as plain data for the screen."""

    _inherit = "offer.conflict"

    def _comparison(self):
        """Return what the comparison shows; call in sudo, after the access check.

        :return: dict of ``currency`` (id and name), ``sides`` (one column an offer),
            ``rows`` (one thing each, with a cell per column) and ``spread``. Prices in
            cells are per base unit, tax excluded, in the currency of the case.
        """
        offers = self._ordered_offers()
        proposals = [offer._conflict_proposal(self.currency_id) for offer in offers]
        rows = align(proposals)
        has_margin = self.env.user.has_group(MARGIN)
        return {
            "case": self.name,
            "currency": {"id": self.currency_id.id, "name": self.currency_id.name},
            "sides": [
                self._comparison_side(offer)
                | (self._comparison_total_margin(proposal) if has_margin else {})
                for offer, proposal in zip(offers, proposals, strict=True)
            ],
            "rows": [
                self._comparison_row(number, row, has_margin)
                for number, row in enumerate(rows)
            ],
            "spread": {
                "amount": self.spread_amount,
                "percent": self.spread_percent,
                "basis": self.spread_basis,
                "overlap": self.overlap_percent,
            },
        }

    def _ordered_offers(self):
        """Return the offers of the case, who was first in front."""
        return self.offer_ids.sorted(
            lambda offer: (offer.date_first_sent or offer.create_date, offer.id)
        )

    def _comparison_side(self, offer):
        total = offer._conflict_convert(offer.amount_untaxed, self.currency_id)
        states = dict(offer._fields["state"]._description_selection(self.env))
        return {
            "key": offer.id,
            "offer": offer.name,
            "branch": offer.company_id.name,
            "salesperson": offer.user_id.name or "",
            "customer": offer.partner_id.display_name or "",
            "state": offer.state,
            "state_label": states[offer.state],
            "is_live": offer.is_live,
            "date_sent": fields.Datetime.to_string(offer.date_first_sent),
            "date_valid_until": fields.Date.to_string(offer.date_valid_until),
            "total": total,
            "own_total": offer.amount_untaxed,
            "own_currency_id": offer.currency_id.id,
            "is_foreign_currency": offer.currency_id != self.currency_id,
            "is_in_charge": offer.company_id == self.decision_side_id,
        }

    def _comparison_total_margin(self, proposal):
        """Return what is left of an offer, if the cost of each line is known."""
        cost = total_cost(proposal.lines)
        if cost is None or proposal.total <= 0:
            return {}
        margin = proposal.total - cost
        return {"margin": margin, "margin_percent": 100.0 * margin / proposal.total}

    def _comparison_row(self, number, row, has_margin):
        prices = [
            cell.unit_price
            for cell in row.cells
            if cell and cell.unit_price is not None
        ]
        return {
            "key": number,
            "label": row.label,
            "level": row.level or "",
            "cells": [
                self._comparison_cell(cell, prices)
                | (self._comparison_margin(cell) if has_margin else {})
                for cell in row.cells
            ],
        }

    def _comparison_margin(self, cell):
        percent = cell and cell.margin_percent
        return {} if percent is None else {"margin_percent": percent}

    def _comparison_cell(self, cell, prices):
        """Return one offer's price of one thing, marked against the others'."""
        if cell is None:
            return {"exists": False}
        price = cell.unit_price
        return {
            "exists": True,
            "label": cell.label,
            "quantity": cell.quantity,
            "unit_price": False if price is None else price,
            "amount": cell.amount,
            **self._comparison_mark(price, prices),
        }

    def _comparison_mark(self, price, prices):
        """Say where a price stands: lowest, lower, highest, equal or alone."""
        if price is None or len(prices) < 2:
            return {"mark": "", "percent_below": 0.0}
        lowest, highest = min(prices), max(prices)
        if self.currency_id.compare_amounts(lowest, highest) == 0:
            return {"mark": "equal", "percent_below": 0.0}
        mark = {highest: "highest", lowest: "lowest"}.get(price, "lower")
        return {"mark": mark, "percent_below": 100.0 * (highest - price) / highest}
