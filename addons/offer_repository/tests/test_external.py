from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.contact_history.timeline import Filters

from ..models.offer_document_reader import OfferDocumentReader
from ..reading import Reading
from .common_external import ExternalCommon


@tagged("post_install", "-at_install")
class TestExternal(ExternalCommon):
    """A file becomes an offer of the archive, confirmed by the weakest seller."""

    def test_values_are_read_from_the_file_and_filled_in(self):
        item = self._upload()

        self.assertEqual(item.external_number, "OF/17/2026")
        self.assertEqual(item.date, date(2026, 11, 5))
        self.assertEqual(item.date_valid_until, date(2030, 12, 31))
        self.assertEqual((item.amount_untaxed, item.amount_total), (80000, 98400))
        self.assertEqual(item.currency_id, self.currency)
        [total] = [one for one in item.proposals if one["field"] == "amount_total"]
        self.assertEqual(total["snippet"], "Razem brutto: 98 400,00 EUR")
        self.assertGreater(total["confidence"], 0.8)

    def test_customer_is_proposed_by_the_matching(self):
        self.warszawa.country_id = self.env.ref("base.pl")
        self.customer.vat = "PL5252248481"
        item = self._upload(self._pdf("Oferta", "NIP 525-224-84-81", "Razem 5,00 EUR"))

        self.assertEqual(item.partner_id, self.customer)

    def test_taken_document_is_an_offer_with_the_exact_bytes(self):
        data = self._pdf()
        offer = self._external_offer(data=data)

        self.assertEqual((offer.name, offer.origin), ("OF/17/2026", "upload"))
        self.assertEqual((offer.state, offer.user_id), ("sent", self.anna))
        self.assertEqual(offer.amount_total, 98400)
        self.assertTrue(offer.is_live)
        self.assertFalse(offer.order_id)
        revision = offer.current_revision_id
        self.assertEqual(revision.document_ids.raw, data)
        self.assertEqual(revision.reason, "uploaded")
        payload = revision._payload_value()
        self.assertEqual(payload["format"], "offer-revision/3")
        self.assertEqual(payload["offer"]["external_number"], "OF/17/2026")
        self.assertNotIn(self.customer.name, revision.payload)
        self.assertIn("Razem brutto", revision.document_text)
        self.assertIntact()

    def test_offer_is_read_by_its_seller_and_no_other(self):
        offer = self._external_offer()

        self.assertTrue(offer.with_user(self.anna).has_access("read"))
        for other in (self.piotr, self.ewa):
            self.assertFalse(offer.with_env(self._as(other)).has_access("read"))

    def test_document_without_number_gets_one(self):
        offer = self._external_offer(self.anna, self._pdf("Razem brutto: 5,00 EUR"))

        self.assertRegex(offer.name, r"^EXT/\d{4}/\d{4}$")
        self.assertFalse(offer.external_number)
        self.assertIntact()

    def test_missing_values_are_named(self):
        item = self._upload(self._pdf("Hello"))

        with self.assertRaisesRegex(UserError, "Customer, Total"):
            item.action_take()
        item.write({"amount_total": 5, "amount_untaxed": 6})
        item.partner_id = self.customer
        with self.assertRaisesRegex(UserError, "is above the total"):
            item.action_take()
        item.amount_untaxed = 5
        item.date_valid_until = date(2020, 1, 1)
        with self.assertRaisesRegex(UserError, "valid until 2020-01-01"):
            item.action_take()

    def test_same_bytes_are_recognised(self):
        first = self._upload()
        second = self._upload()

        self.assertFalse(first.twin_text)
        self.assertIn("waits here already", second.twin_text)
        self._take(first)
        second.invalidate_recordset()
        self.assertIn("in the archive already, with offer OF/17/2026", second.twin_text)
        colleague = self._upload(user=self.piotr)
        self.assertIn("A colleague of your branch", colleague.twin_text)
        elsewhere = self._upload(user=self.ewa)
        self.assertFalse(elsewhere.twin_text)

    def test_same_number_is_a_new_revision_or_nothing_new(self):
        offer = self._external_offer()
        again = self._take(self._upload())
        self.assertEqual(again, offer)
        self.assertEqual(offer.revision_count, 1)

        cheaper = self._pdf("Oferta nr of/17/2026", "Razem brutto: 90 000,00 EUR")
        self.assertEqual(self._take(self._upload(cheaper)), offer)

        self.assertEqual(offer.revision_count, 2)
        self.assertEqual(offer.amount_total, 90000)
        self.assertTrue(offer.current_revision_id.is_material)
        self.assertIntact()

    def test_number_of_a_colleague_is_refused_without_telling_more(self):
        self._external_offer(self.piotr)
        item = self._upload()
        item.partner_id = self.customer

        with self.assertRaisesRegex(UserError, "An offer of a colleague") as caught:
            item.action_take()
        self.assertNotIn("Piotr", str(caught.exception))

    def test_same_number_in_another_branch_is_another_offer(self):
        offer = self._external_offer()
        other = self._external_offer(self.ewa)

        self.assertNotEqual(offer, other)
        self.assertEqual(other.company_id, self.krakow)
        self.assertIntact(self.krakow)

    def test_discarded_and_brought_back(self):
        item = self._upload()

        action = item.action_discard()
        self.assertEqual(item.state, "discarded")
        self.assertEqual(action["params"]["undo_ids"], item.ids)
        with self.assertRaisesRegex(UserError, "sorted by somebody else"):
            item.action_take()

        item.action_bring_back()
        self.assertEqual(item.state, "new")

    def test_the_next_document_follows(self):
        older = self._upload(self._pdf("Razem 1,00 EUR"))
        newer = self._upload(self._pdf("Razem 2,00 EUR"))

        action = newer.action_discard()

        self.assertEqual(action["params"]["next_id"], older.id)
        self.assertFalse(older.action_discard()["params"]["next_id"])

    def test_document_that_was_changed_is_not_taken(self):
        item = self._upload()
        item.sudo().document_ids.raw = self._pdf("Razem brutto: 1,00 EUR")
        item.partner_id = self.customer

        with self.assertRaisesRegex(UserError, "was changed after it had come in"):
            item.action_take()

    def test_cron_expires_external_offers(self):
        offer = self._external_offer(
            date=date(2020, 1, 1), date_valid_until=date(2020, 2, 1)
        )
        with self.enter_registry_test_mode():
            self.env.ref(
                "offer_repository.ir_cron_offer_offer_expire"
            ).method_direct_trigger()

        self.env.invalidate_all()
        self.assertEqual(offer.state, "expired")
        self.assertIntact()

    def test_two_branches_are_in_conflict_and_get_cards(self):
        self._external_offer(self.ewa)
        self._external_offer()

        conflicts = self.env["offer.conflict"].search([])
        self.assertEqual(conflicts.offer_ids.company_id, self.warszawa | self.krakow)
        answer = self._as(self.anna)["offer.check"].check_customer(
            {"model": "offer.intake", "partner_id": self.customer.id}
        )
        self.assertEqual(answer["cards"][0]["branch"], self.krakow.name)
        self.assertFalse(answer["policy"])

    def test_timeline_shows_external_offers(self):
        self._external_offer()

        entries = self._as(self.anna)["contact.history.source.offer"]._read_entries(
            self.customer, None, 10, Filters()
        )

        self.assertEqual(entries[0]["subject"], "OF/17/2026, revision 1")


