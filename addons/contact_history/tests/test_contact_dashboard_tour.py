from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestContactDashboardTour(HttpCase, ContactHistoryCase):
    """The page in a real browser, as a salesperson of one of two branches."""

    def test_salesperson_looks_at_the_figures_of_the_own_branch(self):
        # Branches without working hours never close: an hour is an hour.
        self.north.resource_calendar_id = False
        now = fields.Datetime.now()
        for hours in (2, 30, 54):
            for company in (self.north, self.south):
                self._log(
                    company,
                    occurred_at=now - timedelta(hours=hours),
                    direction="incoming",
                    user_id=False,
                )
                if hours > 2:
                    self._log(
                        company,
                        occurred_at=now - timedelta(hours=hours - 1),
                        direction="outgoing",
                    )

        self.start_tour(
            "/odoo/contact-dashboard",
            "contact_history_dashboard",
            login=self.user_north.login,
        )
