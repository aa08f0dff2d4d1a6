from odoo.tests import HttpCase, tagged

from .common import ContactHistoryCase


@tagged("post_install", "-at_install", "-standard", "contact_history_channels")
class TestChannelsForm(HttpCase, ContactHistoryCase):
    """Forms of the website, sent by a visitor without any rights."""

    def _send(self, model, **values):
        answer = self.url_open(f"/website/form/{model}", data=values)
        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()
        record = self.env[model].browse(answer.json()["id"])
        return record, self.env["contact.interaction"].search(
            [("res_model", "=", model), ("res_id", "=", record.id)]
        )

    def _ask(self, **values):
        return self._send(
            "crm.lead",
            **{
                "name": "Oak door",
                "contact_name": "Mary",
                "email_from": "mary@mill.example",
                "description": "Is it in stock?",
                **values,
            },
        )

    def test_form_of_a_customer_is_a_contact_that_waits(self):
        lead, row = self._ask()

        self.assertEqual(len(row), 1)
        self.assertEqual((row.channel, row.direction), ("web_form", "incoming"))
        self.assertEqual(row.partner_id, self.contact)
        self.assertEqual(row.subject, lead.display_name)
        self.assertIn("Is it in stock?", row.preview)
        self.assertEqual(row.response_role, "asks")
        self.assertEqual(row.company_id, lead.company_id)

    def test_sender_of_a_form_becomes_known_with_the_lead(self):
        lead, row = self._ask(email_from="new@nowhere.example")
        self.assertFalse(row.partner_id)
        self.assertEqual(row.address_normalized, "new@nowhere.example")

        lead.partner_id = self.env["res.partner"].create(
            {"name": "New", "email": "new@nowhere.example"}
        )
        self.env["contact.partner.upkeep"]._catch_up()

        self.assertEqual((row.partner_id, row.certainty), (lead.partner_id, "known"))

    def test_customer_said_on_the_lead_with_another_address_is_a_maybe(self):
        lead, row = self._ask(email_from="new@nowhere.example")
        lead.write({"partner_id": self.customer.id, "email_from": "x@y.example"})

        self.env["contact.history.follower"]._assign_by_document()

        self.assertEqual((row.partner_id, row.certainty), (self.customer, "maybe"))

    def test_form_that_only_mails_is_a_contact_of_the_visitor(self):
        company = self.env["website"].search([], limit=1).company_id
        company.email = "info@meridian.example"
        mail, row = self._send(
            "mail.mail",
            subject="Opening hours",
            email_from="mary@mill.example",
            description="When do you open?",
            website_form_signature="",
        )

        self.assertEqual((row.channel, row.direction), ("web_form", "incoming"))
        self.assertEqual(row.partner_id, self.contact)
        self.assertFalse(
            self.env["contact.interaction"].search(
                [("message_id", "=", mail.mail_message_id.id)]
            )
        )

    def test_lead_typed_in_by_a_colleague_is_no_contact(self):
        lead = self.env["crm.lead"].create(
            {"name": "By hand", "email_from": "mary@mill.example"}
        )

        self.assertFalse(
            self.env["contact.interaction"].search(
                [("res_model", "=", "crm.lead"), ("res_id", "=", lead.id)]
            )
        )
