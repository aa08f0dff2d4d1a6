from odoo.tests import tagged

from .common_release import ReleaseCommon


@tagged("post_install", "-at_install")
class TestForgetDrafts(ReleaseCommon):
    """A person's messages that never went out are forgotten with the person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rule("approval")
        cls.officer = cls._make_seller(
            "officer.test",
            cls.root | cls.warszawa | cls.krakow | cls.gdansk,
            groups="base.group_user,contact_history.contact_history_group_privacy",
        )
        cls.person = cls.env["res.partner"].create(
            {
                "name": "Jan Kowalski",
                "email": "jan@lacznik.example",
                "parent_id": cls.customer.id,
            }
        )

    def _preview(self, partner=None, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        user = user or self.officer
        action = (partner or self.person).with_user(user).action_contact_erasure()
        return self.env["contact.erasure"].with_user(user).browse(action["res_id"])

    def _beside(self, erasure):
        """Return the lines that are not of the address book or the history."""
        return erasure.line_ids.filtered(
            lambda line: line.section_code in ("held_messages", "stopped_messages")
        )

    def _held(self, **values):
        values = {"partner_ids": self.person.ids, **values}
        return self._ask(body="<p>Dear Jan, only for you</p>", **values)

    def test_preview_shows_the_message_and_changes_nothing(self):
        request = self._held()

        line = self._beside(self._preview())

        self.assertIn("held", line.what)
        self.assertEqual(line.count, 1)
        self.assertFalse(line.reason)
        self.assertIn("only for you", request.draft_body)

    def test_message_and_its_files_go(self):
        request = self._held()
        files = request.draft_attachment_ids
        self.assertTrue(files)

        self._preview().action_erase()

        self.assertFalse(request.has_draft)
        self.assertFalse(request.draft_body or request.draft_subject)
        self.assertFalse(request.draft_partner_ids)
        self.assertFalse(files.exists())
        self.assertEqual(request.state, "asked")

    def test_message_that_names_the_person_goes_too(self):
        request = self._ask(body="<p>As agreed with Jan Kowalski</p>")
        self._preview().action_erase()

        self.assertFalse(request.has_draft)

    def test_what_was_stopped_and_never_asked_for_goes(self):
        composer = self._composer(partner_ids=self.person.ids)
        self._stopped(composer.action_send_mail)
        stop = self.env["offer.check.override"].search([("event", "=", "conflict")])
        self.assertTrue(stop.draft)

        self._preview().action_erase()

        self.assertFalse(stop.draft)

    def test_messages_to_others_stay(self):
        request = self._ask()
        self.assertFalse(self._beside(self._preview()))

        self._preview().action_erase()
        self.assertTrue(request.has_draft)

    def test_company_takes_its_people_along(self):
        request = self._held()
        self._preview(self.customer).action_erase()

        self.assertFalse(request.has_draft)

    def test_answer_loses_name_and_words_and_keeps_the_mark(self):
        row = self.env["offer.satisfaction"].create(
            {
                "offer_id": self.rival.id,
                "partner_id": self.person.id,
                "outcome": "won",
                "state": "answered",
                "mark": "bad",
                "feedback": "Jan was not amused",
                "date_due": "2026-01-01",
            }
        )
        self._preview().action_erase()

        self.assertFalse(row.partner_id or row.feedback)
        self.assertEqual(row.mark, "bad")

    def test_officer_of_another_tree_erases_nothing_here(self):
        request = self._held()
        other = self._make_seller(
            "other.forgetter",
            self._make_company("Other Holding"),
            groups="base.group_user,contact_history.contact_history_group_privacy",
        )

        self.assertFalse(self._beside(self._preview(user=other)))
        self.assertTrue(request.has_draft)
