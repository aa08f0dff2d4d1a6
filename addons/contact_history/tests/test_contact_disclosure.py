from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import ReadOnlySqlTransaction

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW, ContactHistoryCase


@tagged("post_install", "-at_install")
class TestContactDisclosure(ContactHistoryCase):
    def _log_as(self, user, *rows):
        return self.env["contact.disclosure"].with_user(user)._log(list(rows))

    def test_log_says_who_of_which_branch_saw_what(self):
        logged = self._log_as(self.user_north, self._seen())

        self.assertEqual(logged.user_id, self.user_north)
        self.assertEqual(logged.company_id, self.north)
        self.assertEqual(logged.owner_company_id, self.south)

    def test_seeing_the_same_again_is_logged_after_a_while_only(self):
        with freeze_time(NOW) as clock:
            self.assertEqual(len(self._log_as(self.user_north, self._seen())), 1)
            clock.tick(timedelta(minutes=9))
            self.assertFalse(self._log_as(self.user_north, self._seen()))
            clock.tick(timedelta(minutes=2))
            self.assertTrue(self._log_as(self.user_north, self._seen()))

    def test_another_reader_level_or_document_is_always_logged(self):
        self._log_as(self.user_north, self._seen())

        self.assertTrue(self._log_as(self.colleague_north, self._seen()))
        self.assertTrue(self._log_as(self.user_north, self._seen(level="subject")))
        self.assertTrue(self._log_as(self.user_north, self._seen(res_id=6)))
        self.assertTrue(
            self._log_as(self.user_north, self._seen(res_model="res.partner"))
        )

    def test_the_same_twice_at_once_is_one_row(self):
        self.assertEqual(
            len(self._log_as(self.user_north, self._seen(), self._seen())), 1
        )

    def test_reader_on_a_replica_is_sent_to_who_can_write_it_down(self):
        with (
            patch.object(type(self.env.cr), "readonly", True),
            self.assertRaises(ReadOnlySqlTransaction),
        ):
            self._log_as(self.user_north, self._seen())

    def test_nothing_seen_is_nothing_logged(self):
        with self.assertQueryCount(0):
            self.assertFalse(self._log_as(self.user_north))

    def test_log_cannot_be_changed_or_shortened_even_in_superuser_mode(self):
        logged = self._log_as(self.user_north, self._seen()).sudo()

        with self.assertRaisesRegex(UserError, "append-only"):
            logged.write({"level": "existence"})
        with self.assertRaisesRegex(UserError, "append-only"):
            logged.unlink()

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_readers_neither_read_nor_write_the_log(self):
        logged = self._log_as(self.user_north, self._seen())

        with self.assertRaises(AccessError):
            logged.with_user(self.user_north).read(["level"])
        with self.assertRaises(AccessError):
            logged.with_user(self.user_north).sudo(False).create(self._seen())

    def test_reason_is_told_in_the_language_of_who_reads_the_log(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self._log_as(self.user_north, self._seen(reason_code="shown"))

        rows = self.env["contact.disclosure"].with_user(self.manager_north).search([])

        self.assertIn("history of the customer", rows[0].reason)
        in_polish = rows[0].with_context(lang="pl_PL")
        self.assertEqual(in_polish.reason, "Wyświetlono w historii kontaktów klienta.")

    def test_words_of_a_log_that_had_no_codes_are_kept(self):
        logged = self._log_as(self.user_north, self._seen())
        self.env.flush_all()
        self.env.cr.execute(
            "ALTER TABLE contact_disclosure RENAME COLUMN reason_text TO reason"
        )
        self.env.cr.execute(
            "UPDATE contact_disclosure SET reason = 'Said then' WHERE id = %s",
            [logged.id],
        )

        self.env["contact.disclosure"]._keep_old_words()
        logged.invalidate_recordset()

        self.assertEqual(logged.reason, "Said then")

    def test_managers_read_what_concerns_their_branches(self):
        manager_south = self._new_user("manager2", self.south, role="manager")
        manager_stranger = self._new_user("manager3", self.stranger, role="manager")
        logged = self._log_as(self.user_north, self._seen())
        for manager, sees in (
            (self.manager_north, True),
            (manager_south, True),
            (manager_stranger, False),
        ):
            found = self.env["contact.disclosure"].with_user(manager).search([])
            self.assertEqual(logged.id in found.ids, sees, manager.login)

    def test_log_outlives_the_customer(self):
        lone = self.env["res.partner"].create({"name": "Lone"})
        logged = self._log_as(self.user_north, self._seen(partner_id=lone.id))

        lone.unlink()
        logged.invalidate_recordset()

        self.assertTrue(logged.exists())
        self.assertFalse(logged.partner_id)
