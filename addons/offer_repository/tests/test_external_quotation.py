import base64

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_external import MAILS, ExternalCommon


@tagged("post_install", "-at_install")
class TestExternalQuotation(ExternalCommon):
    """A mail about a quotation of Odoo goes on with its offer: none is made twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domains = cls.env["mail.alias.domain"]
        if not domains.search([("name", "=", "meridian.example")]):
            domains.create({"name": "meridian.example"})
        cls.env["offer.mailbox"].create(
            {"company_id": cls.warszawa.id, "alias_name": "offers.warszawa"}
        )
        cls.order = cls._make_order(cls.anna)
        cls.message = cls._send(cls.order)
        cls.offer = cls._offer_of(cls.order)

    def _receive(self, number="", document=None, headers="", **replaced):
        document = self._pdf("Oferta", "Warunki") if document is None else document
        data = (MAILS / "quotation.eml").read_bytes()
        values = {
            "NUMBER": number,
            "DOCUMENT": base64.encodebytes(document).decode(),
            "MIME-Version": f"{headers}MIME-Version",
            **replaced,
        }
        for before, after in values.items():
            data = data.replace(before.encode(), after.encode())
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, data)
        self.env.flush_all()
        return self.env["offer.intake"].search([])[:1]

    def _answering(self):
        return f"In-Reply-To: {self.message.sudo().message_id}\n"

    def _assert_is_revision(self, item):
        offers = self.env["offer.offer"].search([("company_id", "=", self.warszawa.id)])
        self.assertEqual(offers, self.offer)
        self.assertEqual((item.state, item.offer_id), ("taken", self.offer))
        self.assertEqual(self.offer.revision_count, 2)
        revision = self.offer.current_revision_id
        self.assertEqual((revision.reason, revision.is_material), ("mailed", False))
        self.assertEqual(revision.amount_total, self.order.amount_total)
        self.assertEqual(revision.line_ids.product_id, self.lathe)
        self.assertEqual(len(revision.document_ids), 2)
        people = revision._personal_values()
        self.assertIn("zakupy@lacznik.example", people["message.recipients"])
        self.assertIn("Oferta", people["message.subject"])
        self.assertEqual(revision.user_name, "Anna Test")
        self.assertIntact()

    def _assert_waits(self, item):
        self.assertEqual(item.state, "new")
        self.assertEqual(self.offer.revision_count, 1)
        self.assertEqual(
            self.env["offer.offer"].search_count(
                [("company_id", "=", self.warszawa.id), ("origin", "!=", "quotation")]
            ),
            0,
        )

    # ------------------------------------------------------------------
    # Certain
    # ------------------------------------------------------------------

    def test_number_in_the_subject(self):
        self._assert_is_revision(self._receive(self.order.name))

    def test_number_in_the_text(self):
        item = self._receive(rozmawialiśmy=f"rozmawialiśmy ({self.order.name}),")
        self._assert_is_revision(item)

    def test_answer_to_the_mail_that_odoo_sent(self):
        self._assert_is_revision(self._receive(headers=self._answering()))

    def test_same_bytes_of_the_document(self):
        document = self.offer.current_revision_id.document_ids[:1].raw
        self._assert_is_revision(self._receive(document=document))

    def test_the_same_mail_once_more_is_nothing_new(self):
        self._receive(self.order.name)
        self._receive(self.order.name)

        self.assertEqual(self.offer.revision_count, 2)

    def test_confirmed_quotation_stays_won(self):
        self.order.action_confirm()
        count = self.offer.revision_count
        item = self._receive(self.order.name)

        self.assertEqual((item.state, self.offer.state), ("taken", "won"))
        self.assertEqual(self.offer.revision_count, count + 1)
        self.assertIntact()

    def test_draft_that_odoo_never_sent_is_out_now(self):
        order = self._make_order(self.anna)
        item = self._receive(order.name)

        self.assertEqual(item.state, "taken")
        self.assertEqual(self._offer_of(order), item.offer_id)
        self.assertEqual(item.offer_id.current_revision_id.reason, "mailed")

    # ------------------------------------------------------------------
    # For a person to decide
    # ------------------------------------------------------------------

    def test_two_quotations_are_proposed_and_neither_is_taken(self):
        other = self._make_order(self.anna)
        item = self._receive(f"{self.order.name} {other.name}")

        self._assert_waits(item)
        self.assertFalse(item.quotation_id)
        proposed = [
            one["value"] for one in item.proposals if one["field"] == "quotation"
        ]
        self.assertEqual(set(proposed), {self.order.name, other.name})

        item = item.with_env(self._as(self.anna))
        item.quotation_id = self.order
        item.action_take()
        self.assertEqual(item.sudo().offer_id, self.offer)
        self.assertEqual(self.offer.revision_count, 2)

    def test_signs_that_contradict_each_other_wait(self):
        other = self._make_order(self.anna)
        self._assert_waits(self._receive(other.name, headers=self._answering()))

    def test_another_total_waits_and_both_are_named(self):
        item = self._receive(
            self.order.name, self._pdf("Oferta", "Razem brutto: 70 000,00 EUR")
        )

        self._assert_waits(item)
        self.assertEqual(item.quotation_id, self.order)
        self.assertIn("70,000.00", item.quotation_text)
        self.assertIn("80,000.00", item.quotation_text)

    def test_mail_to_somebody_else_waits(self):
        item = self._receive(self.order.name, **{"zakupy@lacznik": "info@supplier"})
        self._assert_waits(item)
        self.assertEqual(item.quotation_id, self.order)

    def test_cancelled_quotation_waits(self):
        self.order.action_cancel()
        self._assert_waits(self._receive(self.order.name))
        self.assertEqual(self.offer.state, "cancelled")

    # ------------------------------------------------------------------
    # Strangers
    # ------------------------------------------------------------------

    def test_stranger_never_adds_to_an_offer(self):
        for headers in (self._answering(), ""):
            item = self._receive(
                self.order.name,
                headers=headers,
                **{"anna.test@": "mallory@", "quotation.1": f"m{len(headers)}"},
            )
            self._assert_waits(item)
            self.assertFalse(item.user_id)

    def test_stranger_learns_nothing_by_the_bytes_of_a_document(self):
        document = self.offer.current_revision_id.document_ids[:1].raw
        item = self._receive(document=document, **{"anna.test@": "mallory@"})

        self._assert_waits(item)
        self.assertFalse(item.quotation_id)

    def test_seller_of_another_branch_is_a_stranger(self):
        for headers in (self._answering(), ""):
            item = self._receive(
                self.order.name, headers=headers, **{"anna.test@": "ewa.test@"}
            )
            self._assert_waits(item)

    def test_quotation_of_another_branch_is_not_found(self):
        foreign = self._make_order(self.ewa)
        sent = self._send(foreign)
        document = self._offer_of(foreign).current_revision_id.document_ids[:1].raw

        item = self._receive(
            foreign.name,
            document,
            headers=f"References: {sent.sudo().message_id}\n",
        )

        self.assertFalse(item.quotation_id)
        self.assertFalse([one for one in item.proposals if one["field"] == "quotation"])
        self.assertEqual(self._offer_of(foreign).revision_count, 1)

    def test_quotation_of_a_colleague_is_not_the_senders(self):
        theirs = self._make_order(self.piotr)
        self._send(theirs)
        item = self._receive(theirs.name)

        self.assertEqual((item.state, item.quotation_id.id), ("new", False))
        self.assertEqual(self._offer_of(theirs).revision_count, 1)
        with self.assertRaises(AccessError):
            item.with_env(self._as(self.anna)).quotation_id = theirs

    def test_nobodys_document_of_a_colleagues_quotation_cannot_be_taken(self):
        item = self._receive(self.order.name, **{"anna.test@": "mallory@"})
        self.assertEqual(item.quotation_id, self.order)
        theirs = item.with_env(self._as(self.piotr))

        self.assertIn("of a colleague", theirs.quotation_text)
        with self.assertRaises(AccessError):
            theirs.action_take()

    def test_quotation_is_not_taken_across_branches_by_hand(self):
        both = self._make_seller("both.test", self.warszawa | self.krakow)
        foreign = self._make_order(both, company=self.krakow)
        item = self._upload(user=both).with_context(
            allowed_company_ids=(self.warszawa | self.krakow).ids
        )
        item.quotation_id = foreign

        with self.assertRaisesRegex(Exception, "is not of Meridian Warszawa"):
            item.action_take()

    def test_quotation_of_the_item_follows_the_salesperson(self):
        self.anna.group_ids = [
            Command.link(self.env.ref("sales_team.group_sale_salesman_all_leads").id)
        ]
        theirs = self._make_order(self.piotr)
        item = self._receive(theirs.name)

        self.assertEqual((item.state, item.quotation_id), ("taken", theirs))
