from datetime import timedelta

from odoo import Command

from .common import NOW, ContactHistoryCase


class ResponseCase(ContactHistoryCase):
    """A branch that works on weekdays from 8 to 16, by the clock of Warsaw.

    ``NOW`` is Tuesday, 10 March 2026, 12:00 UTC: 13:00 in Warsaw.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["resource.calendar"].create(
            {
                "name": "Eight to four",
                "company_id": cls.north.id,
                "tz": "Europe/Warsaw",
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Day",
                                "dayofweek": str(day),
                                "hour_from": 8,
                                "hour_to": 16,
                                "day_period": "morning",
                            }
                        )
                        for day in range(5)
                    ),
                ],
            }
        )
        cls.north.resource_calendar_id = calendar
        cls.turns = cls.env["contact.response"]

    @classmethod
    def _ask(cls, minutes_ago=0, **values):
        return cls._log(minutes_ago=minutes_ago, direction="incoming", **values)

    @classmethod
    def _answer(cls, minutes_ago=0, **values):
        return cls._log(minutes_ago=minutes_ago, direction="outgoing", **values)

    def _turns(self, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.turns.search(
            [("commercial_partner_id", "=", self.customer.id), *domain],
            order="started_at, id",
        )

    def _ago(self, minutes):
        return NOW - timedelta(minutes=minutes)
