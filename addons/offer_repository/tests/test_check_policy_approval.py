from odoo.fields import Command
from odoo.tests import Form, tagged

from .test_check_policy import PolicyCommon


@tagged("post_install", "-at_install")
class TestCheckApproval(PolicyCommon):
    """What a seller typed waits for the manager's answer."""

    def _approved(self, call):
        token = self._stopped(call).context["token"]
        self._as(self.ewa)["offer.check.override"].request_approval(token, "Please")
        row = self._rows().filtered(lambda row: row.state == "asked")
        row.with_env(self._as(self.manager)).action_approve()
        return row.with_env(self._as(self.ewa))

    def test_nothing_of_the_form_is_lost_while_the_manager_thinks(self):
        self._rule("approval")
        self.root.offer_conflict_manager_id = self.manager
        tag = self.env["res.partner.category"].create({"name": "Fair"})
        typed = {
            "company_type": "company",
            "street2": "Hall 3",
            "comment": "<p>Met at the fair</p>",
            "category_id": [Command.link(tag.id)],
            "child_ids": [Command.create({"name": "Jan Nowak"})],
        }
        row = self._approved(lambda: self._create(is_company=False, **typed))
        context = row.action_continue()["context"]
        form = Form(row.env["res.partner"].with_context(**context))

        self.assertFalse(self._check(self.ewa, email="buying@hidden.example")["policy"])
        partner = form.save()
        self.assertTrue(partner.is_company)
        self.assertEqual((partner.street2, partner.category_id), ("Hall 3", tag))
        self.assertEqual(partner.child_ids.name, "Jan Nowak")
        self.assertIn("Met at the fair", partner.comment)
        self.assertFalse(row.sudo().typed)

    def test_approved_edit_changes_the_customer_and_makes_no_other(self):
        own = self._create(name="Kowalski Serwis", email="own@words.example")
        self._rule("approval")
        self.root.offer_conflict_manager_id = self.manager
        row = self._approved(lambda: own.write({"email": "buying@hidden.example"}))
        action = row.action_continue()

        self.assertEqual((action["res_model"], action["res_id"]), (own._name, own.id))
        self.assertEqual(own.email, "buying@hidden.example")
        self.assertEqual(row.state, "done")
