from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_check import letter
from .test_check_policy import PolicyCommon

MAIL = letter("Katrin Vogel", "buying@hidden.example")


@tagged("post_install", "-at_install")
class TestCheckTours(PolicyCommon, HttpCase):
    """The live check in a real browser, as the weakest seller."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.root | cls.warszawa | cls.krakow | cls.gdansk
        # The client would ask a service on the internet about them.
        companies.iap_enrich_auto_done = True
        companies.partner_id.country_id = cls.poland
        cls.root.offer_conflict_manager_id = cls.manager

    def _tour(self, path, name):
        self.start_tour(f"/odoo/{path}", name, login=self.ewa.login, timeout=120)

    def _made(self):
        return self.env["res.partner"].search([("create_uid", "=", self.ewa.id)])

    def test_customer_that_exists_is_used(self):
        self._tour("sales/new", "offer_repository_check_use")

        self.assertFalse(self._made())

    def test_typing_name_and_city_finds_the_customer(self):
        self.customer.write({"street": "ul. Żeromskiego 12", "city": "Radom"})
        self._tour("sales/new", "offer_repository_check_typing")

        self.assertFalse(self._made())

    def test_other_branch_is_asked_and_the_card_judged(self):
        self._tour("contacts/new", "offer_repository_check_ask")

        activities = self._activities(self.marta)
        self.assertIn("Shall we visit them together?", str(activities.mapped("note")))
        request = self.env["offer.handover.request"].search([])
        self.assertEqual(request.customer_id, self.hidden)
        pair = self.env["offer.partner.match"].search(
            [("right_partner_id", "=", self._made().id)]
        )
        self.assertEqual(pair.judgement, "different")
        self.assertEqual(pair.judgement_reason, "Another town, another owner")

    def test_lead_that_a_mail_made_shows_whose_customer_it_is(self):
        lead_id = (
            self.env["mail.thread"]
            .with_company(self.krakow)
            .message_process(
                "crm.lead",
                MAIL,
                custom_values={
                    "company_id": self.krakow.id,
                    "user_id": self.ewa.id,
                    "type": "opportunity",
                },
            )
        )
        self._tour(f"crm/{lead_id}", "offer_repository_check_lead")

        self.assertIn("shall we answer?", self._activities(self.marta).note)

    @mute_logger("odoo.http")
    def test_reason_is_asked_for_and_what_was_typed_is_saved(self):
        self._rule("reason")
        self._tour("contacts/new", "offer_repository_check_reason")

        row = self._rows().filtered(lambda row: row.state == "done")
        self.assertEqual(row.partner_id, self._made())
        self.assertEqual(row.reason, "Another plant of theirs")

    @mute_logger("odoo.http")
    def test_quotation_goes_out_once_the_reason_is_given(self):
        self._rule("reason", "quotation")
        order = self._make_order(self.ewa)
        self._tour(f"sales/{order.id}", "offer_repository_check_quotation")

        self.assertEqual(order.state, "sent")
        self.assertEqual(self._rows().mapped("state"), ["done"])
