from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..insight import way_of

_MISSED = ("missed", "voicemail")


class ContactDashboard(models.AbstractModel):
    """How many contacts there were, on which channel, and the calls nobody took."""

    _inherit = "contact.dashboard"

    @api.model
    def _contact_domain(self, choice, span=None):
        span = span or choice.span(fields.Datetime.now())
        domain = self._chosen_domain(choice) & self._span_domain("occurred_at", span)
        return domain & Domain("is_automatic", "=", False)

    @api.model
    def _missed_domain(self):
        return (
            Domain("channel", "=", "call")
            & Domain("direction", "=", "incoming")
            & Domain("state", "in", _MISSED)
        )

    # ------------------------------------------------------------------
    # Tiles
    # ------------------------------------------------------------------

    @api.model
    def _contact_tiles(self, choice):
        now = fields.Datetime.now()
        domain = self._contact_domain(choice)
        before = self._contact_domain(choice, choice.span_before(now))
        log = self.env["contact.interaction"]
        count, old = log.search_count(domain), log.search_count(before)
        incoming = log.search_count(domain & Domain("direction", "=", "incoming"))
        return [
            self._tile(
                "contacts",
                self.env._("Contacts"),
                self._number(count),
                self.env._(
                    "%(incoming)s from customers, %(outgoing)s from us",
                    incoming=self._number(incoming),
                    outgoing=self._number(count - incoming),
                ),
                self._link("contacts", domain, self.env._("Contacts")),
                before=self._number(old),
            ),
            self._missed_tile(choice, domain, before),
        ]

    @api.model
    def _missed_tile(self, choice, domain, before):
        """Return the calls nobody took, and how many of them were called back."""
        log = self.env["contact.interaction"]
        missed, old = (
            log.search_count(span & self._missed_domain()) for span in (domain, before)
        )
        turns = self._turn_domain(choice) & Domain("channel", "=", "call")
        [(asked, within)] = self.env["contact.response.report"]._read_group(
            turns, [], ["__count", "within_percent:avg"]
        )
        note = self.env._("Nobody had to be called back")
        if asked:
            note = self.env._(
                "%(share)s called back in time", share=self._percent(within)
            )
        return self._tile(
            "missed",
            self.env._("Missed calls"),
            self._number(missed),
            note,
            self._link(
                "contacts",
                domain & self._missed_domain(),
                self.env._("Missed calls"),
            ),
            trend=self._trend(missed, old, is_less_better=True),
            before=self._number(old),
        )

    # ------------------------------------------------------------------
    # Over time
    # ------------------------------------------------------------------

    @api.model
    def _contact_sections(self, choice):
        domain = self._contact_domain(choice)
        rows = self.env["contact.interaction"]._read_group(
            domain,
            [f"occurred_at:{choice.grain}", "channel", "direction", "state"],
            ["__count"],
        )
        steps = list(self._without_holes(choice, rows))
        return [
            self._channel_chart(choice, domain, steps, rows),
            self._call_chart(choice, domain, steps, rows),
        ]

    @api.model
    def _channel_chart(self, choice, domain, steps, rows):
        ways = defaultdict(Counter)
        for step, channel, direction, _state, count in rows:
            ways[way_of(channel, direction)][step] += count
        labels = self._way_labels()
        ordered = sorted(ways, key=lambda way: (-ways[way].total(), way))
        series = [
            self._count_series(way, labels[way], steps, ways[way]) for way in ordered
        ]
        return {
            **self._stack(choice, domain, steps, series),
            "code": "channels",
            "label": self.env._("Contacts by channel"),
            "link": self._link("contacts", domain, self.env._("Contacts by channel")),
        }

    @api.model
    def _call_chart(self, choice, domain, steps, rows):
        taken, missed = Counter(), Counter()
        for step, channel, direction, state, count in rows:
            if channel == "call" and direction == "incoming":
                (missed if state in _MISSED else taken)[step] += count
        calls = (
            domain
            & Domain("channel", "=", "call")
            & Domain("direction", "=", "incoming")
        )
        series = [
            self._count_series("taken", self.env._("Calls taken"), steps, taken),
            self._count_series("missed", self.env._("Missed calls"), steps, missed),
        ]
        return {
            **self._stack(choice, calls, steps if taken or missed else [], series),
            "code": "calls",
            "label": self.env._("Calls from customers"),
            "link": self._link("contacts", calls, self.env._("Calls from customers")),
        }

    @api.model
    def _stack(self, choice, domain, steps, series):
        return {
            "kind": "chart",
            "type": "stack",
            "labels": [self._step(choice, step) for step in steps],
            "links": self._step_links(
                choice, "contacts", "occurred_at", domain, [(step,) for step in steps]
            ),
            "unit": "",
            "series": series if steps else [],
        }

    @api.model
    def _count_series(self, code, label, steps, counts):
        values = [counts[step] for step in steps]
        return {
            "code": code,
            "label": label,
            "values": values,
            "texts": [self._number(value) for value in values],
        }

    @api.model
    def _way_labels(self):
        """Return the names of all ways a customer can be met on, see ``way_of``."""
        labels = dict(self._channels())
        return {
            **labels,
            way_of("visit", "incoming"): self.env._("Visit to the branch"),
            way_of("visit", "outgoing"): self.env._("Home visit"),
        }

    @api.model
    def _way_domain(self, way):
        channel, _separator, direction = way.partition("_")
        if channel != "visit":
            return Domain("channel", "=", way)
        return Domain("channel", "=", channel) & Domain("direction", "=", direction)
