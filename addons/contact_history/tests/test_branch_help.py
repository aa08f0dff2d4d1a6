from odoo.fields import Command
from odoo.tests import tagged

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestBranchHelp(ContactHistoryCase):
    """An empty list is not taken for nothing at all."""

    def _help(self, name, *companies):
        companies_on = [company.id for company in companies]
        return (
            self.env[name]
            .with_user(self.user_north)
            .with_context(allowed_company_ids=companies_on)
            .get_empty_list_help("<p>Nothing yet</p>")
        )

    def test_list_says_when_branches_are_switched_off(self):
        self.user_north.company_ids = [Command.link(self.south.id)]

        for name in ("contact.interaction", "contact.response", "contact.feedback"):
            with self.subTest(model=name):
                text = self._help(name, self.north)
                self.assertIn("<p>Nothing yet</p>", text)
                self.assertIn(self.north.name, text)
                self.assertNotIn(self.south.name, text)
                self.assertNotIn(
                    self.north.name, self._help(name, self.north, self.south)
                )

    def test_who_has_one_branch_is_told_nothing(self):
        self.assertEqual(
            self._help("contact.interaction", self.north), "<p>Nothing yet</p>"
        )
