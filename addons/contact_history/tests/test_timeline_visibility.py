from odoo import Command
from odoo.tests import tagged

from ..timeline import LEVELS
from .common import ContactHistoryCase

BY_LEVEL = {
    "existence": {"company_name"},
    "metadata": {
        "company_name",
        "channel",
        "direction",
        "state",
        "duration",
        "user_name",
    },
}
BY_LEVEL["subject"] = BY_LEVEL["metadata"] | {
    "subject",
    "partner_name",
    "certainty",
    "thread",
}
BY_LEVEL["content"] = BY_LEVEL["subject"] | {"preview"}
ALWAYS = {"key", "source", "kind", "occurred_at", "level", "redacted", "reason"}


@tagged("post_install", "-at_install")
class TestTimelineVisibility(ContactHistoryCase):
    def test_other_branches_show_what_their_level_allows_and_no_more(self):
        self._secret()
        for level in LEVELS:
            self.south.contact_history_level = level
            with self.subTest(level=level):
                page = self._page()
                (entry,) = page["entries"]
                shown = {name for name, value in entry.items() if value}
                self.assertEqual(shown - ALWAYS, BY_LEVEL[level])
                self.assertEqual(entry["level"], level)
                self.assertEqual(entry["redacted"], level != "content")

    def test_default_level_keeps_the_secrets(self):
        self._secret()

        page = self._page()

        self.assertNotIn("SECRET", str(page))
        self.assertNotIn("Mary", str(page))
        self.assertNotIn("secret@", str(page))
        self.assertEqual(page["counts"], {"entries": 1, "redacted": 1})
        self.assertIn("South", page["entries"][0]["reason"])

    def test_own_branch_is_shown_in_full_whatever_its_level(self):
        self.south.contact_history_level = "existence"
        self._secret()

        (entry,) = self._entries(self.user_south)

        self.assertEqual(entry["subject"], "SECRET subject")
        self.assertFalse(entry["redacted"])

    def test_branch_that_is_switched_off_is_redacted_with_the_way_out(self):
        self._secret()
        self.user_north.company_ids = [Command.link(self.south.id)]
        partner = self.customer.with_user(self.user_north)
        both = (self.north + self.south).ids

        (only_north,) = partner.with_context(
            allowed_company_ids=self.north.ids
        ).contact_history_page()["entries"]
        (with_south,) = partner.with_context(
            allowed_company_ids=both
        ).contact_history_page()["entries"]

        self.assertTrue(only_north["redacted"])
        self.assertIn("company menu", only_north["reason"])
        self.assertEqual(with_south["subject"], "SECRET subject")

    def test_company_outside_the_tree_never_appears(self):
        self.stranger.contact_history_level = "content"
        self._log(self.stranger, subject="Stranger's")

        self.assertFalse(self._entries())

    def test_head_office_is_another_branch_too(self):
        self._log(self.root, subject="Head office")

        (entry,) = self._entries()

        self.assertTrue(entry["redacted"])

    def test_confidential_contacts_leave_neither_person_nor_branch(self):
        self._secret(is_confidential=True)
        self.south.contact_history_level = "content"

        self.assertFalse(self._entries(self.user_north))
        self.assertFalse(self._entries(self.manager_north))

    def test_confidential_contacts_of_the_own_branch(self):
        self._log(is_confidential=True, user_id=self.user_north.id)
        for user, seen in (
            (self.user_north, 1),
            (self.colleague_north, 0),
            (self.manager_north, 1),
        ):
            with self.subTest(user=user.login):
                entries = self._entries(user)
                self.assertEqual(len(entries), seen)
                self.assertEqual(
                    [entry["label"] for entry in entries], ["Confidential"] * seen
                )

    def test_filter_does_not_tell_what_existence_hides(self):
        self.south.contact_history_level = "existence"
        self._secret(channel="call", direction="incoming")

        self.assertEqual(len(self._entries()), 1)
        for filters in ({"channels": ["call"]}, {"directions": ["incoming"]}):
            self.assertFalse(self._entries(filters=filters), filters)

    def test_filter_works_on_what_metadata_shows(self):
        self._secret(channel="call")

        self.assertEqual(len(self._entries(filters={"channels": ["call"]})), 1)
        self.assertFalse(self._entries(filters={"channels": ["sms"]}))

    def test_attachments_only_for_who_may_open_them(self):
        self.south.contact_history_level = "content"
        interaction = self._secret()
        file = self.env["ir.attachment"].create(
            {
                "name": "SECRET.pdf",
                "raw": b"x",
                "res_model": interaction._name,
                "res_id": interaction.id,
            }
        )
        interaction.attachment_ids = file

        self.assertEqual(
            self._entries(self.user_south)[0]["attachments"],
            [{"id": file.id, "name": "SECRET.pdf", "mimetype": "application/pdf"}],
        )
        self.assertEqual(self._entries(self.user_north)[0]["attachments"], [])
        self.assertFalse(file.with_user(self.user_north).has_access("read"))

    def test_document_only_for_who_may_open_it(self):
        hidden = self.env["res.partner"].create(
            {"name": "Hidden", "company_id": self.south.id}
        )
        self._log(res_model="res.partner", res_id=hidden.id)
        self._log(res_model="res.partner", res_id=self.contact.id, minutes_ago=1)
        self._log(res_model="no.such.model", res_id=1, minutes_ago=2)
        gone = self.env["res.partner"].create({"name": "Gone"})
        self._log(res_model="res.partner", res_id=gone.id, minutes_ago=3)
        gone.unlink()

        pointers = [entry["res_id"] for entry in self._entries()]

        self.assertEqual(pointers, [None, self.contact.id, None, None])

    def test_contact_logged_by_hand_opens_itself(self):
        mine = (
            self.env["contact.interaction"]
            .with_user(self.user_north)
            .create({"partner_id": self.contact.id})
        )

        (entry,) = self._entries()

        self.assertEqual(
            (entry["res_model"], entry["res_id"]), ("contact.interaction", mine.id)
        )

    def test_seeing_more_than_metadata_is_logged_once(self):
        interaction = self._secret()
        disclosures = self.env["contact.disclosure"]
        for level, logged in (
            ("existence", 0),
            ("metadata", 0),
            ("subject", 1),
            ("content", 2),
        ):
            self.south.contact_history_level = level
            self._page()
            self._page()
            found = disclosures.search([("res_id", "=", interaction.id)])
            self.assertEqual(len(found), logged, level)
        self.assertEqual(found.user_id, self.user_north)
        self.assertEqual(found.company_id, self.north)
        self.assertEqual(found.owner_company_id, self.south)
        self.assertEqual(found.partner_id, self.contact)
        self.assertEqual(set(found.mapped("level")), {"subject", "content"})

    def test_own_branch_is_never_logged(self):
        self._secret()

        self._page(self.user_south)

        self.assertFalse(
            self.env["contact.disclosure"].search(
                [("user_id", "=", self.user_south.id)]
            )
        )

    def test_page_leaves_no_secret_in_the_cache_of_the_reader(self):
        interaction = self._secret()
        self.env.invalidate_all()

        self._page()

        cached = (
            self.env["contact.interaction"]
            ._fields["subject"]
            ._get_cache(interaction.with_user(self.user_north).env)
        )
        self.assertNotIn(interaction.id, cached)
