from odoo.tests import Form, TransactionCase, tagged

from ..timeline import LEVELS


@tagged("post_install", "-at_install")
class TestSettings(TransactionCase):
    def test_level_is_set_for_each_company(self):
        company = self.env["res.company"].create({"name": "Quiet"})
        settings = self.env["res.config.settings"].with_company(company)

        self.assertEqual(company.contact_history_level, "metadata")
        with Form(settings) as form:
            form.contact_history_level = "existence"
        form.record.execute()

        self.assertEqual(company.contact_history_level, "existence")
        self.assertEqual(self.env.company.contact_history_level, "metadata")

    def test_administrators_are_managers(self):
        for login in ("base.user_admin", "base.user_root"):
            user = self.env.ref(login)
            self.assertTrue(
                user.has_group("contact_history.contact_history_group_manager")
            )

    def test_levels_are_those_of_the_ladder(self):
        field = self.env["res.company"]._fields["contact_history_level"]

        self.assertEqual([level for level, _label in field.selection], list(LEVELS))
