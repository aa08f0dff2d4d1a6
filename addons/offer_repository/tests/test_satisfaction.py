import re
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..models.offer_job_stages import UNANNOUNCED
from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestSatisfaction(OfferCommon, HttpCase):
    """Customers are asked where the branch wants it, once, and are heard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")
        cls.customer.lang = "pl_PL"
        cls.warszawa.write(
            {"offer_satisfaction_ask": "both", "offer_satisfaction_days": 3}
        )
        cls.rows = cls.env["offer.satisfaction"]

    def _win(self, user=None, **kwargs):
        offer = self._make_sent_offer(user or self.anna, **kwargs)
        offer.order_id.action_confirm()
        return offer

    def _lose(self, user=None):
        offer = self._make_sent_offer(user or self.anna)
        offer._set_state("lost", only_from=("sent",))
        return offer

    def _run(self, days=3):
        """Let the job run some days later; return the mails it made."""
        before = self.env["mail.mail"].search([])
        self.rows.search([]).date_due = fields.Date.today() - timedelta(days=days - 3)
        cron = self.env.ref("offer_repository.ir_cron_offer_satisfaction_ask")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        return self.env["mail.mail"].search([]) - before

    def _asked(self, offer=None):
        offer = offer or self._win()
        self._run()
        row = offer.satisfaction_ids
        self.assertEqual(row.state, "asked")
        return row

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    def test_nobody_is_asked_unless_the_branch_wants_it(self):
        self.assertEqual(self.krakow.offer_satisfaction_ask, "no")
        self._win(self.ewa)

        self.assertFalse(self.rows.search([("company_id", "=", self.krakow.id)]))

    def test_question_waits_and_goes_out_once_in_the_customers_language(self):
        offer = self._win()
        row = offer.satisfaction_ids
        self.assertEqual(
            row.date_due, fields.Date.context_today(row) + timedelta(days=3)
        )
        self.env.ref("offer_repository.mail_template_offer_satisfaction").with_context(
            lang="pl_PL"
        ).subject = "Czy oferta była dobra?"

        mails = self._run()

        self.assertEqual(mails.recipient_ids, self.customer)
        self.assertEqual(mails.subject, "Czy oferta była dobra?")
        self.assertIn(row.answer_url, mails.body_html)
        self.assertFalse(self._run(days=9))

    def test_question_is_no_contact_that_would_extend_a_claim(self):
        self._win()
        before = self.env["contact.interaction"].search_count([])
        self._run()

        self.assertEqual(self.env["contact.interaction"].search_count([]), before)

    def test_each_outcome_is_asked_about_by_choice(self):
        self.warszawa.offer_satisfaction_ask = "lost"

        self.assertFalse(self._win().satisfaction_ids)
        self.assertEqual(self._lose().satisfaction_ids.outcome, "lost")

    def test_what_is_taken_over_and_what_we_settled_ourselves_is_not_asked_about(self):
        offer = self._make_sent_offer(self.anna)
        offer.with_context(**{UNANNOUNCED: True}).write({"state": "won"})
        ours = self._make_sent_offer(self.anna)
        reason = self.env.ref("offer_repository.crm_lost_reason_own_branch")
        ours._set_state("lost", ("sent",), lost_reason_id=reason.id)

        self.assertFalse((offer | ours).satisfaction_ids)

    def test_reasons_to_leave_a_customer_in_peace(self):
        cases = {
            "stop": lambda: self.customer.write({"offer_satisfaction_stop": True}),
            "address": lambda: self.customer.write({"email": False}),
            "policy": lambda: self.warszawa.write({"offer_satisfaction_ask": "no"}),
        }
        for reason, prepare in cases.items():
            with self.subTest(reason=reason), self.env.cr.savepoint():
                offer = self._win()
                prepare()
                self.assertFalse(self._run())
                self.assertEqual(offer.satisfaction_ids.skip_reason, reason)
            self.env.invalidate_all()
            self.rows.search([]).unlink()
            self.customer.write(
                {"email": "zakupy@lacznik.example", "offer_satisfaction_stop": False}
            )
            self.warszawa.offer_satisfaction_ask = "both"

    def test_blacklist_holds(self):
        offer = self._win()
        self.env["mail.blacklist"]._add(self.customer.email)

        self.assertFalse(self._run())
        self.assertEqual(offer.satisfaction_ids.skip_reason, "stop")

    def test_offer_that_is_open_again_is_not_asked_about(self):
        offer = self._lose()
        offer._set_state("sent", ("lost",))

        self.assertFalse(self._run())
        self.assertEqual(offer.satisfaction_ids.skip_reason, "reopened")

    def test_customer_with_many_offers_is_asked_once_a_month(self):
        self._asked()
        second = self._win()
        self._run()

        self.assertEqual(second.satisfaction_ids.skip_reason, "recent")

    # ------------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------------

    def _path(self, row):
        return f"/offer_repository/satisfaction/{row.id}/{row.token}"

    def _answer(self, row, **form):
        page = self.url_open(self._path(row))
        self.assertEqual(page.status_code, 200)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)
        answer = self.url_open(self._path(row), data={"csrf_token": token, **form})
        self.env.invalidate_all()
        return answer

    def test_looking_at_the_link_answers_nothing(self):
        row = self._asked()
        page = self.url_open(f"{self._path(row)}?mark=bad")

        self.assertIn('value="bad"', page.text)
        self.env.invalidate_all()
        self.assertEqual(row.state, "asked")

    def test_low_mark_becomes_an_activity_and_shows_on_the_offer(self):
        row = self._asked()
        self.assertEqual(
            self._answer(row, mark="bad", feedback="Too slow").status_code, 200
        )

        self.assertEqual((row.state, row.mark, row.score), ("answered", "bad", 1))
        activity = row.offer_id.activity_ids
        self.assertEqual(activity.user_id, self.anna)
        self.assertIn("Too slow", activity.note)
        offer = row.offer_id.with_env(self._as(self.anna))
        self.assertEqual(offer.satisfaction_mark, "bad")
        self.assertEqual(offer.satisfaction_feedback, "Too slow")

    def test_low_mark_goes_to_whom_the_branch_named_if_he_may_read_it(self):
        boss = self._make_seller(
            "boss.test",
            self.warszawa,
            groups="sales_team.group_sale_salesman_all_leads",
        )
        for named, told in ((boss, boss), (self.ewa, self.anna)):
            self.warszawa.offer_satisfaction_user_id = named
            row = self.rows.search([("state", "=", "asked")]) or self._asked()
            row.sudo()._answer("bad")
            self.assertEqual(row.offer_id.activity_ids.user_id, told)
            row.unlink()
            self.rows.search([]).unlink()

    def test_first_answer_stays(self):
        row = self._asked()
        self._answer(row, mark="good")
        row._answer("bad", "changed")

        self.assertEqual((row.mark, row.feedback), ("good", False))
        self.assertFalse(row.offer_id.activity_ids)

    def test_customer_may_ask_to_be_left_in_peace(self):
        row = self._asked()
        self._answer(row, stop="1")

        self.assertTrue(self.customer.offer_satisfaction_stop)
        self.assertEqual(row.state, "asked")

    def test_answer_without_a_mark_is_asked_for_and_keeps_the_words(self):
        row = self._asked()
        page = self._answer(row, feedback="Far too slow")

        self.assertIn("choose one of the three", page.text)
        self.assertIn("Far too slow", page.text)
        self.assertNotIn("not ask you again", page.text)
        self.assertEqual(row.state, "asked")
        self.assertFalse(self.customer.offer_satisfaction_stop)

    def test_page_is_of_the_branch_and_says_all_that_was_done(self):
        row = self._asked()
        page = self._answer(row, mark="good", stop="1")

        self.assertIn(self.warszawa.name, page.text)
        self.assertNotIn(f"company={self.env.ref('base.main_company').id}", page.text)
        self.assertIn("has reached us", page.text)
        self.assertIn("not ask you again", page.text)

    def test_wrong_token_and_wrong_mark_do_nothing(self):
        row = self._asked()
        wrong = f"/offer_repository/satisfaction/{row.id}/{'x' * 32}"
        self.assertEqual(self.url_open(wrong).status_code, 404)
        self._answer(row, mark="excellent")

        self.assertEqual(row.state, "asked")

    # ------------------------------------------------------------------
    # Who sees it
    # ------------------------------------------------------------------

    def test_answers_are_read_by_who_may_read_the_offer(self):
        row = self._asked()
        row._answer("bad", "Secret words")
        self.env.flush_all()
        for user, count in (
            (self.anna, 1),
            (self.manager, 1),
            (self.piotr, 0),
            (self.ewa, 0),
        ):
            self.env.invalidate_all()
            found = self._as(user)["offer.satisfaction"].search([])
            self.assertEqual(len(found), count, user.name)

    def test_nobody_answers_for_the_customer(self):
        row = self._asked().with_env(self._as(self.anna))
        for ask in (
            lambda: row.read(["token"]),
            lambda: row.read(["answer_url"]),
            lambda: row.search([("token", "like", "a%")]),
            lambda: row.write({"mark": "good"}),
            lambda: row.create({"offer_id": row.offer_id.id, "outcome": "won"}),
        ):
            with self.assertRaises(AccessError):
                ask()

    def test_reports_tell_it(self):
        row = self._asked(self._win(lines=[(self.lathe, 1, 100.0)]))
        row._answer("middle")
        self.env.flush_all()
        self.env.invalidate_all()

        report = self._as(self.anna)["offer.loss.report"].search([])
        self.assertEqual(report.mapped("satisfaction"), ["middle"])
        tiles = self._as(self.manager)["offer.dashboard"].read_figures(3)["tiles"]
        (tile,) = [one for one in tiles if one["code"] == "satisfaction"]
        self.assertEqual(tile["value"], "3.0 of 5")
