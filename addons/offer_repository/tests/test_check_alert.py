from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .test_check import CheckCommon


@tagged("post_install", "-at_install")
class TestCheckAlert(CheckCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root.offer_conflict_manager_id = cls.manager
        cls.krakow.offer_fishing_limit = 3
        cls.pond = [
            cls._make_customer(name, email=f"office@{name.lower()}.example")
            for name in ("Karp", "Szczupak", "Sandacz")
        ]
        for customer in cls.pond:
            cls._make_sent_offer(cls.anna, partner=customer)

    def _fish(self):
        for customer in self.pond:
            self._check(self.ewa, email=customer.email)

    def _watch(self):
        self.env["offer.check.alert"]._cron_watch()
        return self.env["offer.check.alert"].search([("user_id", "=", self.ewa.id)])

    def test_many_look_ups_without_work_are_told_to_the_manager(self):
        self._fish()
        alert = self._watch()

        self.assertEqual((alert.shown_count, alert.used_count), (3, 0))
        self.assertEqual(alert.activity_ids.user_id, self.manager)
        self.assertIn("Ewa Test", alert.activity_ids.note)

    def test_once_a_day(self):
        self._fish()
        self._watch()
        self.assertEqual(len(self._watch()), 1)
        with freeze_time(fields.Datetime.now() + timedelta(days=1, minutes=-5)):
            self.assertEqual(len(self._watch()), 2)

    def test_work_that_came_of_it_is_no_fishing(self):
        self._fish()
        self._make_order(self.ewa, partner=self.pond[0])

        self.assertFalse(self._watch())

    def test_few_look_ups_are_no_fishing(self):
        self._check(self.ewa, email=self.pond[0].email)

        self.assertFalse(self._watch())

    def test_alert_is_not_for_the_one_it_is_about(self):
        self._fish()
        alert = self._watch()

        self.assertFalse(alert.with_env(self._as(self.ewa)).has_access("read"))
        self.assertTrue(alert.with_env(self._as(self.manager)).has_access("read"))