@tagged("post_install", "-at_install")
class TestUnreadable(ExternalCommon):
    """Files that cannot be read: kept with a mark, or refused, by policy."""

    def test_encrypted_file_is_kept_with_a_mark_and_can_be_archived(self):
        data = self._pdf(password="secret")
        item = self._upload(data)

        self.assertEqual(item.problem, "encrypted")
        self.assertIn("protected by a password", item.problem_text)
        offer = self._take(item, amount_total=5)
        self.assertEqual(offer.current_revision_id.document_ids.raw, data)
        self.assertEqual(
            offer.current_revision_id.document_text_ids.problem, "encrypted"
        )
        self.assertIntact()

    def test_policy_refuses_with_the_reason(self):
        self.warszawa.offer_unreadable_policy = "refuse"
        cases = {
            "Oferta.pdf": (self._pdf(password="x"), "password"),
            "b.pdf": (b"%PDF-1.4 broken", "damaged"),
            "c.pdf": (b"MZ program", "not what its name says"),
            "d.zip": (b"PK\x03\x04", "damaged"),
            "e.txt": (b"text", "cannot be read"),
            "f.pdf": (b"", "empty"),
        }
        for name, (data, reason) in cases.items():
            with self.subTest(name=name):
                item, refusal = self.intakes._upload(name, data, self.warszawa)
                self.assertFalse(item)
                self.assertIn(reason, refusal)
        self.assertFalse(self.intakes.search([]))

    def test_policy_set_later_stops_what_waits(self):
        item = self._upload(self._pdf(password="secret"))
        item.write({"partner_id": self.customer.id, "amount_total": 5})
        self.warszawa.offer_unreadable_policy = "refuse"

        with self.assertRaisesRegex(UserError, "refuses “Oferta.pdf”"):
            item.action_take()

    def test_html_is_never_kept_as_html(self):
        item = self._upload(b"<html><script>alert(1)</script></html>", "a.pdf")

        self.assertEqual(item.sudo().document_ids.mimetype, "text/plain")

    def test_a_reader_that_hangs_or_dies_is_given_up(self):
        reader = self.env["offer.document.reader"]
        with patch.object(
            OfferDocumentReader, "_run", lambda self, name, data: _Killed()
        ):
            self.assertEqual(reader._read_file("a.pdf", b"%PDF-"), _broken())
        with patch(
            "odoo.addons.offer_repository.models.offer_document_reader._SECONDS", 0
        ):
            found = reader._read_file("a.pdf", self._pdf())
        self.assertEqual((found.problem, found.kind), ("timeout", "pdf"))

    def test_every_code_has_a_text(self):
        from ..reading import NOTES, UNREADABLE

        texts = self.env["offer.document.reader"]._problem_texts()
        self.assertEqual(texts.keys(), UNREADABLE | NOTES)


class _Killed:
    returncode = -9
    stdout = b""


def _broken():
    return Reading("pdf", "application/pdf", problem="broken")
