from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW
from .common_response import ResponseCase


class FeedbackCase(ResponseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.call = cls._new_call()

    @classmethod
    def _new_call(cls, minutes_ago=180, **values):
        return cls._log(
            minutes_ago=minutes_ago,
            channel="call",
            direction="incoming",
            state="answered",
            user_id=cls.user_north.id,
            **values,
        )

    def _ask(self, contact=None, user=None):
        contact = (contact or self.call).with_user(user or self.user_north)
        contact.action_ask_feedback()
        return contact.sudo().feedback_ids

    def _rule(self, **values):
        return self.env["contact.feedback.rule"].create(
            {
                "channel": "call",
                "company_id": self.north.id,
                "active": True,
                "started_at": NOW - timedelta(days=2),
                **values,
            }
        )

    def _activities(self):
        return self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.contact.id)]
        )


@tagged("post_install", "-at_install")
class TestContactFeedback(FeedbackCase):
    def test_customer_is_asked_by_mail_with_three_smileys(self):
        feedback = self._ask()
        mail = self.env["mail.mail"].search(
            [("recipient_ids", "=", self.contact.id)], order="id desc", limit=1
        )
        token = feedback.sudo().rating_ids.access_token

        self.assertIn("North", mail.subject)
        for mark in (1, 3, 5):
            self.assertIn(f"/rate/{token}/{mark}", mail.body_html)
        self.assertIn(feedback._refusal_url(), mail.body_html)

    def test_question_is_no_contact_and_stops_no_clock(self):
        before = self.env["contact.interaction"].search_count([])
        feedback = self._ask()
        feedback.rating_apply(5, rating=feedback.rating_ids, feedback="Fine")

        self.assertEqual(self.env["contact.interaction"].search_count([]), before)

    def test_answer_is_kept_with_the_contact(self):
        feedback = self._ask()
        feedback.rating_apply(5, rating=feedback.rating_ids, feedback="Very kind")
        contact = self.call.with_user(self.user_north)

        self.assertEqual(contact.feedback_text, "top")
        self.assertEqual(contact.feedback_comment, "Very kind")
        self.assertFalse(self._activities())

    def test_unhappy_customer_raises_an_activity_once(self):
        feedback = self._ask()
        feedback.rating_apply(1, rating=feedback.rating_ids, feedback="<b>Rude</b>")
        feedback.rating_apply(1, rating=feedback.rating_ids, feedback="Still rude")
        activity = self._activities()

        self.assertEqual(activity.user_id, self.user_north)
        self.assertIn("&lt;b&gt;Rude", activity.note)
        self.assertEqual(feedback.comment, "Still rude")

    def test_named_person_turns_to_unhappy_customers(self):
        self.north.contact_feedback_user_id = self.manager_north
        feedback = self._ask()
        feedback.rating_apply(1, rating=feedback.rating_ids)

        self.assertEqual(self._activities().user_id, self.manager_north)

    def test_nobody_is_asked_twice_or_too_often(self):
        self._ask()
        with self.assertRaisesRegex(UserError, "already"):
            self._ask()
        with self.assertRaisesRegex(UserError, "90 days"):
            self._ask(self._new_call(minutes_ago=5))

        with freeze_time(NOW + timedelta(days=91)):
            self.assertTrue(self._ask(self._new_call(minutes_ago=4)))

    def test_colleague_at_the_same_customer_is_not_asked_either(self):
        self._ask()
        other = self._new_call(minutes_ago=5, partner_id=self.customer.id)

        with self.assertRaisesRegex(UserError, "90 days"):
            self._ask(other)

    def test_who_waits_for_an_answer_is_not_asked(self):
        self._log(minutes_ago=1, direction="incoming")

        with self.assertRaises(UserError):
            self._ask()

    def test_who_does_not_want_to_be_asked_is_not(self):
        self.env["contact.consent"].create(
            {
                "partner_id": self.contact.id,
                "company_id": self.south.id,
                "purpose": "feedback",
                "decision": "refused",
                "date": NOW,
            }
        )

        with self.assertRaises(UserError):
            self._ask()
        self.assertFalse(self._rule()._ask())

    def test_customer_without_address_cannot_be_asked(self):
        self.contact.email = False

        with self.assertRaisesRegex(UserError, "e-mail address"):
            self._ask()

    def test_rule_asks_after_contacts_of_its_channel(self):
        rule = self._rule()
        self._log(minutes_ago=200, channel="email", direction="outgoing")

        feedback = rule._ask()

        self.assertEqual(feedback.interaction_id, self.call)
        self.assertEqual(feedback.rule_id, rule)
        self.assertFalse(rule._ask())

    def test_rule_leaves_alone_what_is_too_new_too_old_or_before_it(self):
        rule = self._rule(delay_hours=4)
        self.assertFalse(rule._ask())

        rule.write({"delay_hours": 1, "started_at": NOW - timedelta(hours=2)})
        self.assertFalse(rule._ask())
        with freeze_time(NOW + timedelta(days=5)):
            rule.started_at = NOW - timedelta(days=2)
            self.assertFalse(rule._ask())

    def test_rule_of_a_branch_beats_the_one_for_all(self):
        self._rule(delay_hours=40)

        self.assertFalse(self._rule(company_id=False)._ask())

    def test_rules_are_off_until_somebody_switches_them_on(self):
        rule = self.env["contact.feedback.rule"].create({"channel": "chat"})

        self.assertFalse(rule.active)

    def test_satisfaction_stands_in_timeline_header_and_dashboard(self):
        feedback = self._ask()
        feedback.rating_apply(3, rating=feedback.rating_ids, feedback="So so")
        self.env.flush_all()
        page = self._page()
        entry = next(one for one in page["entries"] if one["kind"] == "feedback")
        partner = self.customer.with_user(self.user_north)
        facts = partner._contact_history_facts(partner._contact_history_partners())
        with freeze_time(NOW + timedelta(minutes=1)):
            tiles = (
                self.env["contact.dashboard"]
                .with_user(self.user_north)
                .read_figures()["tiles"]
            )

        self.assertEqual((entry["label"], entry["preview"]), ("Neutral", "So so"))
        self.assertEqual([fact["value"] for fact in facts], ["3.0 of 5"])
        self.assertEqual(tiles[-1]["value"], "3.0")


