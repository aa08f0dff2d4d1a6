from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..insight import main_shifts, mix_of, season_of, way_of

_WAY = ("channel", "direction")
_TOP = 6


class ContactDashboard(models.AbstractModel):
    """How customers come to us, and how that shifts.

    Counted is what the customer chose: what comes in, calls that were taken, visits
    and meetings. Compared is with the period before, as long as this one.
    """

    _inherit = "contact.dashboard"

    @api.model
    def _mix_domain(self, choice, span=None):
        chosen = (
            Domain("direction", "=", "incoming")
            | Domain("state", "=", "answered")
            | Domain("channel", "in", ("meeting", "visit", "talk"))
        )
        return self._contact_domain(choice, span) & chosen

    @api.model
    def _mix_sections(self, choice):
        now = self._mix_counts(choice, self._mix_domain(choice))
        span = choice.span_before(fields.Datetime.now())
        before = self._mix_counts(choice, self._mix_domain(choice, span))
        ways = [shift.way for shift in mix_of(now["all"][0], before["all"][0])]
        labels = self._way_labels()
        groups = [
            self._mix_group(choice, by, label, (now[by], before[by]), ways)
            for by, label in self._mix_labels(choice).items()
        ]
        return [
            {
                "kind": "mix",
                "code": "mix",
                "label": self.env._("How customers come to us"),
                "note": self.env._(
                    "Share of each channel, and how many percentage points it gained "
                    "or lost against the period before."
                ),
                "headline": self._headline(now, before),
                "ways": [{"code": way, "label": labels[way]} for way in ways],
                "groups": [group for group in groups if group["rows"]],
            },
            self._moves(choice),
        ]

    @api.model
    def _mix_labels(self, choice):
        """Return what the mix is split by: {code: label}. Seasons need a whole year."""
        labels = {
            "all": self.env._("All contacts"),
            "company": self.env._("By branch"),
            "tag": self.env._("By customer tag"),
        }
        if len(choice.company_ids or self.env.companies) == 1:
            del labels["company"]
        if choice.period == "year":
            labels["season"] = self.env._("By season")
        return labels

    @api.model
    def _mix_counts(self, choice, domain):
        """Return {split: {key: {way: count}}} of one period."""
        log = self.env["contact.interaction"]
        sets = [list(_WAY), ["company_id", *_WAY]]
        if choice.period == "year":
            sets.append(["occurred_at:month_number", *_WAY])
        found = log._read_grouping_sets(domain, sets, ["__count"])
        counts = {
            "all": self._by_way((0, *row) for row in found[0]),
            "company": self._by_way((row[0].id, *row[1:]) for row in found[1]),
            "tag": self._by_way(
                (tag.id, *row)
                for tag, *row in log._read_group(
                    domain, ["commercial_partner_id.category_id", *_WAY], ["__count"]
                )
                if tag
            ),
        }
        if choice.period == "year":
            counts["season"] = self._by_way(
                (season_of(int(month)), *row) for month, *row in found[2]
            )
        counts["all"].setdefault(0, Counter())
        return counts

    @api.model
    def _by_way(self, rows):
        counts = defaultdict(Counter)
        for key, channel, direction, count in rows:
            counts[key][way_of(channel, direction)] += count
        return counts

    @api.model
    def _mix_group(self, choice, by, label, counts, ways):
        now, before = counts
        names = self._mix_names(by, now)
        keys = sorted(
            (key for key in now if key in names),
            key=lambda key: (-now[key].total(), names[key]),
        )[:_TOP]
        rows = []
        for key in keys:
            inside = self._mix_domain(choice) & self._mix_key_domain(by, key)
            shifts = {
                shift.way: shift
                for shift in mix_of(now[key], before.get(key, Counter()))
            }
            rows.append(
                {
                    "id": key,
                    "name": names[key],
                    "count": self._number(now[key].total()),
                    "link": self._link("contacts", inside, names[key]),
                    "cells": [
                        self._mix_cell(shifts.get(way), way, inside) for way in ways
                    ],
                }
            )
        return {"code": by, "label": label, "rows": rows}

    @api.model
    def _mix_cell(self, shift, way, inside):
        if shift is None:
            return {
                "way": way,
                "share": "",
                "value": 0,
                "points": "",
                "tone": "",
                "link": False,
            }
        points = shift.points and round(shift.points)
        link = self._link(
            "contacts", inside & self._way_domain(way), self._way_labels()[way]
        )
        return {
            "way": way,
            "share": self._percent(shift.share),
            "value": round(shift.share, 1),
            "points": f"{points:+d}" if points else "",
            "tone": ("up" if points > 0 else "down") if points else "",
            "link": link if shift.count else False,
        }

    @api.model
    def _mix_names(self, by, counts):
        keys = list(counts)
        if by == "all":
            return {0: self.env._("All")}
        if by == "season":
            return {
                "winter": self.env._("Winter"),
                "spring": self.env._("Spring"),
                "summer": self.env._("Summer"),
                "autumn": self.env._("Autumn"),
            }
        model = {"company": "res.company", "tag": "res.partner.category"}[by]
        # sudo: names of the reader's branches, and of tags, which everybody may read
        records_sudo = self.env[model].sudo().browse(keys)
        return {one.id: one.display_name for one in records_sudo}

    @api.model
    def _mix_key_domain(self, by, key):
        if by == "company":
            return Domain("company_id", "=", key)
        if by == "tag":
            return Domain("commercial_partner_id.category_id", "=", key)
        if by == "season":
            months = [month for month in range(1, 13) if season_of(month) == key]
            return Domain("occurred_at.month_number", "in", months)
        return Domain.TRUE

    @api.model
    def _headline(self, now, before):
        """Return the one sentence about where customers move, if they do."""
        found = main_shifts(mix_of(now["all"][0], before["all"][0]))
        if not found:
            return ""
        labels = self._way_labels()
        loser, winner = found
        return self.env._(
            "Customers move: %(loser)s %(lost)s, %(winner)s %(won)s percentage points.",
            loser=labels[loser.way],
            lost=f"{round(loser.points):+d}",
            winner=labels[winner.way],
            won=f"{round(winner.points):+d}",
        )
