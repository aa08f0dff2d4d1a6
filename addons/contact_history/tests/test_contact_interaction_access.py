from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestContactInteractionAccess(ContactHistoryCase):
    """Nothing of another branch comes out of the log by any call of the ORM."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._log(subject="Own")
        cls.foreign = cls._secret()
        cls.env.invalidate_all()

    def _as(self, user):
        return self.env["contact.interaction"].with_user(user)

    def test_search_finds_own_branch_only(self):
        log = self._as(self.user_north)

        self.assertEqual(log.search([]), self.own)
        self.assertEqual(log.search_count([]), 1)
        self.assertFalse(log.search([("subject", "ilike", "SECRET")]))
        self.assertFalse(log.search([("id", "=", self.foreign.id)]))

    def test_reading_and_exporting_are_refused_without_telling_anything(self):
        self.user_north.group_ids += self.env.ref("base.group_allow_export")
        record = self.foreign.with_user(self.user_north)
        calls = {
            "read": lambda: record.read(["subject"]),
            "read all": lambda: record.read(),
            "web_read": lambda: record.web_read({"preview": {}}),
            "export": lambda: record.export_data(["subject", "partner_id/name"]),
            "field": lambda: record.subject,
            "open document": record.action_open_document,
            "copy": record.copy,
        }
        for name, call in calls.items():
            self.env.invalidate_all()
            with (
                self.subTest(call=name),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                with self.assertRaises(AccessError) as caught:
                    call()
                self.assertNotIn("SECRET", str(caught.exception))
                self.assertNotIn("Mill", str(caught.exception))

    def test_grouping_counts_own_branch_only(self):
        log = self._as(self.user_north)
        for groupby in ("channel", "partner_id", "company_id", "occurred_at:day"):
            with self.subTest(groupby=groupby):
                groups = log.formatted_read_group(
                    [], [groupby], ["__count", "duration:sum"]
                )
                self.assertEqual(sum(group["__count"] for group in groups), 1)
                self.assertEqual(groups[0]["duration:sum"], 0)

    def test_names_tell_nothing_of_other_branches(self):
        log = self._as(self.user_north)

        self.assertFalse(log.name_search("SECRET"))
        self.assertEqual(
            self.foreign.with_user(self.user_north).sudo().display_name, "Interaction"
        )
        self.assertIn("Own", self.own.with_user(self.user_north).display_name)

    def test_name_in_superuser_mode_does_not_leak_to_the_next_reader(self):
        for user, seen in ((self.user_south, True), (self.user_north, False)):
            name = self.foreign.with_user(user).sudo().display_name
            self.assertEqual("SECRET" in name, seen)

    def test_reverse_search_over_the_customer_finds_nothing(self):
        partners = self.env["res.partner"].with_user(self.user_north)

        self.assertEqual(partners.browse(self.customer.id).contact_interaction_count, 1)

    def test_colleagues_do_not_see_confidential_contacts(self):
        mine = self._log(
            subject="Mine", is_confidential=True, user_id=self.user_north.id
        )
        everybody = {
            self.user_north: True,
            self.manager_north: True,
            self.colleague_north: False,
            self.user_south: False,
        }
        for user, sees in everybody.items():
            with self.subTest(user=user.login):
                self.assertEqual(mine in self._as(user).search([]), sees)

    def test_manager_of_one_branch_is_blind_for_the_other(self):
        self.assertNotIn(self.foreign, self._as(self.manager_north).search([]))

    def test_user_writes_only_what_he_logged_himself(self):
        mine = self._as(self.user_north).create({"partner_id": self.contact.id})

        mine.note = "Corrected"
        self.assertEqual(mine.preview, "Corrected")
        for other in (self.own, self.foreign):
            with (
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                other.with_user(self.user_north).note = "Forged"

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_contact_cannot_be_logged_in_another_name_place_or_way(self):
        for values in (
            {"user_id": self.colleague_north.id},
            {"company_id": self.south.id},
            {"origin": "mail.message"},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                self._as(self.user_north).create(
                    {"partner_id": self.contact.id, **values}
                )

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_contact_cannot_be_moved_into_another_name_place_or_way(self):
        mine = self._as(self.user_north).create({"partner_id": self.contact.id})
        for values in (
            {"user_id": self.colleague_north.id},
            {"company_id": self.south.id},
            {"origin": "mail.message"},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                mine.write(values)

    def test_time_of_recording_is_no_input(self):
        mine = self._as(self.user_north).create(
            {"partner_id": self.contact.id, "recorded_at": "2001-01-01 00:00:00"}
        )
        mine.write({"recorded_at": "2001-01-01 00:00:00"})

        self.assertGreater(mine.recorded_at.year, 2001)

    def test_only_managers_delete(self):
        mine = self._as(self.user_north).create({"partner_id": self.contact.id})

        with (
            self.assertRaises(AccessError),
            mute_logger("odoo.addons.base.models.ir_model"),
        ):
            mine.unlink()
        self.assertTrue(mine.with_user(self.manager_north).unlink())

    def test_employee_without_the_group_sees_nothing(self):
        self.user_north.group_ids = self.env.ref("base.group_user")

        with (
            self.assertRaises(AccessError),
            mute_logger("odoo.addons.base.models.ir_model"),
        ):
            self._as(self.user_north).search([])
