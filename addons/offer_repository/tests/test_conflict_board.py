from datetime import datetime, time, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.offer_conflict_effects import Terms
from ..models.offer_job_stages import UNANNOUNCED
from .common_conflict import ConflictCommon


@tagged("post_install", "-at_install")
class TestConflictBoard(ConflictCommon):
    def _escalate(self):
        cron = self.env.ref("offer_repository.ir_cron_offer_conflict_escalate")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def test_case_is_due_and_escalates_once(self):
        self.root.offer_conflict_manager_id = False
        case = self._collide()
        today = fields.Date.context_today(case)
        self.assertEqual(case.date_due, case.date_detected.date() + timedelta(days=3))
        self._escalate()
        self.assertFalse(case.activity_ids)

        case.date_due = today - timedelta(days=1)
        self.assertTrue(case.is_overdue)
        self._escalate()
        self._escalate()
        self.assertEqual(case.activity_ids.user_id, self.manager)
        self.assertEqual(len(case.activity_ids), 1)

    def test_nobody_is_told_of_what_was_there_before(self):
        self.env = self.env(context={**self.env.context, UNANNOUNCED: True})
        first = self._make_sent_offer(self.anna)
        second = self._make_sent_offer(self.ewa)
        first.conflict_ids.sudo().unlink()
        self.env["offer.conflict"]._detect(first | second)
        case = (first | second).conflict_ids

        self.assertTrue(case)
        self.assertFalse(case.date_due)
        self.assertFalse(case.activity_ids | first.order_id.activity_ids)

    def test_manager_sees_who_was_first_as_far_as_he_may_read(self):
        self.env["contact.interaction"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.krakow.id,
                "user_id": self.ewa.id,
                "occurred_at": "2026-01-05 10:00:00",
            }
        )
        case = self._collide()
        all_on = self.env(
            user=self.manager,
            context={"allowed_company_ids": self.manager.company_ids.ids},
        )
        text = case.with_env(all_on).who_was_first

        warszawa, krakow = text.split("\n")
        self.assertIn("Meridian Warszawa", warszawa)
        self.assertIn("first contact 01/05/2026", krakow)
        self.assertIn("first inquiry none", krakow)

    def test_branches_that_are_off_hide_nothing_of_who_was_first(self):
        """A case is about several branches, whichever are switched on for lists."""
        self.env["crm.lead"].create(
            {
                "name": "Asks for a lathe",
                "type": "opportunity",
                "partner_id": self.customer.id,
                "company_id": self.krakow.id,
                "user_id": self.ewa.id,
            }
        )
        case = self._collide().with_env(self._as(self.manager, self.warszawa))

        krakow = case.who_was_first.split("\n")[1]
        self.assertNotIn("first inquiry none", krakow)
        self.manager.company_ids -= self.krakow
        self.env.invalidate_all()
        krakow = case.who_was_first.split("\n")[1]
        self.assertIn("first inquiry none", krakow)

    def test_customers_are_one_click_away(self):
        action = (
            self._collide().with_env(self._as(self.manager)).action_open_customers()
        )

        self.assertEqual(action["res_id"], self.customer.id)


