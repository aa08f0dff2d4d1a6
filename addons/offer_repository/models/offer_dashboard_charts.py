from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .offer_dashboard import CONFLICT_REPORT, LOSS_REPORT
from .offer_offer_loss import LOST_STATES

OVERRIDES = "offer_repository.offer_check_override_action"
_TOP = 6
# Steps of the heat map's colours; the numbers say the same.
_HEAT_STEPS = 4


class OfferDashboard(models.AbstractModel):
    """The pictures of the dashboard, as numbers with their lists."""

    _inherit = "offer.dashboard"

    # ------------------------------------------------------------------
    # Charts
    # ------------------------------------------------------------------

    @api.model
    def _charts(self, conflicts, losses):
        return [
            self._conflict_chart(conflicts),
            self._outcome_chart(losses),
            self._reason_chart(losses),
        ]

    @api.model
    def _conflict_chart(self, domain):
        groups = self.env["offer.conflict.report"]._read_group(
            domain, ["date:month"], ["conflict_id:count_distinct"], order="date:month"
        )
        return {
            "code": "conflicts",
            "label": self.env._("Conflicts by month"),
            "labels": [self._month(month) for month, _count in groups],
            "series": [
                {
                    "label": self.env._("Conflicts"),
                    "values": [count for _month, count in groups],
                    "texts": [str(count) for _month, count in groups],
                }
            ],
            "action": self._link(
                CONFLICT_REPORT, domain, self.env._("Conflicts by month")
            ),
        }

    @api.model
    def _outcome_chart(self, domain):
        groups = self.env["offer.loss.report"]._read_group(
            domain,
            ["date:month"],
            ["won_amount:sum", "lost_amount:sum"],
            order="date:month",
        )
        return {
            "code": "outcome",
            "label": self.env._("Won and not won by month"),
            "labels": [self._month(month) for month, *_sums in groups],
            "series": [
                self._series(self.env._("Won"), [won for _month, won, _lost in groups]),
                self._series(
                    self.env._("Not won"), [lost for _month, _won, lost in groups]
                ),
            ],
            "action": self._link(
                LOSS_REPORT, domain, self.env._("Won and not won by month")
            ),
        }

    @api.model
    def _reason_chart(self, domain):
        lost = domain & Domain("state", "in", LOST_STATES)
        groups = self.env["offer.loss.report"]._read_group(
            lost,
            ["lost_reason_id"],
            ["lost_amount:sum"],
            order="lost_amount:sum desc",
            limit=_TOP,
        )
        unknown = self.env._("No reason given")
        return {
            "code": "reasons",
            "label": self.env._("Why we lost"),
            "is_horizontal": True,
            "labels": [reason.display_name or unknown for reason, _sum in groups],
            "series": [
                self._series(
                    self.env._("Not won"), [money for _reason, money in groups]
                )
            ],
            "action": self._link(LOSS_REPORT, lost, self.env._("Why we lost")),
        }

    @api.model
    def _series(self, label, values):
        return {
            "label": label,
            "values": [round(value or 0.0) for value in values],
            "texts": [self._money(value) for value in values],
        }

    @api.model
    def _month(self, month):
        return format_date(self.env, month, date_format="MMM yyyy")

    # ------------------------------------------------------------------
    # Branch against branch
    # ------------------------------------------------------------------

    @api.model
    def _heat(self, domain):
        """Return branch against branch, both halves of the table filled."""
        groups = self._pair_groups(domain)
        most = max((spread for *_pair, _count, spread in groups), default=0.0)
        known = {}
        for left, right, count, spread in groups:
            cell = {
                "count": count,
                "money": self._money(spread),
                "level": self._heat_level(spread, most),
                "action": self._pair_link(domain, left, right),
            }
            known[left.id, right.id] = known[right.id, left.id] = cell
        # sudo: names of branches of the tree whose conflicts the reader may read
        branches = self.env["res.company"].sudo().browse({one for one, _two in known})
        branches = branches.sorted("name")
        return {
            "branches": [{"id": one.id, "name": one.name} for one in branches],
            "rows": [
                {
                    "id": one.id,
                    "name": one.name,
                    "cells": [
                        {"id": two.id, **(known.get((one.id, two.id)) or {"count": 0})}
                        for two in branches
                    ],
                }
                for one in branches
            ],
        }

    @api.model
    def _pair_groups(self, domain):
        return self.env["offer.conflict.report"]._read_group(
            domain,
            ["left_company_id", "right_company_id"],
            ["conflict_id:count_distinct", "spread_amount:sum"],
        )

    @api.model
    def _pair_link(self, domain, left, right):
        name = self._pair_name(left, right)
        pair = Domain("left_company_id", "=", left.id) & Domain(
            "right_company_id", "=", right.id
        )
        return self._link(CONFLICT_REPORT, domain & pair, name)

    @api.model
    def _pair_name(self, left, right):
        if left == right:
            return self.env._("%(branch)s, within the branch", branch=left.sudo().name)
        return f"{left.sudo().name} – {right.sudo().name}"

    @api.model
    def _heat_level(self, spread, most):
        if not most or not spread:
            return 0
        return max(1, round(_HEAT_STEPS * spread / most))

    # ------------------------------------------------------------------
    # Who, and again who
    # ------------------------------------------------------------------

    @api.model
    def _people(self, since):
        """Return who went past the check most often."""
        domain = Domain("date", ">=", since) & Domain("state", "=", "done")
        groups = self.env["offer.check.override"]._read_group(
            domain, ["user_id"], ["__count"], order="__count desc", limit=_TOP
        )
        return [
            {
                "id": user.id,
                "name": user.sudo().name,
                "count": count,
                "action": self._link(
                    OVERRIDES,
                    domain & Domain("user_id", "=", user.id),
                    user.sudo().name,
                ),
            }
            for user, count in groups
        ]

    @api.model
    def _pairs(self, domain):
        """Return the branches that collide again and again, most often first."""
        groups = sorted(
            (group for group in self._pair_groups(domain) if group[2] > 1),
            key=lambda group: (-group[2], -group[3]),
        )
        return [
            {
                "id": f"{left.id}-{right.id}",
                "name": self._pair_name(left, right),
                "text": self.env._(
                    "%(count)s conflicts, %(money)s apart",
                    count=count,
                    money=self._money(spread),
                ),
                "action": self._pair_link(domain, left, right),
            }
            for left, right, count, spread in groups[:_TOP]
        ]