@tagged("post_install", "-at_install")
class TestContactFeedbackAccess(FeedbackCase):
    def test_feedback_stays_in_the_branch(self):
        feedback = self._ask()
        feedback.rating_apply(1, rating=feedback.rating_ids, feedback="SECRET")
        everything = [("interaction_id", "=", self.call.id)]
        model = self.env["contact.feedback"]

        self.assertTrue(model.with_user(self.colleague_north).search(everything))
        self.assertFalse(model.with_user(self.user_south).search(everything))
        with self.assertRaises(AccessError):
            feedback.with_user(self.user_south).read(["comment"])
        entries = self._entries(self.user_south)
        self.assertNotIn("SECRET", str(entries))

    def test_ratings_and_tokens_are_not_read_past_it(self):
        feedback = self._ask()
        ratings = feedback.sudo().rating_ids
        self.assertTrue(ratings)

        for user in (self.user_south, self.user_north):
            found = self.env["rating.rating"].with_user(user)
            self.assertFalse(found.search([("id", "in", ratings.ids)]))
            with self.assertRaises(AccessError):
                ratings.with_user(user).read(["access_token"])

    def test_nobody_of_us_can_answer_for_the_customer(self):
        feedback = self._ask()
        letters = feedback.sudo().message_ids
        self.assertIn("/rate/", letters[0].body)

        for user in (self.user_north, self.colleague_north, self.manager_north):
            messages = self.env["mail.message"].with_user(user)
            self.assertFalse(messages.search([("id", "in", letters.ids)]))
            with self.assertRaises(AccessError):
                letters.with_user(user).read(["body"])

    def test_feedback_on_confidential_contacts_is_for_its_person(self):
        self.call.is_confidential = True
        feedback = self._ask()

        model = self.env["contact.feedback"]
        domain = [("id", "=", feedback.id)]
        self.assertFalse(model.with_user(self.colleague_north).search(domain))
        self.assertTrue(model.with_user(self.user_north).search(domain))

    def test_contact_of_another_branch_cannot_be_asked_about(self):
        with self.assertRaises(AccessError):
            self._ask(user=self.user_south)

    def test_nobody_writes_what_the_customer_said(self):
        feedback = self._ask()

        with self.assertRaises(AccessError):
            feedback.with_user(self.user_north).write({"mark": 5})
        with self.assertRaises(AccessError):
            feedback.with_user(self.manager_north).unlink()
