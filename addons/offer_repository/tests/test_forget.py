from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestForget(OfferCommon):
    """A manager has the archive forget a person; the chain goes on verifying."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._make_customer(
            "Jan Kowalski", is_company=False, email="jan@kowalski.example"
        )
        cls.old, cls.held = cls._make_old_offer(), cls._make_old_offer()
        cls.old.order_id.with_env(cls._as(cls.anna)).message_post(
            body="Once more",
            attachment_ids=cls._make_attachment(
                cls.anna, data=cls.old.revision_ids.document_ids.raw
            ).ids,
            partner_ids=cls.person.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        (cls.old | cls.held)._set_state("lost", only_from=("sent",))
        cls.other = cls._make_sent_offer(cls.anna)

    @classmethod
    def _make_old_offer(cls):
        with freeze_time("2010-01-15 10:00:00"):
            return cls._make_sent_offer(
                cls.anna, partner=cls.person, validity_date="2010-02-15"
            )

    def _preview(self, partner=None, user=None):
        partner = (partner or self.person).with_env(self._as(user or self.manager))
        action = partner.action_forget_in_offers()
        return partner.env["offer.partner.forget"].browse(action["res_id"])

    def assertIntact(self):
        self.env.invalidate_all()
        self.assertEqual(self.env["offer.revision"]._verify_company(self.warszawa), [])

    def test_preview_tells_what_goes_and_changes_nothing(self):
        forget = self._preview()

        self.assertEqual((forget.going_count, forget.staying_count), (3, 0))
        self.assertTrue(forget.with_documents)
        self.assertIn("customer", forget.line_ids[0].what)
        self.assertEqual(self.old.revision_ids.customer_name, "Jan Kowalski")
        self.assertEqual(forget.line_ids.offer_id, (self.old | self.held))

    def test_everything_of_the_person_goes_and_the_chain_verifies(self):
        revision = self.old.revision_ids

        self._preview().action_forget()

        self.env.invalidate_all()
        rows = (*self.old.revision_ids, *self.old.event_ids)
        text = "".join(row.personal + row.payload for row in rows)
        self.assertNotIn("Kowalski", text)
        self.assertNotIn("kowalski", text)
        self.assertFalse(revision.document_ids)
        self.assertEqual(revision.salesperson_name, "Anna Test")
        self.assertEqual(revision.amount_total, 80000)
        self.assertEqual(self.other.revision_ids.customer_name, self.customer.name)
        self.assertIntact()

    def test_who_forgot_what_is_an_event(self):
        self._preview().action_forget()

        events = self.held.event_ids.filtered(lambda one: one.code == "forgotten")
        self.assertEqual(events.user_name, self.manager.name)
        self.assertIn("customer.name", events.detail)
        self.assertIn("forgotten: 3 entries", self.person.message_ids[0].body)

    def test_legal_hold_open_offers_and_the_term_keep_it(self):
        self.warszawa.offer_retention_years = 10
        self.held._hold("Case 4 C 12/26")
        gone = self._make_old_offer()
        gone._set_state("lost", only_from=("sent",))
        young = self._make_sent_offer(self.anna, partner=self.person)
        lost = self._make_sent_offer(self.anna, partner=self.person)
        lost._set_state("lost", only_from=("sent",))

        forget = self._preview()

        reasons = {line.offer_id: line.reason for line in forget.line_ids}
        self.assertEqual(reasons[self.held], "hold")
        self.assertEqual(reasons[young], "open")
        self.assertEqual(reasons[lost], "term")
        term = forget.line_ids.filtered(lambda line: line.offer_id == lost)
        self.assertEqual(term.date_until.year, lost.date_last_sent.year + 10)
        forget.action_forget()
        self.assertFalse(gone.revision_ids.customer_name)
        for offer in (self.held, young, lost):
            self.assertEqual(offer.revision_ids.customer_name, "Jan Kowalski")
        todo = self.person.activity_ids
        self.assertEqual(todo.date_deadline, term.date_until)
        self.assertEqual(todo.user_id, self.manager)
        self.assertIntact()

    def test_sent_again_lately_keeps_it_for_the_term(self):
        self.warszawa.offer_retention_years = 10

        forget = self._preview()

        reasons = {line.offer_id: line.reason for line in forget.line_ids}
        self.assertEqual(reasons[self.old], "term")
        self.assertFalse(reasons[self.held])

    def test_nothing_to_forget_is_said_with_the_way_out(self):
        self.held._hold("Case 1")
        self.old._hold("Case 1")

        with self.assertRaisesRegex(UserError, "why it has to stay"):
            self._preview().action_forget()

    def test_contact_of_a_company_goes_and_the_company_stays(self):
        contact = self.env["res.partner"].create(
            {
                "name": "Ewa Zielińska",
                "parent_id": self.customer.id,
                "email": "ewa@lacznik.example",
            }
        )
        offer = self._make_sent_offer(self.anna, partner=contact)
        offer._set_state("lost", only_from=("sent",))
        self.other._set_state("lost", only_from=("sent",))

        forget = self._preview(contact)
        self.assertTrue(forget.is_contact)
        self.assertFalse(forget.with_documents)
        forget.action_forget()

        revision = offer.revision_ids
        self.assertFalse(revision.contact_name)
        self.assertEqual(revision.customer_name, self.customer.name)
        self.assertNotIn("ewa@lacznik.example", revision.personal)
        self.assertEqual(self.other.revision_ids.customer_name, self.customer.name)
        self.assertTrue(self.other.revision_ids._personal_values()["message.subject"])
        self.assertIntact()

    def test_forgotten_contact_can_be_deleted(self):
        self._preview().action_forget()
        orders = (self.old | self.held).order_id.sudo()
        orders._action_cancel()
        orders.unlink()

        self.person.unlink()

        self.assertFalse(self.person.exists())
        self.assertFalse(self.old.partner_id)
        self.assertIntact()

    def test_only_managers_forget_and_only_in_their_tree(self):
        for user in (self.anna, self.ewa):
            with self.assertRaises(AccessError):
                self._preview(user=user)
            with self.assertRaises(AccessError):
                self._as(user)["offer.partner.forget"].create(
                    {"partner_id": self.person.id}
                )
        stranger = self._make_seller(
            "boss.test",
            self._make_company("Elsewhere Ltd."),
            groups="offer_repository.offer_repository_group_manager",
        )
        self.assertFalse(self._preview(user=stranger).line_ids)

    def test_lines_of_the_preview_cannot_be_bent(self):
        forget = self._preview()

        with self.assertRaises(AccessError):
            forget.line_ids[0].write({"offer_id": self.other.id})
