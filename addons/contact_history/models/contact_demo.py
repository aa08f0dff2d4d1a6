import random
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import Command, api, fields, models

_WEEKS = 104
# What a hundred customers do, two years ago and today: from the phone to the chat, from
# the shop to a visit at home.
_WAYS = {
    ("call", "incoming"): (44, 24),
    ("email", "incoming"): (28, 27),
    ("visit", "incoming"): (18, 7),
    ("visit", "outgoing"): (3, 13),
    ("chat", "incoming"): (2, 20),
    ("web_form", "incoming"): (5, 9),
}
# When they do it, by the clock on the wall: how many of a hundred at which hour.
_HOURS = {8: 8, 9: 18, 10: 20, 11: 14, 12: 6, 13: 8, 14: 12, 15: 9, 16: 5}
_QUESTIONS = (
    "When does it arrive?",
    "Question about the invoice",
    "Do you have it in another size?",
    "Spare part needed",
    "Change of the delivery address",
    "Can somebody call me back?",
)
_COMMENTS = {
    5: ("Quick and friendly.", "All clear now, thank you.", False),
    3: ("Took a while.", False, False),
    1: ("Had to ask twice.", "Nobody called back."),
}
_MARKS = (5, 5, 5, 3, 5, 1, 5, 3, 5, 5)


class ContactDemo(models.AbstractModel):
    """Invents two years of contacts for a demo database, always the same one.

    Called by demo data alone. Nothing is mailed, nobody is notified.
    """

    _name = "contact.demo"
    _description = "Demo contacts of the Contact History"

    @api.model
    def _tell(self, company, users, customers, per_week=4):
        """Write two years of contacts of customers with the people of one branch.

        :param company: res.company
        :param users: res.users who answer
        :param customers: res.partner
        :param int per_week: questions and visits of one week
        """
        chance = random.Random(f"{company.id}-{len(customers)}")  # noqa: S311
        now = fields.Datetime.now()
        rows = []
        for week in range(_WEEKS):
            for _number in range(per_week):
                day = now.date() - timedelta(days=7 * week + chance.randrange(7))
                day -= timedelta(days=max(0, day.weekday() - 4))
                at = self._moment(company, chance, day)
                if at < now - timedelta(minutes=5):
                    rows += self._invent(company, users, customers, at, chance)
        return self._record(rows)

    @api.model
    def _moment(self, company, chance, day):
        """Return naive UTC of an hour at which customers of the branch ask."""
        hour = chance.choices(list(_HOURS), list(_HOURS.values()))[0]
        wall = datetime.combine(day, time(hour, chance.randrange(60)))
        zone = ZoneInfo(company.resource_calendar_id.tz or "UTC")
        return wall.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _invent(self, company, users, customers, at, chance):
        """Return the values of one contact, and of the answer, if there is one."""
        now = fields.Datetime.now()
        age = (now - at) / timedelta(weeks=_WEEKS)
        weights = [old * age + new * (1 - age) for old, new in _WAYS.values()]
        channel, direction = chance.choices(list(_WAYS), weights)[0]
        user = chance.choice(users)
        values = {
            "partner_id": chance.choice(customers).id,
            "company_id": company.id,
            "user_id": user.id,
            "channel": channel,
            "direction": direction,
            "occurred_at": at,
            "subject": chance.choice(_QUESTIONS),
            "origin": "demo",
        }
        if channel == "visit":
            return [
                {**values, "subject": False, "duration": 60 * chance.randrange(15, 90)}
            ]
        if channel == "call" and chance.random() > 0.25:
            minutes = chance.randrange(2, 15)
            return [{**values, "state": "answered", "duration": 60 * minutes}]
        values["state"] = "missed" if channel == "call" else "done"
        answered_at = at + self._delay(channel, age, chance)
        if answered_at > now:
            return [values]
        answer = {
            **values,
            "channel": "call" if channel in ("call", "web_form") else channel,
            "direction": "outgoing",
            "state": "answered" if channel in ("call", "web_form") else "done",
            "occurred_at": answered_at,
            "user_id": chance.choice(users).id,
        }
        return [values, answer]

    @api.model
    def _delay(self, channel, age, chance):
        """Return how long the answer took: sooner from month to month, seldom late."""
        usual = {"chat": 1, "call": 18}.get(channel, 35) * (0.7 + age)
        if chance.random() < 0.12:
            usual *= 12
        return timedelta(minutes=max(1, chance.lognormvariate(0, 0.7) * usual))

    @api.model
    def _record(self, rows):
        log = self.env["contact.interaction"]
        contacts = log.create(
            [{**row, "recorded_at": row["occurred_at"]} for row in rows]
        )
        # At once: what the job would do later, the figures need now.
        pairing = self.env["contact.response.pairing"]
        pairing._pair(contacts._clock_spans(), contacts, is_changed=True)
        contacts.write({"is_pairing_due": False})
        return contacts

    @api.model
    def _tell_feedback(self, contacts):
        """Let some customers say how the newest contacts were."""
        talks = contacts.filtered(lambda row: row.state == "answered")
        talks = talks.sorted("occurred_at", reverse=True)[: 3 * len(_MARKS) : 3]
        quiet = self.env["contact.feedback"].with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        )
        for place, talk in enumerate(talks):
            mark = _MARKS[place % len(_MARKS)]
            words = _COMMENTS[mark]
            asked_at = talk.occurred_at + timedelta(hours=2)
            quiet.create(
                {
                    **talk._prepare_feedback(None),
                    "asked_at": asked_at,
                    "answered_at": asked_at + timedelta(hours=1),
                    "mark": mark,
                    "comment": words[place % len(words)],
                }
            )

    @api.model
    def _load(self):
        """Tell the story of the main company; called by demo data."""
        tags = {
            name: self.env["res.partner.category"].create({"name": name})
            for name in ("Private", "Trade")
        }
        names = {
            "Private": ("Iris Aldermann", "Owen Brackley", "Sofia Castellan"),
            "Trade": ("Fennimore Interiors", "Galloway Fit-outs", "Hartwick Hotels"),
        }
        customers = self.env["res.partner"].create(
            [
                {"name": name, "category_id": [Command.set(tags[tag].ids)]}
                for tag, people in names.items()
                for name in people
            ]
        )
        users = self.env.ref("base.user_demo") | self.env.ref("base.user_admin")
        company = self.env.ref("base.main_company")
        self._tell_feedback(self._tell(company, users, customers))