@tagged("post_install", "-at_install")
class TestConflictMine(ConflictCommon):
    def _mine(self, user):
        return self._as(user)["offer.conflict.mine"].search([])

    def test_both_sides_see_their_own_offer_and_who_else(self):
        self._collide(123456.0, 98765.0)
        [row] = self._mine(self.ewa).read()

        self.assertEqual(row["offer_id"][0], self.second.id)
        self.assertEqual(row["other_branches"], "Meridian Warszawa")
        self.assertEqual(row["state"], "open")
        self.assertNotIn("conflict_id", row)
        self.assertNotIn("123", str(row))
        self.assertEqual(self._mine(self.anna).offer_id, self.first)
        self.assertFalse(self._mine(self.marta))

    def test_colleague_with_own_documents_only_sees_none(self):
        self._collide()

        self.assertFalse(self._mine(self.piotr))
        self.piotr.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assertEqual(self._mine(self.piotr).offer_id, self.first)

    def test_what_is_shown_is_logged(self):
        self._collide()
        self._mine(self.ewa).read(["other_branches"])
        shown = self.env["contact.disclosure"].search(
            [("user_id", "=", self.ewa.id), ("kind", "=", "conflict_card")]
        )

        self.assertEqual(shown.owner_company_id, self.warszawa)

    def test_decision_is_told_and_nothing_else_of_the_case(self):
        case = self._collide()
        case.with_env(self._as(self.manager))._decide(
            "keep", "Was first.", self.warszawa, Terms()
        )
        [row] = self._mine(self.ewa).read()

        self.assertEqual(
            (row["decision"], row["in_charge"]), ("keep", "Meridian Warszawa")
        )
        with self.assertRaises(AccessError):
            self._mine(self.ewa).read(["conflict_id"])
        with self.assertRaises(AccessError):
            self._as(self.ewa)["offer.conflict.mine"].search(
                [("conflict_id.spread_amount", ">", 1)]
            )
        with self.assertRaises(AccessError):
            self._as(self.ewa)["offer.conflict"].search([])

    def test_own_offer_opens(self):
        self._collide()

        self.assertEqual(self._mine(self.ewa).action_open()["res_id"], self.second.id)


@tagged("post_install", "-at_install")
class TestConflictContact(ConflictCommon):
    """How the customer likes to be reached, with the reader's own eyes."""

    def _contact(self, company, channel, hour, count=5):
        for number in range(count):
            self.env["contact.interaction"].create(
                {
                    "partner_id": self.customer.id,
                    "company_id": company.id,
                    "channel": channel,
                    "direction": "incoming",
                    "state": "done",
                    "occurred_at": datetime.combine(
                        self._days_ago(number + 1), time(hour)
                    ),
                    "origin": "test",
                    "external_id": f"{channel}-{company.id}-{number}",
                }
            )

    def _read(self, *companies):
        case = self._conflicts()
        self.env.invalidate_all()
        env = self.env(
            user=self.manager,
            context={
                "allowed_company_ids": [company.id for company in companies],
                "tz": "UTC",
            },
        )
        return case.with_env(env)

    def test_channel_and_hours(self):
        self._collide()
        self._contact(self.warszawa, "call", 10)

        text = self._read(self.warszawa).preferred_contact

        self.assertIn("5 of 5", text)
        self.assertIn("from 10 to 11", text)

    def test_only_contacts_of_the_readers_branches_count(self):
        self._collide()
        self._contact(self.krakow, "call", 10)

        self.assertIn("5 of 5", self._read(self.warszawa).preferred_contact)
        self.manager.company_ids -= self.krakow
        self.assertIn("Nothing is known", self._read(self.warszawa).preferred_contact)

    def test_picture_shows_what_the_reader_may_know(self):
        self._collide()
        self._contact(self.warszawa, "email", 9, count=2)

        sides = self._read(self.warszawa).first_data()

        self.assertEqual([side["branch"] for side in sides][0], self.warszawa.name)
        codes = [[event["code"] for event in side["events"]] for side in sides]
        self.assertEqual(codes, [["contact", "offer"], ["contact", "offer"]])
        self.manager.company_ids -= self.warszawa
        hidden = self._read(self.krakow).first_data()
        codes = [[event["code"] for event in side["events"]] for side in hidden]
        self.assertEqual(codes[0], ["offer"])

    def test_day_is_that_of_the_reader(self):
        self._collide()
        self.first.sudo().date_first_sent = "2026-03-01 23:30:00"
        case = self._read(self.warszawa).with_context(tz="Europe/Warsaw")

        self.assertEqual(case.first_data()[0]["events"][0]["date"], "2026-03-02")

    def test_staff_get_no_picture(self):
        case = self._collide()
        with self.assertRaises(AccessError):
            case.with_env(self._as(self.ewa)).first_data()
