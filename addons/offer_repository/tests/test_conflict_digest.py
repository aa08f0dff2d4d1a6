from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_conflict import ConflictCommon


@tagged("post_install", "-at_install")
class TestConflictDigest(ConflictCommon):
    """The figures by mail: for managers who want them, with their own eyes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weekly = cls.env.ref("offer_repository.digest_digest_weekly")
        cls.monthly = cls.env.ref("offer_repository.digest_digest_monthly")

    def _collide(self, *prices):
        """Let it be found a minute ago: figures end at the second of the run."""
        found = super()._collide(*prices)
        self._conflicts().date_detected -= timedelta(minutes=1)
        return found

    def _run_digests(self):
        """Let the digests be due and the job run; return the mails of ours."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env["mail.mail"].search([])
        (self.weekly | self.monthly).next_run_date = fields.Date.today()
        others = self.env["digest.digest"].search([]) - self.weekly - self.monthly
        others.state = "deactivated"
        self.env["digest.digest"]._cron_send_digest_email()
        return self.env["mail.mail"].search([]) - before

    def _subscribe(self, user, period="weekly"):
        user.with_env(self._as(user)).offer_digest = period

    def test_nobody_gets_it_unasked(self):
        self._collide()

        self.assertFalse(self._run_digests())

    def test_manager_gets_the_figures_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.manager.lang = "pl_PL"
        self.weekly.with_context(lang="pl_PL").name = "Ile nas to kosztowało"
        self._collide(100000.0, 90000.0)
        self.second.order_id.action_confirm()
        self._subscribe(self.manager)

        mail = self._run_digests()

        self.assertEqual(mail.email_to, self.manager.email_formatted)
        self.assertIn("Ile nas to kosztowało", mail.subject)
        self.assertIn("10k", mail.body_html.replace("10.0k", "10k"))

    def test_own_choice_weekly_monthly_or_none(self):
        for period, inside in (
            ("weekly", self.weekly),
            ("monthly", self.monthly),
            ("no", self.weekly.browse()),
        ):
            self._subscribe(self.manager, period)
            self.env.invalidate_all()
            self.assertEqual(self.manager.offer_digest, period)
            both = self.weekly | self.monthly
            found = both.filtered(lambda one: self.manager in one.user_ids)
            self.assertEqual(found, inside)

    def test_off_switch_in_the_mail_shows_in_the_preferences(self):
        self._subscribe(self.manager)
        self.weekly._action_unsubscribe_users(self.manager)
        self.env.invalidate_all()

        self.assertEqual(self.manager.offer_digest, "no")
        self.assertFalse(self._run_digests())

    def test_period_stays_as_chosen_though_nobody_signs_in(self):
        self._subscribe(self.manager)
        self._run_digests()

        self.assertEqual(self.weekly.periodicity, "weekly")

    def test_staff_get_no_figures_by_any_digest(self):
        self._collide()
        self._subscribe(self.ewa)
        self.assertFalse(self._run_digests())

        general = self.env["digest.digest"].create(
            {"name": "General", "kpi_offer_spread": True, "user_ids": self.ewa.ids}
        )
        self.assertFalse(general._compute_kpis(self.ewa.company_id, self.ewa))
        with self.assertRaises(AccessError):
            general.with_user(self.ewa).read(["kpi_offer_spread_value"])

    def test_manager_of_another_tree_sees_the_own_tree_only(self):
        self._collide()
        root = self._make_company("Other Holding")
        other = self._make_seller(
            "other.manager",
            root,
            groups="offer_repository.offer_repository_group_manager",
        )
        self.env.flush_all()
        self.env.invalidate_all()

        for user, expected in ((self.manager, 1), (other, 0)):
            kpis = self.weekly._compute_kpis(user.company_id, user)
            values = {kpi["kpi_name"]: kpi["kpi_col2"]["value"] for kpi in kpis}
            self.assertEqual(values["kpi_offer_conflicts"], expected)

    def test_nobody_subscribes_somebody_else(self):
        with self.assertRaises(AccessError):
            self.manager.with_env(self._as(self.ewa)).offer_digest = "weekly"
