from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from functools import cache

from odoo import fields, models
from odoo.fields import Domain

from ..response import preferred_channel, preferred_hours

# Habits change: what the customer did before tells little of today.
HABIT_DAYS = 365
# Enough to know habits by, and few enough to count while somebody waits.
LATEST_CONTACTS = 1000
LATEST_TURNS = 500
DIRECTIONS = ("incoming", "outgoing")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def contact_history_header(self):
        """Return what one has to know before turning to this customer.

        Of the reader's own branches only, with the reader's rights.

        :return: dict of ``last`` ({direction: {at, channel, user}}), ``waiting``
            ({since, due_at, light, channel, user, count}), ``usual`` ({minutes,
            count}), ``preferred`` ({channel, count, total, sureness}), ``hours``
            ({start, end, count, total, sureness}), ``planned`` ({date, summary,
            user}), ``responsible`` (name), None for what there is not; ``ways`` (see
            :meth:`_contact_history_ways`, each with ``barred``: None, or why nobody
            should use it, a reason of ``consent.Verdict``), ``facts`` and ``notices``
            of addons.
        :raise AccessError: when the reader may not read the partner, or contacts.
        """
        return self._contact_history_header()

    def _contact_history_header(self, names=None):
        """Return some of what :meth:`contact_history_header` tells; only that is read.

        :param names: keys wanted; all of them without.
        :return: dict of at least these keys (the channel and hours come together).
        :raise AccessError: as above.
        """
        self._contact_history_check()
        self.env["contact.history.queue"]._catch_up()
        partners = self._contact_history_partners()
        customers = partners.commercial_partner_id
        ours = Domain("commercial_partner_id", "in", customers.ids)
        barred = cache(self._contact_history_barred)
        readers = {
            ("last",): lambda: {"last": self._contact_history_last(ours)},
            ("waiting",): lambda: {"waiting": self._contact_history_waiting(ours)},
            ("usual",): lambda: {"usual": self._contact_history_usual(ours)},
            ("preferred", "hours"): lambda: self._contact_history_welcome(ours, barred),
            ("planned",): lambda: {"planned": self._contact_history_planned(partners)},
            ("responsible",): lambda: {
                "responsible": self._contact_history_responsible()
            },
            ("ways",): lambda: {"ways": self._contact_history_open_ways(barred)},
            ("facts",): lambda: {"facts": self._contact_history_facts(partners)},
            ("notices",): lambda: {"notices": self._contact_history_notices(partners)},
        }
        told = {}
        for keys, read in readers.items():
            if names is None or not set(keys).isdisjoint(names):
                told.update(read())
        return told

    def _contact_history_facts(self, partners):
        """Return more of what one has to know, for example how satisfied they are.

        Override: call ``super()`` and add to it. Read with the reader's rights.

        :param partners: res.partner of the page, in superuser mode.
        :return: list of dicts of ``code``, ``label``, ``value`` and ``hint``, all of
            them translated texts but the code.
        """
        return []

    def _contact_history_notices(self, partners):
        """Return what must not be overlooked: wishes, objections.

        Override as ``_contact_history_facts``.

        :return: list of dicts of ``code``, ``text``, ``tone`` (a theme colour's name)
            and ``icon`` (as of Font Awesome).
        """
        notices = []
        if self._contact_history_is_listed("mail.blacklist", "email"):
            notices.append(_objection("email", self.env._("Wants no mailings")))
        if self._contact_history_is_listed("phone.blacklist", "number"):
            text = self.env._("Wants no advertising by telephone")
            notices.append(_objection("phone", text))
        return notices

    def _contact_history_is_listed(self, model, name):
        """Return whether the customer is on one of Odoo's own lists."""
        address = {
            "email": self.email_normalized,
            "number": self.phone_sanitized,
        }[name]
        # sudo: whether one's own customer is on the list, not the list.
        return bool(
            address and self.env[model].sudo().search_count([(name, "=", address)], 1)
        )

    def _contact_history_responsible(self):
        """Return who takes care of the customer, or None."""
        return self._contact_history_name(
            self.user_id or self.commercial_partner_id.user_id
        )

    def _contact_history_name(self, user):
        """Return the name of a colleague, or None, and read nothing else of him."""
        # sudo: the name only, as Odoo shows it for any link.
        user_sudo = user.sudo()
        user_sudo.fetch(["partner_id"])
        user_sudo.partner_id.fetch(["name"])
        return user_sudo.partner_id.name or None

    def _contact_history_last(self, ours):
        """Return {direction: the newest contact}."""
        source = self.env["contact.history.source.interaction"]
        selects = []
        for direction in DIRECTIONS:
            query = self.env["contact.interaction"]._search(
                ours & Domain("direction", "=", direction),
                order="occurred_at desc, id desc",
                limit=1,
            )
            if not query.is_empty():
                selects.append(source._select(query, is_own=True))
        last = dict.fromkeys(DIRECTIONS)
        for row in source._query_rows(selects, None, len(DIRECTIONS)):
            last[row["direction"]] = {
                "at": fields.Datetime.to_string(row["occurred_at"]),
                "channel": row["channel"],
                "user": row["user_name"],
            }
        return last

    def _contact_history_waiting(self, ours):
        """Return the turn that waits longest."""
        waiting = self.env["contact.response"].search(
            ours & Domain("answered_at", "=", False), order="started_at"
        )
        first = waiting[:1]
        if not first:
            return None
        return {
            "since": fields.Datetime.to_string(first.started_at),
            "due_at": fields.Datetime.to_string(first.due_at) or None,
            "light": first.light or None,
            "channel": first.channel,
            "user": self._contact_history_name(first.user_id),
            "count": sum(waiting.mapped("question_count")),
        }

    def _contact_history_usual(self, ours):
        """Return how long this customer usually waits for us: the median."""
        self.env["contact.response"].flush_model()
        latest = self.env["contact.response"]._search(
            ours
            & Domain("state", "=", "answered")
            & Domain("started_at", ">=", self._contact_history_since()),
            order="started_at desc",
            limit=LATEST_TURNS,
        )
        ((minutes, count),) = self.env["contact.response.report"]._read_group(
            [("id", "in", latest)], [], ["working_median:median", "__count"]
        )
        return {"minutes": minutes, "count": count} if count else None

    def _contact_history_welcome(self, ours, barred=None):
        """Return the habits without the channels that the customer refused.

        :param barred: :meth:`_contact_history_barred`, or what has its answer.
        """
        channels, hours = self._contact_history_chosen(ours)
        reasons = (barred or self._contact_history_barred)() if channels else {}
        for channel in filter(reasons.get, reasons):
            channels.pop(channel, None)
        return self._contact_history_as_habits(channels, hours)

    def _contact_history_habits(self, ours):
        """Return the channel and the hours that the customer chooses."""
        return self._contact_history_as_habits(*self._contact_history_chosen(ours))

    def _contact_history_chosen(self, ours):
        """Return how often the customer chose which channel and hour, two Counters.

        What comes in, and calls that are taken. Of the latest ones, so that it costs
        the same however long the history is.
        """
        chosen = Domain("direction", "=", "incoming") | Domain("state", "=", "answered")
        latest = self.env["contact.interaction"]._search(
            ours
            & chosen
            & Domain("is_automatic", "=", False)
            & Domain("occurred_at", ">=", self._contact_history_since()),
            order="occurred_at desc, id desc",
            limit=LATEST_CONTACTS,
        )
        groups = self.env["contact.interaction"]._read_group(
            [("id", "in", latest)],
            ["channel", "occurred_at:hour_number"],
            ["__count"],
        )
        channels, hours = Counter(), Counter()
        for channel, hour, count in groups:
            # A note of a talk does not say on which way one talked.
            if channel != "talk":
                channels[channel] += count
            hours[int(hour)] += count
        return channels, hours

    def _contact_history_as_habits(self, channels, hours):
        channel, hour = preferred_channel(channels), preferred_hours(hours)
        return {
            "preferred": channel and asdict(channel),
            "hours": hour and asdict(hour),
        }

    def _contact_history_planned(self, partners):
        """Return the next planned contact."""
        source = self.env["contact.history.source.activity"]
        activity = self.env["mail.activity"].search(
            source._domain_visible(partners)
            & Domain("date_deadline", ">=", fields.Date.context_today(self)),
            order="date_deadline, id",
            limit=1,
        )
        if not activity:
            return None
        return {
            "date": fields.Date.to_string(activity.date_deadline),
            "summary": activity.summary or activity.activity_type_id.name or None,
            "user": activity.user_id.name,
        }

    def _contact_history_since(self):
        return fields.Datetime.now() - timedelta(days=HABIT_DAYS)


def _objection(code, text):
    return {
        "code": f"{code}_blacklisted",
        "text": text,
        "tone": "danger",
        "icon": "fa-ban",
    }
