from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_amount, formatLang

from .offer_check import MANAGER
from .offer_conflict_comparison import MARGIN
from .offer_offer_loss import LOST_STATES

MONTHS = (3, 6, 12)
CONFLICTS = "offer_repository.offer_conflict_action"
CONFLICT_REPORT = "offer_repository.offer_conflict_report_action"
RELEASES = "offer_repository.offer_release_request_action"
SATISFACTION = "offer_repository.offer_satisfaction_action"
LOSS_REPORT = "offer_repository.offer_loss_report_action"


class OfferDashboard(models.AbstractModel):
    """Figures for managers: what branches cost each other, and what was lost.

    Everything is read with the reader's own rights from the two reports; each figure
    comes with the action that opens the list behind it.
    """

    _name = "offer.dashboard"
    _description = "Dashboard of the Offer Repository"

    @api.model
    def read_figures(self, months=6):
        """Return the figures of the last months as plain data.

        :param int months: one of ``MONTHS``
        :return: dict of ``months``, ``currency``, ``tiles``, ``charts``, ``heat``,
            ``people``, ``pairs`` and ``is_empty``
        :raise AccessError: for everybody but managers
        """
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "The dashboard is for managers of the offer repository. Ask an "
                    "administrator if you should be one."
                )
            )
        if isinstance(months, bool) or months not in MONTHS:
            raise ValidationError(
                self.env._(
                    "The dashboard shows 3, 6 or 12 months, not “%(given)s”.",
                    given=str(months)[:20],
                )
            )
        # as text: the domains go to the client, too
        since = fields.Datetime.to_string(
            fields.Datetime.now() - relativedelta(months=months)
        )
        conflicts = losses = Domain("date", ">=", since)
        figures = {
            "months": months,
            "currency": self.env.company.sudo().currency_id.name,
            "tiles": [
                *self._conflict_tiles(conflicts),
                self._held_tile(since),
                *self._loss_tiles(losses),
                self._satisfaction_tile(since),
            ],
            "charts": self._charts(conflicts, losses),
            "heat": self._heat(conflicts),
            "people": self._people(since),
            "can_export": self.env.user.has_group("base.group_allow_export"),
            "export_domain": list(conflicts),
            "pairs": self._pairs(conflicts),
        }
        return {**figures, "is_empty": self._is_empty(conflicts, losses)}

    @api.model
    def _is_empty(self, conflicts, losses):
        return not (
            self.env["offer.conflict.report"].search_count(conflicts, limit=1)
            or self.env["offer.loss.report"].search_count(losses, limit=1)
        )

    # ------------------------------------------------------------------
    # Tiles
    # ------------------------------------------------------------------

    @api.model
    def _conflict_tiles(self, domain):
        report = self.env["offer.conflict.report"]
        counts = ["conflict_id:count_distinct"]
        [(count, given_away, hours)] = report._read_group(
            domain, aggregates=[*counts, "given_away:sum", "decision_hours:avg"]
        )
        before = domain & Domain("caught", "=", "before")
        [(caught,)] = report._read_group(before, aggregates=counts)
        given = domain & Domain("given_away", ">", 0)
        decided = domain & Domain("state", "=", "decided")
        return [
            self._open_tile(),
            self._tile(
                "given_away",
                self.env._("Given away"),
                self._money(given_away),
                self._given_note(given),
                self._link(CONFLICT_REPORT, given, self.env._("Given away")),
            ),
            self._tile(
                "caught",
                self.env._("Caught before sending"),
                self.env._("%(part)s of %(whole)s", part=caught, whole=count),
                self.env._("Conflicts in which check or gate stopped somebody"),
                self._link(
                    CONFLICT_REPORT, before, self.env._("Caught before sending")
                ),
            ),
            self._tile(
                "decision",
                self.env._("Time to decide"),
                self._hours(hours),
                self.env._("On average, from finding to decision"),
                self._link(CONFLICT_REPORT, decided, self.env._("Decided")),
            ),
        ]

    @api.model
    def _given_note(self, domain):
        note = self.env._("Accepted offers below the dearest of our own")
        if not self.env.user.has_group(MARGIN):
            return note
        [(away, margin)] = self.env["offer.conflict.report"]._read_group(
            domain & Domain("given_away_percent", ">", 0),
            aggregates=["given_away:sum", "sold_margin:sum"],
        )
        if not away or away + margin <= 0:
            return note
        return self.env._(
            "%(percent)s %% of the margin, where the costs are known",
            percent=formatLang(self.env, 100 * away / (away + margin), digits=1),
        )

    @api.model
    def _held_tile(self, since):
        """Return what the gate held and never let go: no conflict came of it."""
        held = Domain("create_date", ">=", since) & Domain(
            "state", "in", ("held", "asked", "refused")
        )
        counts = dict(
            self.env["offer.release.request"]._read_group(held, ["state"], ["__count"])
        )
        return self._tile(
            "held",
            self.env._("Held and not sent"),
            str(sum(counts.values())),
            self.env._(
                "%(waiting)s wait for a manager, %(refused)s were refused",
                waiting=counts.get("asked", 0),
                refused=counts.get("refused", 0),
            ),
            self._link(RELEASES, held, self.env._("Held and not sent")),
        )

    @api.model
    def _open_tile(self):
        """Return what is open now, however old."""
        is_open = Domain("state", "=", "open")
        [(count, at_stake)] = self.env["offer.conflict.report"]._read_group(
            is_open, aggregates=["conflict_id:count_distinct", "spread_amount:sum"]
        )
        return self._tile(
            "open",
            self.env._("Open conflicts"),
            str(count),
            self.env._("%(money)s apart", money=self._money(at_stake)),
            self._link(CONFLICTS, is_open, self.env._("Open conflicts")),
        )

    @api.model
    def _loss_tiles(self, domain):
        report = self.env["offer.loss.report"]
        lost = domain & Domain("state", "in", LOST_STATES)
        unexplained = lost & Domain("lost_reason_id", "=", False)
        counts = ["offer_id:count_distinct"]
        [(all_count, money)] = report._read_group(
            domain, aggregates=[*counts, "lost_amount:sum"]
        )
        [(lost_count,)] = report._read_group(lost, aggregates=counts)
        [(unexplained_count,)] = report._read_group(unexplained, aggregates=counts)
        share = round(100 * lost_count / all_count) if all_count else 0
        return [
            self._tile(
                "lost",
                self.env._("Not won"),
                self._money(money),
                self.env._(
                    "%(lost)s of %(all)s closed offers (%(percent)s %%)",
                    lost=lost_count,
                    all=all_count,
                    percent=share,
                ),
                self._link(LOSS_REPORT, lost, self.env._("Not won")),
            ),
            self._tile(
                "unexplained",
                self.env._("Without a reason"),
                str(unexplained_count),
                self.env._("Losses that nobody explained"),
                self._link(LOSS_REPORT, unexplained, self.env._("Without a reason")),
            ),
        ]

    @api.model
    def _satisfaction_tile(self, since):
        """Return what customers said when asked, of at most 5."""
        answered = Domain("state", "=", "answered") & Domain(
            "date_answered", ">=", since
        )
        rows = self.env["offer.satisfaction"]
        [(count, score)] = rows._read_group(
            answered, aggregates=["__count", "score:avg"]
        )
        low = rows.search_count(answered & Domain("mark", "=", "bad"))
        return self._tile(
            "satisfaction",
            self.env._("Satisfaction"),
            self.env._("%(mark)s of 5", mark=formatLang(self.env, score, digits=1))
            if count
            else "–",
            self.env._(
                "%(count)s answers, %(low)s not satisfied", count=count, low=low
            ),
            self._link(SATISFACTION, answered, self.env._("Satisfaction")),
        )

    @api.model
    def _tile(self, code, label, value, note, action):
        return {
            "code": code,
            "label": label,
            "value": value,
            "note": note,
            "action": action,
        }

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    @api.model
    def _link(self, xml_id, domain, name):
        """Return the action of a report as a list of what is behind a figure."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        order = ["list", "pivot", "graph", "form"]
        views = sorted(
            (view for view in action["views"] if view[1] in order),
            key=lambda view: order.index(view[1]),
        )
        return {
            **action,
            "views": views,
            "domain": list(domain),
            "context": {},
            "display_name": name,
            "name": name,
        }

    @api.model
    def _money(self, amount):
        currency = self.env.company.sudo().currency_id
        whole = round(amount or 0.0)
        return format_amount(self.env, whole, currency, trailing_zeroes=False)

    @api.model
    def _hours(self, hours):
        if hours is None:
            return "–"
        if hours < 48:
            return self.env._(
                "%(count)s h", count=formatLang(self.env, hours, digits=1)
            )
        return self.env._(
            "%(count)s days", count=formatLang(self.env, hours / 24, digits=1)
        )
