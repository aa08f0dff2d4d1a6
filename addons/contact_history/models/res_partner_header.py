from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from ..response import preferred_channel

# Habits change: what the customer did before tells little of today.
HABIT_DAYS = 365


class ResPartner(models.Model):
    _inherit = "res.partner"

    def contact_history_header(self):
        """Return what one has to know before turning to this customer.

        Of the reader's own branches only, with the reader's rights.

        :return: dict of ``last`` ({direction: {at, channel, user}}), ``waiting``
            ({since, due_at, light, channel, user, count}), ``usual`` ({minutes,
            count}), ``preferred`` ({channel, count, total, sureness}) and
            ``planned`` ({date, summary, user}); None for what there is not.
        :raise AccessError: when the reader may not read the partner, or contacts.
        """
        return self._contact_history_header(
            ("last", "waiting", "usual", "preferred", "planned")
        )

    def _contact_history_header(self, names):
        """Return some of what :meth:`contact_history_header` tells; only that is read.

        :raise AccessError: as above
        """
        self.ensure_one()
        self.check_access("read")
        self.env["contact.interaction"].check_access("read")
        partners = self._contact_history_partners()
        ours = Domain("commercial_partner_id", "in", partners.commercial_partner_id.ids)
        read = {
            "last": lambda: {
                direction: self._contact_history_last(ours, direction)
                for direction in ("incoming", "outgoing")
            },
            "waiting": lambda: self._contact_history_waiting(ours),
            "usual": lambda: self._contact_history_usual(partners),
            "preferred": lambda: self._contact_history_preferred(ours),
            "planned": lambda: self._contact_history_planned(partners),
        }
        return {name: read[name]() for name in names}

    def _contact_history_last(self, ours, direction):
        last = self.env["contact.interaction"].search(
            ours & Domain("direction", "=", direction),
            order="occurred_at desc, id desc",
            limit=1,
        )
        if not last:
            return None
        return {
            "at": fields.Datetime.to_string(last.occurred_at),
            "channel": last.channel,
            # sudo: names of colleagues, as Odoo shows them for any link.
            "user": last.user_id.sudo().name or None,
        }

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
            "user": first.user_id.sudo().name or None,
            "count": sum(waiting.mapped("question_count")),
        }

    def _contact_history_usual(self, partners):
        """Return how long this customer usually waits for us: the median."""
        self.env["contact.response"].flush_model()
        domain = [
            ("partner_id", "in", partners.ids),
            ("state", "=", "answered"),
            ("started_at", ">=", self._contact_history_since()),
        ]
        ((minutes, count),) = self.env["contact.response.report"]._read_group(
            domain, [], ["working_median:median", "__count"]
        )
        return {"minutes": minutes, "count": count} if count else None

    def _contact_history_preferred(self, ours):
        """Return the channel the customer chooses: what comes in, and calls taken."""
        chosen = Domain("direction", "=", "incoming") | Domain("state", "=", "answered")
        groups = self.env["contact.interaction"]._read_group(
            ours
            & chosen
            & Domain("is_automatic", "=", False)
            & Domain("occurred_at", ">=", self._contact_history_since()),
            ["channel"],
            ["__count"],
        )
        habit = preferred_channel(dict(groups))
        return habit and {
            "channel": habit.channel,
            "count": habit.count,
            "total": habit.total,
            "sureness": habit.sureness,
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
