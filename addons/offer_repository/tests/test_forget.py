import base64
import io
import json
import zipfile

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestForget(OfferCommon):
    """A manager has the archive forget a person; the chain goes on verifying."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._make_seller(
            "officer.test",
            cls.warszawa | cls.krakow,
            groups="base.group_user,contact_history.contact_history_group_privacy",
        )
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
        user = user or self.officer
        action = (partner or self.person).with_user(user).action_contact_erasure()
        return self.env["contact.erasure"].with_user(user).browse(action["res_id"])

    def _counts(self, erasure):
        """Return {reason: count} of what the archive holds."""
        counts = {}
        for line in erasure.line_ids:
            if line.section_code.startswith("archived_"):
                counts[line.reason] = counts.get(line.reason, 0) + line.count
        return counts

    def assertIntact(self):
        self.env.invalidate_all()
        self.assertEqual(self.env["offer.revision"]._verify_company(self.warszawa), [])

    def test_preview_tells_what_goes_and_changes_nothing(self):
        forget = self._preview()

        self.assertEqual(self._counts(forget), {False: 3})
        self.assertEqual(self.old.revision_ids.customer_name, "Jan Kowalski")

    def test_everything_of_the_person_goes_and_the_chain_verifies(self):
        revision = self.old.revision_ids

        self._preview().action_erase()

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

    def test_search_forgets_with_the_archive(self):
        for change in (
            lambda: self.held.revision_ids._forget_fields(["customer.name"]),
            lambda: self.held.revision_ids._purge_documents(),
        ):
            touched = self.env["offer.search.queue"]._noted()[0]
            touched.clear()
            change()
            self.assertIn(self.held.id, touched)

    def test_who_forgot_what_is_an_event(self):
        self._preview().action_erase()

        events = self.held.event_ids.filtered(lambda one: one.code == "forgotten")
        self.assertEqual(events.user_name, self.officer.name)
        self.assertIn("customer.name", events.detail)

    def test_legal_hold_open_offers_and_the_term_keep_it(self):
        self.warszawa.offer_retention_years = 10
        self.held._hold("Case 4 C 12/26")
        gone = self._make_old_offer()
        gone._set_state("lost", only_from=("sent",))
        young = self._make_sent_offer(self.anna, partner=self.person)
        lost = self._make_sent_offer(self.anna, partner=self.person)
        lost._set_state("lost", only_from=("sent",))

        forget = self._preview()

        counts = self._counts(forget)
        self.assertLessEqual({"hold", "open", "law", False}, counts.keys())
        terms = forget.line_ids.filtered(
            lambda line: line.reason == "law" and line.section_code == "archived_offers"
        )
        until = terms.until
        self.assertEqual(until.year, lost.date_last_sent.year + 10)
        forget.action_erase()
        self.assertFalse(gone.revision_ids.customer_name)
        for offer in (self.held, young, lost):
            self.assertEqual(offer.revision_ids.customer_name, "Jan Kowalski")
        todo = self.person.activity_ids
        self.assertEqual(todo.date_deadline, until)
        self.assertEqual(todo.user_id, self.officer)
        self.assertIntact()

    def test_sent_again_lately_keeps_it_for_the_term(self):
        self.warszawa.offer_retention_years = 10

        forget = self._preview()

        counts = self._counts(forget)
        self.assertEqual(counts, {"law": 2, False: 1})

    def test_hold_of_the_customer_keeps_the_archive_too(self):
        self.env["contact.hold"].create(
            {"partner_id": self.person.id, "reason": "Case 1"}
        )

        forget = self._preview()

        self.assertEqual(self._counts(forget), {"hold": 3})
        self.assertFalse(forget.going_count)
        with self.assertRaisesRegex(UserError, "has to stay|have to stay|to stay"):
            forget.action_erase()
        self.warszawa.offer_retention_years = 1
        revisions = self.env["offer.revision"]
        purgeable = revisions._domain_purgeable(self.warszawa)
        self.assertFalse(revisions.search(purgeable))

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
        forget.action_erase()

        revision = offer.revision_ids
        self.assertFalse(revision.contact_name)
        self.assertEqual(revision.customer_name, self.customer.name)
        self.assertNotIn("ewa@lacznik.example", revision.personal)
        self.assertEqual(self.other.revision_ids.customer_name, self.customer.name)
        self.assertTrue(self.other.revision_ids._personal_values()["message.subject"])
        self.assertIntact()

    def test_forgotten_contact_can_be_deleted(self):
        self._preview().action_erase()
        orders = (self.old | self.held).order_id.sudo()
        orders._action_cancel()
        orders.unlink()

        self.person.unlink()

        self.assertFalse(self.person.exists())
        self.assertFalse(self.old.partner_id)
        self.assertIntact()

    def test_only_data_protection_erases_and_only_in_its_branches(self):
        for user in (self.anna, self.ewa, self.manager):
            with self.assertRaises(AccessError):
                self._preview(user=user)
        stranger = self._make_seller(
            "boss.test",
            self._make_company("Elsewhere Ltd."),
            groups="base.group_user,contact_history.contact_history_group_privacy",
        )
        forget = self._preview(user=stranger)
        self.assertFalse(self._counts(forget))

    def test_record_stays_as_long_as_invoices_have_to(self):
        self.old.order_id.sudo().write({"state": "sale", "date_order": "2020-05-05"})
        self.warszawa.offer_accounting_years = 100

        forget = self._preview()
        forget.action_erase()

        line = forget.line_ids.filtered(
            lambda one: one.section_code == "person" and one.reason == "law"
        )
        self.assertEqual(str(line.until), "2120-05-05")
        self.assertEqual(self.person.name, "Jan Kowalski")
        self.assertFalse(self.old.revision_ids.customer_name)

    def test_access_request_has_offers_and_their_documents(self):
        request = self.env["contact.access.request"].with_user(self.officer)
        request = request._ask(self.person.with_user(self.officer))

        content = base64.b64decode(request.with_context(bin_size=False).file)
        bundle = zipfile.ZipFile(io.BytesIO(content))
        sections = {
            section["code"]: section["rows"]
            for section in json.loads(bundle.read("data.json"))["sections"]
        }
        numbers = {row["number"] for row in sections["offers"]}
        self.assertEqual(numbers, set((self.old | self.held).mapped("name")))
        documents = {bundle.read(row["files"][0]) for row in sections["offers"]}
        self.assertEqual(
            documents,
            set((self.old | self.held).revision_ids.document_ids.mapped("raw")),
        )
        self.assertIn("Jan Kowalski", sections["archived_offers"][0]["values"])
        self.assertNotIn(self.other.name, bundle.read("data.json").decode())
