import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

_TIMES = (
    "__count",
    "working_median:median",
    "working_percentile_90:percentile_90",
    "within_percent:avg",
)
# From here on the axis counts hours.
_MANY_MINUTES = 180
_STEPS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
}


class ContactDashboard(models.AbstractModel):
    """How long customers waited, and who waits now."""

    _inherit = "contact.dashboard"

    # ------------------------------------------------------------------
    # Now
    # ------------------------------------------------------------------

    @api.model
    def _waiting_domain(self, choice):
        return self._chosen_domain(choice) & Domain("answered_at", "=", False)

    @api.model
    def _waiting_tile(self, choice):
        """Return who waits, however long already, by traffic light."""
        turns = self.env["contact.response"]
        domain = self._waiting_domain(choice)
        parts = []
        for code, label, light in self._lights():
            count = turns.search_count(domain & light)
            link = self._link("waiting", domain & light, label)
            parts.append(
                {
                    "code": code,
                    "label": label,
                    "value": self._number(count),
                    "tone": code,
                    "link": link,
                }
            )
        return self._tile(
            "waiting",
            self.env._("Waiting for us now"),
            self._number(turns.search_count(domain)),
            "",
            self._link("waiting", domain, self.env._("Waiting for us now")),
            parts=parts,
        )

    @api.model
    def _lights(self):
        now = fields.Datetime.to_string(fields.Datetime.now())
        late = Domain("due_at", "<", now)
        soon = Domain("warn_at", "<=", now) & Domain("due_at", ">=", now)
        in_time = Domain("warn_at", ">", now) | Domain("due_at", "=", False)
        return [
            ("red", self.env._("Late"), late),
            ("yellow", self.env._("Due soon"), soon),
            ("green", self.env._("In time"), in_time),
        ]

    # ------------------------------------------------------------------
    # Over the period
    # ------------------------------------------------------------------

    @api.model
    def _turn_domain(self, choice, span=None):
        span = span or choice.span(fields.Datetime.now())
        return self._chosen_domain(choice) & self._span_domain("started_at", span)

    @api.model
    def _time_tiles(self, choice):
        domain = self._turn_domain(choice)
        before = self._turn_domain(choice, choice.span_before(fields.Datetime.now()))
        report = self.env["contact.response.report"]
        [(count, median, p90, within)] = report._read_group(domain, [], _TIMES)
        [(_count, old_median, old_p90, old_within)] = report._read_group(
            before, [], _TIMES
        )
        answered = domain & Domain("state", "=", "answered")
        late = answered & Domain("within_percent", "=", 0)
        return [
            self._tile(
                "median",
                self.env._("Usual answer (median)"),
                self._minutes(median),
                self.env._(
                    "In working time, questions: %(count)s",
                    count=self._number(count),
                ),
                self._link("turns", answered, self.env._("Answered")),
                trend=self._trend(median, old_median, is_less_better=True),
                before=self._minutes(old_median),
            ),
            self._tile(
                "percentile_90",
                self.env._("Nine of ten within"),
                self._minutes(p90),
                self.env._("90th percentile, in working time"),
                self._link("turns", answered, self.env._("Answered")),
                trend=self._trend(p90, old_p90, is_less_better=True),
                before=self._minutes(old_p90),
            ),
            self._tile(
                "within",
                self.env._("Within the target"),
                self._percent(within),
                self.env._("Press for those answered late"),
                self._link("turns", late, self.env._("Answered late")),
                trend=self._trend(within, old_within, is_less_better=False),
                before=self._percent(old_within),
            ),
        ]

    @api.model
    def _time_sections(self, choice):
        """Return pictures and tables of the times, read in one go."""
        domain = self._turn_domain(choice)
        grain = f"started_at:{choice.grain}"
        by_time, by_company, by_team, by_user, by_channel, by_hour = self.env[
            "contact.response.report"
        ]._read_grouping_sets(
            domain,
            [
                [grain],
                ["company_id"],
                ["team"],
                ["user_id"],
                ["channel"],
                ["started_weekday", "started_hour"],
            ],
            _TIMES,
        )
        empty = (None,) * len(_TIMES)
        steps = [
            row or (step, *empty)
            for step, row in self._without_holes(choice, by_time).items()
        ]
        return [
            self._time_chart(choice, domain, steps),
            self._within_chart(choice, domain, steps),
            *self._time_tables(domain, by_company, by_team, by_user, by_channel),
            self._heat(domain, by_hour),
        ]

    @api.model
    def _time_chart(self, choice, domain, rows):
        unit, minutes = self.env._("minutes"), 1
        if max((row[3] or 0 for row in rows), default=0) >= _MANY_MINUTES:
            unit, minutes = self.env._("hours"), 60
        return {
            "kind": "chart",
            "code": "times",
            "type": "line",
            "label": self.env._("Time to answer, in working time"),
            "labels": [self._step(choice, step) for step, *_rest in rows],
            "links": self._step_links(choice, "turns", "started_at", domain, rows),
            "unit": unit,
            "series": [
                self._time_series("median", self.env._("Median"), rows, 2, minutes),
                self._time_series(
                    "p90", self.env._("90th percentile"), rows, 3, minutes
                ),
            ],
            "link": self._link("turns", domain, self.env._("Time to answer")),
        }

    @api.model
    def _time_series(self, code, label, rows, place, minutes):
        return {
            "code": code,
            "label": label,
            "values": [
                None if row[place] is None else round(row[place] / minutes, 1)
                for row in rows
            ],
            "texts": [self._minutes(row[place]) for row in rows],
        }

    @api.model
    def _within_chart(self, choice, domain, rows):
        shares = [within for *_rest, within in rows]
        return {
            "kind": "chart",
            "code": "within",
            "type": "line",
            "label": self.env._("Within the target"),
            "labels": [self._step(choice, step) for step, *_rest in rows],
            "links": self._step_links(choice, "turns", "started_at", domain, rows),
            "unit": "%",
            "max": 100,
            "series": [
                {
                    "code": "within",
                    "label": self.env._("Within the target"),
                    "values": [None if one is None else round(one) for one in shares],
                    "texts": [self._percent(one) for one in shares],
                }
            ],
            "link": self._link("turns", domain, self.env._("Within the target")),
        }

    @api.model
    def _step(self, choice, moment):
        """Return the name of a day, week or month."""
        pattern = {"day": "d MMM", "week": "d MMM", "month": "MMM yyyy"}[choice.grain]
        return format_date(self.env, moment, date_format=pattern)

    @api.model
    def _step_links(self, choice, to, field, domain, rows):
        """Return for each step the rows in it, by the reader's own clock."""
        links = []
        for step in [row[0] for row in rows]:
            start = fields.Datetime.to_string(self._utc(step))
            end = fields.Datetime.to_string(self._utc(self._next(choice, step)))
            inside = Domain(field, ">=", start) & Domain(field, "<", end)
            links.append(self._link(to, domain & inside, self._step(choice, step)))
        return links

    @api.model
    def _utc(self, moment):
        """Return naive UTC of a naive moment by the reader's clock."""
        local = self.env.tz.localize(moment)
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _next(self, choice, moment):
        return moment + _STEPS[choice.grain]

    @api.model
    def _without_holes(self, choice, rows):
        """Return {step: row or None}, with every step from the first to the last."""
        found = {row[0]: row for row in rows}
        filled = {}
        step = min(found, default=None)
        while found and step <= max(found):
            filled[step] = found.get(step)
            step = self._next(choice, step)
        return filled
