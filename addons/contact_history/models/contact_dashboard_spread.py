from odoo import api, models
from odoo.fields import Domain

from ..insight import level_of
from .contact_dashboard import MANAGER

# More rows nobody compares.
_TOP = 12


class ContactDashboard(models.AbstractModel):
    """The same times by who answered, and by the hour at which they were asked."""

    _inherit = "contact.dashboard"

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    @api.model
    def _time_tables(self, domain, by_company, by_team, by_user, by_channel):
        channels = dict(self._channels())
        nobody = self.env._("Nobody")
        tables = [
            ("channel", "channel", self.env._("By channel"), by_channel),
        ]
        if len(by_company) > 1:
            label = self.env._("By branch")
            tables.insert(0, ("company", "company_id", label, by_company))
        if any(team for team, *_rest in by_team):
            tables.append(("team", "team", self.env._("By team"), by_team))
        tables.append(self._people(by_user))

        def name(code, value):
            if code == "channel":
                return channels[value]
            if code == "team":
                return value or self.env._("No team")
            # sudo: names of branches and colleagues, as Odoo shows them for any link
            return value.sudo().name or nobody

        return [
            self._time_table(domain, code, field, label, rows, name)
            for code, field, label, rows in tables
            if rows
        ]

    @api.model
    def _people(self, rows):
        """Return the times of each person: for managers all, for others their own.

        How fast a colleague works is between him and his manager.
        """
        if not self.env.user.has_group(MANAGER):
            rows = [row for row in rows if row[0].id in (self.env.uid, False)]
        return "user", "user_id", self.env._("By person"), rows

    @api.model
    def _time_table(self, domain, code, field, label, rows, name):
        rows = sorted(rows, key=lambda row: -row[1])[:_TOP]
        return {
            "kind": "table",
            "code": code,
            "label": label,
            "columns": [
                self.env._("Questions"),
                self.env._("Median"),
                self.env._("90th percentile"),
                self.env._("Within the target"),
            ],
            # Of the numbers in files; on the page each number says it itself.
            "units": ["", self.env._("minutes"), self.env._("minutes"), "%"],
            "rows": [
                {
                    "id": key or 0,
                    "name": name(code, value),
                    "cells": [
                        self._number(count),
                        self._minutes(median),
                        self._minutes(p90),
                        self._percent(within),
                    ],
                    "values": [count, median, p90, within],
                    "share": within if within is None else round(within),
                    "link": self._link(
                        "turns", domain & Domain(field, "=", key), name(code, value)
                    ),
                }
                for value, count, median, p90, within in rows
                # Channels and teams are words; who is in no team is False.
                for key in [value if isinstance(value, str | bool) else value.id]
            ],
        }

    # ------------------------------------------------------------------
    # When
    # ------------------------------------------------------------------

    @api.model
    def _heat(self, domain, rows):
        """Return how many ask at which hour of which day, and how fast we are then."""
        most = max((count for _day, _hour, count, *_rest in rows), default=0)
        cells = {(row[0], row[1]): row[2:] for row in rows}
        hours = sorted({int(hour) for _day, hour in cells if hour})
        days = self.env["contact.response.report"]._fields["started_weekday"]
        span = range(min(hours), max(hours) + 1) if hours else ()
        return {
            "kind": "heat",
            "code": "hours",
            "label": self.env._("When customers ask"),
            "note": self.env._(
                "Questions by day and hour, by the clock of the branch. The more, the "
                "darker. Press a number for its list."
            ),
            "hours": [f"{hour:02}" for hour in span],
            "rows": [
                {
                    "id": day,
                    "name": name,
                    "cells": [
                        self._heat_cell(domain, day, name, f"{hour:02}", cells, most)
                        for hour in span
                    ],
                }
                for day, name in days._description_selection(self.env)
            ]
            if hours
            else [],
        }

    @api.model
    def _heat_cell(self, domain, day, name, hour, cells, most):
        if (day, hour) not in cells:
            return {"id": hour, "count": "", "level": 0}
        count, median, _p90, within = cells[day, hour]
        at = Domain("started_weekday", "=", day) & Domain("started_hour", "=", hour)
        return {
            "id": hour,
            "count": self._number(count),
            "value": count,
            "level": level_of(count, most),
            "text": self.env._(
                "%(day)s, %(hour)s: %(count)s questions, median %(median)s, %(within)s "
                "within the target",
                day=name,
                hour=f"{hour}:00",
                count=self._number(count),
                median=self._minutes(median),
                within=self._percent(within),
            ),
            "link": self._link("turns", domain & at, f"{name}, {hour}:00"),
        }
