from odoo.tests import tagged

from .test_check import NIP, NOTHING, CheckCommon, letter

MAIL = letter("Jan Nowak", "zakupy@lacznik.example")


@tagged("post_install", "-at_install")
class TestCheckLead(CheckCommon):
    """Leads, typed or made by a mail, are checked as customers are."""

    def _ask(self, lead, **values):
        told = {
            "name": lead.partner_name or lead.contact_name,
            "email": lead.email_from,
            "phone": lead.phone,
            "partner_id": lead.partner_id.id,
        }
        check = self._as(self.ewa)["offer.check"]
        return check.check_customer(
            {"model": "crm.lead", "res_id": lead.id, **told, **values}
        )

    def _lead(self, **values):
        return self._as(self.ewa)["crm.lead"].create({"name": "Lathe", **values})

    def test_what_a_lead_tells_finds_the_customer(self):
        lead = self._lead(partner_name="Lacznik", email_from="zakupy@lacznik.example")
        [card] = self._ask(lead)["cards"]

        self.assertEqual(card["branch"], "Meridian Warszawa")

    def test_customer_of_a_lead_is_asked_about(self):
        lead = self._lead(partner_id=self.customer.id)

        self.assertEqual(self._branches(self._ask(lead)), ["Meridian Warszawa"])

    def test_lead_made_by_a_mail_shows_the_card_on_opening(self):
        leads = self.env["crm.lead"].with_company(self.krakow)
        thread = self.env["mail.thread"].with_company(self.krakow)
        lead_id = thread.message_process("crm.lead", MAIL, custom_values={
            "company_id": self.krakow.id, "user_id": self.ewa.id
        })  # fmt: skip
        lead = leads.browse(lead_id)
        self.assertIn("zakupy@lacznik.example", lead.email_from)

        answer = self._ask(lead, name="", vat=NIP)
        self.assertEqual(self._branches(answer), ["Meridian Warszawa"])

    def test_mail_of_another_branchs_customer_becomes_a_lead(self):
        """Odoo would refuse the lead, and with it the mail."""
        self.customer.company_id = self.warszawa
        team = self.env["crm.team"].create(
            {"name": "Kraków", "company_id": self.krakow.id}
        )
        for number, values in enumerate(
            (
                {"team_id": team.id},
                {"company_id": self.krakow.id},
                {"user_id": self.ewa.id},
            )
        ):
            mail = MAIL.replace("<lathe@", f"<lathe{number}@")
            with self.subTest(values=values):
                lead_id = self.env["mail.thread"].message_process(
                    "crm.lead", mail, custom_values=values
                )
                lead = self._as(self.ewa)["crm.lead"].browse(lead_id)
                self.assertFalse(lead.partner_id)
                self.assertIn("zakupy@lacznik.example", lead.email_from)
                self.assertEqual(self._branches(self._ask(lead)), ["Meridian Warszawa"])

    def test_record_of_the_leads_branch_is_taken(self):
        self.customer.company_id = self.warszawa
        own = self._make_customer("Lacznik Kraków", company_id=self.krakow.id)
        lead_id = self.env["mail.thread"].message_process(
            "crm.lead", MAIL, custom_values={"company_id": self.krakow.id}
        )
        lead = self.env["crm.lead"].browse(lead_id)

        self.assertEqual(lead.partner_id, own)
        self.assertEqual(lead.message_ids.author_id, own)

    def test_answer_of_another_branchs_customer_opens_without_an_error(self):
        self.customer.company_id = self.warszawa
        lead = self._lead(company_id=self.krakow.id)
        answer = MAIL.replace("<lathe@", "<answer@")
        self.env["mail.thread"].message_process("crm.lead", answer, thread_id=lead.id)
        message = lead.message_ids[:1]

        self.assertFalse(message.sudo().author_id)
        self.cr.flush()
        self.env["contact.history.queue"]._catch_up()
        contact = self.env["contact.interaction"].search(
            [("message_id", "=", message.id)]
        )
        self.assertEqual(contact.partner_id, self.customer)
        self.assertIn("zakupy@lacznik.example", message.email_from)
        self.env.invalidate_all()
        # What opening the document asks for.
        found = lead._message_get_suggested_recipients(reply_discussion=True)
        self.assertNotIn(self.customer.id, [one["partner_id"] for one in found])

    def test_mail_of_an_own_or_shared_customer_keeps_him(self):
        for company in (self.krakow, self.root, self.env["res.company"]):
            self.customer.company_id = company
            mail = MAIL.replace("<lathe@", f"<lathe{company.id}@")
            lead_id = self.env["mail.thread"].message_process(
                "crm.lead", mail, custom_values={"company_id": self.krakow.id}
            )
            with self.subTest(company=company.name):
                lead = self.env["crm.lead"].browse(lead_id)
                self.assertEqual(lead.partner_id, self.customer)

    def test_branch_of_the_lead_counts(self):
        both = self._make_seller("both.test", self.krakow | self.warszawa)
        env = self.env(
            user=both,
            context={"allowed_company_ids": (self.krakow | self.warszawa).ids},
        )
        lead = env["crm.lead"].create(
            {"name": "Lathe", "company_id": self.warszawa.id, "user_id": both.id}
        )
        answer = env["offer.check"].check_customer(
            {"model": "crm.lead", "res_id": lead.id, "partner_id": self.customer.id}
        )

        self.assertEqual(answer["cards"], [])

    def test_lead_about_somebody_unknown_gives_nothing(self):
        lead = self._lead(partner_name="Piekarnia Obwarzanek", phone="12 999 88 77")

        self.assertEqual(self._ask(lead), NOTHING)

    def test_similar_leads_are_those_that_the_reader_may_open(self):
        def lead_of(user):
            told = {"name": "Lathe", "email_from": "a@tokarki.example"}
            return self._as(user)["crm.lead"].create(told)

        foreign = lead_of(self.anna)
        own = lead_of(self.ewa)
        self.env.invalidate_all()
        self.assertEqual(own.duplicate_lead_count, 0)
        self.assertEqual(
            own.read(["duplicate_lead_ids"])[0]["duplicate_lead_ids"], own.ids
        )

        second = lead_of(self.ewa)
        self.env.invalidate_all()
        self.assertEqual(own.duplicate_lead_count, 1)
        similar = own.action_show_potential_duplicates()["domain"]
        self.assertEqual(own.search(similar), own | second)
        seen_by_all = self.env["crm.lead"].browse(own.id)
        self.assertEqual(seen_by_all.duplicate_lead_ids, own | second | foreign)

    def test_form_has_the_check(self):
        arch = self._as(self.ewa)["crm.lead"].get_view(view_type="form")["arch"]

        self.assertIn('name="offer_check"', arch)
