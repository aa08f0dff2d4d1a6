from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged

from .common_finding import FindingCommon


@tagged("post_install", "-at_install")
class TestFindingDigest(FindingCommon, HttpCase):
    """A saved search is mailed to who wants it, with that user's rights of the day."""

    CRON = "offer_repository.ir_cron_offer_search_subscription_send"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.saved = cls._save_search(cls.anna, "[('search_text', 'ilike', 'lathe')]")
        cls.subscription = cls._subscribe(cls.anna, cls.saved)

    @classmethod
    def _save_search(cls, user, domain, name="Lathes"):
        return cls._as(user)["ir.filters"].create(
            {
                "name": name,
                "model_id": "offer.offer",
                "domain": domain,
                "user_ids": [(6, 0, user.ids)],
            }
        )

    @classmethod
    def _subscribe(cls, user, saved, **values):
        subscription = cls._as(user)["offer.search.subscription"].create(
            {"filter_id": saved.id, **values}
        )
        return subscription.sudo()

    def _send(self, **later):
        """Let the job run some time from now; return the new mails."""
        subscriptions = self.env["offer.search.subscription"].search([])
        subscriptions.last_at = fields.Datetime.now() - timedelta(hours=1)
        return self._send_again(**later)

    def _send_again(self, **later):
        before = self.env["mail.mail"].search([])
        self.env.flush_all()
        with freeze_time(fields.Datetime.now() + timedelta(**(later or {"days": 1}))):
            self.env.ref(self.CRON).method_direct_trigger()
        return self.env["mail.mail"].search([]) - before

    def _make_lathe_offer(self, user):
        order = self._make_order(user)
        FindingCommon._send(order)
        self._read_words()
        return self._offer_of(order)

    def test_news_are_mailed_once_and_nothing_without_news(self):
        offer = self._make_lathe_offer(self.anna)

        mail = self._send(hours=23)

        self.assertEqual(len(mail), 1)
        self.assertIn("anna.test@meridian.example", mail.email_to)
        self.assertIn(offer.name, mail.body_html)
        self.assertIn("Lathes", mail.subject)
        self.assertFalse(self._send_again(hours=23))
        self.assertFalse(self._send_again(days=2))

    def test_running_twice_sends_once(self):
        self._make_lathe_offer(self.anna)
        self.assertEqual(len(self._send()), 1)
        self.assertFalse(self._send_again())

    def test_weekly_waits_for_the_week(self):
        self.subscription.frequency = "weekly"
        self._make_lathe_offer(self.anna)

        self.assertFalse(self._send(days=2))
        self.assertEqual(len(self._send(days=7)), 1)

    def test_other_branches_are_in_nobodys_mail(self):
        saved = self.env["ir.filters"].create(
            {"name": "All", "model_id": "offer.offer", "domain": "[]"}
        )
        self._subscribe(self.ewa, saved)
        foreign = self._make_lathe_offer(self.anna)

        mails = self._send()

        self.assertEqual(len(mails), 1)
        self.assertNotIn("ewa", mails.email_to)
        self.assertIn(foreign.name, mails.body_html)

    def test_the_rights_of_the_day_count(self):
        boss = self._make_seller("boss.test", self.warszawa | self.krakow)
        saved = self._save_search(boss, "[]")
        self._subscribe(boss, saved)
        self._make_lathe_offer(self.anna)
        # own documents only: Anna's are not his
        self.assertNotIn("boss", str(self._send().mapped("email_to")))

        boss.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self._make_lathe_offer(self.anna)
        self.assertIn("boss", str(self._send(days=2).mapped("email_to")))

        boss.active = False
        self._make_lathe_offer(self.anna)
        self.assertNotIn("boss", str(self._send(days=4).mapped("email_to")))

    def test_it_comes_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.anna.lang = "pl_PL"
        self._make_lathe_offer(self.anna)

        self.assertTrue(self._send().body_html)
        reader = self.subscription._as_reader()
        self.assertEqual(reader.env.lang, "pl_PL")
        self.assertEqual(reader.env.uid, self.anna.id)
        self.assertFalse(reader.env.su)

    def test_a_search_that_cannot_run_says_so_and_stops_nobody(self):
        self.saved.sudo().domain = "[('no_such_field', '=', 1)]"
        other = self._subscribe(self.anna, self._save_search(self.anna, "[]", "Mine"))
        self._make_lathe_offer(self.anna)

        self.assertEqual(len(self._send()), 1)

        self.assertIn("Lathes", self.subscription.problem)
        self.assertFalse(other.problem)

    def test_a_search_that_is_shared_no_more_is_not_run(self):
        self.saved.sudo().user_ids = self.ewa
        self._make_lathe_offer(self.anna)

        self.assertFalse(self._send())
        self.assertTrue(self.subscription.problem)

    # ------------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------------

    def test_nobody_subscribes_for_or_sees_somebody_else(self):
        mine = self._as(self.ewa)["offer.search.subscription"]
        saved = self._save_search(self.ewa, "[]")

        own = mine.create({"filter_id": saved.id, "user_id": self.anna.id})

        self.assertEqual(own.user_id, self.ewa)
        self.assertEqual(mine.search([]), own)
        foreign = mine.browse(self.subscription.id)
        for call in (lambda: foreign.read(["filter_id"]), foreign.unlink):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(ValidationError):
            own.write({"user_id": self.anna.id})

    def test_only_own_or_shared_searches_of_offers(self):
        mine = self._as(self.ewa)["offer.search.subscription"]
        orders = self.env["ir.filters"].create(
            {"name": "Orders", "model_id": "sale.order", "domain": "[]"}
        )
        for saved in (self.saved, orders):
            with self.assertRaises(ValidationError):
                mine.create({"filter_id": saved.id})

    def test_preferences_lead_to_the_list(self):
        action = self.anna.with_user(self.anna).action_open_offer_subscriptions()

        self.assertEqual(action["res_model"], "offer.search.subscription")

    # ------------------------------------------------------------------
    # The off switch
    # ------------------------------------------------------------------

    def test_the_switch_in_the_mail_asks_and_then_switches_off(self):
        self._make_lathe_offer(self.anna)
        mail = self._send()
        address = self.subscription._switch_off_url()
        self.assertIn(address, mail.body_html)
        self.assertIn(address, mail.headers)
        path = address[address.index("/offer_repository/") :]

        page = self.url_open(path)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Lathes", page.text)
        self.subscription.invalidate_recordset()
        self.assertTrue(self.subscription.active)

        self.assertEqual(self.url_open(path, data={"x": 1}).status_code, 200)
        self.subscription.invalidate_recordset()
        self.assertFalse(self.subscription.active)

    def test_a_wrong_token_switches_nothing_off(self):
        path = f"/offer_repository/digest/{self.subscription.id}/"
        for wrong in ("0" * 64, "x"):
            self.assertEqual(
                self.url_open(path + wrong, data={"x": 1}).status_code, 404
            )
        self.subscription.invalidate_recordset()
        self.assertTrue(self.subscription.active)
