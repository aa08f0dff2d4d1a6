from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_external import MAILS, ExternalCommon


@tagged("post_install", "-at_install")
class TestExternalMail(ExternalCommon):
    """Real mail files through the gateway."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].search(
            [("name", "=", "meridian.example")]
        ) or cls.env["mail.alias.domain"].create({"name": "meridian.example"})
        cls.mailbox = cls.env["offer.mailbox"].create(
            {
                "company_id": cls.warszawa.id,
                "alias_name": "offers.warszawa",
                "alias_domain_id": domain.id,
            }
        )

    def _receive(self, name, **replaced):
        data = (MAILS / f"{name}.eml").read_bytes()
        for before, after in replaced.values():
            data = data.replace(before, after)
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, data)
        self.env.flush_all()
        return self.env["offer.intake"].search([])[:1]

    def _offers(self):
        return self.env["offer.offer"].search([("company_id", "=", self.warszawa.id)])

    def test_bcc_of_our_own_mail_is_an_offer_at_once(self):
        item = self._receive("bcc")

        offer = self._offers()
        self.assertEqual((offer.origin, offer.name), ("mail", "OF/17/2026"))
        self.assertEqual((offer.partner_id, offer.user_id), (self.customer, self.anna))
        self.assertEqual((offer.amount_untaxed, offer.amount_total), (80000, 98400))
        self.assertEqual((item.state, item.offer_id), ("taken", offer))
        revision = offer.current_revision_id
        self.assertEqual(revision.reason, "mailed")
        self.assertEqual(len(revision.document_ids), 2)
        self.assertIn(b"Message-ID: <bcc.1@", revision.document_ids.sorted("id")[1].raw)
        people = revision._personal_values()
        self.assertEqual(people["message.subject"], "Oferta na tokarkę CX-400")
        self.assertIn("zakupy@lacznik.example", people["message.recipients"])
        self.assertEqual(revision.user_name, "Anna Test")
        self.assertTrue(offer.with_user(self.anna).has_access("read"))
        self.assertIntact()

    def test_reply_in_the_thread_is_a_revision(self):
        self._receive("bcc")
        self._receive("reply")

        offer = self._offers()
        self.assertEqual(offer.revision_count, 2)
        self.assertEqual(offer.amount_total, 92250)
        self.assertIntact()

    def test_number_in_the_subject_is_a_revision_too(self):
        self._receive("bcc")
        item = self._receive("forward")

        offer = self._offers()
        self.assertEqual((item.state, item.offer_id), ("taken", offer))
        self.assertEqual((offer.revision_count, offer.amount_total), (2, 92250))

    def test_forwarded_mail_of_an_unknown_offer_waits(self):
        item = self._receive("forward")

        # the name in the document is a proposal, that somebody confirms
        self.assertEqual((item.state, item.partner_id), ("new", self.customer))
        self.assertFalse(self._offers())

    def test_the_same_mail_twice_is_one(self):
        self._receive("bcc")
        self._receive("bcc")

        self.assertEqual(self.env["offer.intake"].search_count([]), 1)

    def test_stranger_never_archives(self):
        item = self._receive("stranger")

        self.assertFalse(self._offers())
        self.assertEqual(item.state, "new")
        self.assertFalse(item.user_id)
        self.assertEqual(item.company_id, self.warszawa)
        self.assertTrue(item.with_env(self._as(self.piotr)).has_access("write"))
        self.assertFalse(item.with_env(self._as(self.ewa)).has_access("read"))

    def test_stranger_goes_on_with_a_thread_only_to_sort(self):
        self._receive("bcc")
        item = self._receive(
            "stranger",
            thread=(
                b"MIME-Version",
                b"In-Reply-To: <bcc.1@meridian.example>\nMIME-Version",
            ),
        )

        self.assertEqual((item.state, item.offer_id), ("new", self._offers()))
        self.assertEqual(self._offers().revision_count, 1)

    def test_forged_sender_is_a_stranger(self):
        item = self._receive("forged")

        self.assertFalse(self._offers())
        self.assertFalse(item.user_id)

    def test_robots_and_spam_are_nothing(self):
        for name in ("automatic", "spam"):
            self.assertFalse(self._receive(name), name)
        self.assertFalse(self._offers())

    def test_newsletters_are_nothing(self):
        header = (b"MIME-Version", b"List-Unsubscribe: <mailto:x>\nMIME-Version")
        self.assertFalse(self._receive("stranger", header=header))

    def test_unknown_customer_waits_with_its_salesperson(self):
        item = self._receive("unknown_customer")

        self.assertFalse(self._offers())
        self.assertEqual((item.state, item.user_id), ("new", self.anna))
        self.assertEqual(
            (item.external_number, item.amount_total), ("OF/18/2026", 1230)
        )

    def test_mail_without_document_waits(self):
        item = self._receive("no_document")

        self.assertFalse(self._offers())
        self.assertEqual((item.partner_id, item.amount_total), (self.customer, 5000))

    def test_colleague_of_another_branch_is_a_stranger_here(self):
        item = self._receive("bcc", sender=(b"anna.test@", b"ewa.test@"))

        self.assertFalse(self._offers())
        self.assertFalse(item.user_id)

    def test_what_the_sender_may_not_do_waits(self):
        self._external_offer(self.piotr)  # has the number OF/17/2026

        item = self._receive("bcc")

        self.assertEqual(item.state, "new")
        self.assertEqual(self._offers().revision_count, 1)

    def test_nothing_is_automatic_where_that_is_switched_off(self):
        self.mailbox.is_automatic = False

        self.assertEqual(self._receive("bcc").state, "new")

    def test_customer_of_another_branch_is_not_found(self):
        self.customer.company_id = self.krakow

        item = self._receive("bcc")

        self.assertFalse(item.partner_id)
        self.assertEqual(item.state, "new")

    def test_a_branch_has_one_mailbox_and_its_address_is_its_name(self):
        self.assertEqual(self.mailbox.display_name, "offers.warszawa@meridian.example")
        self.assertTrue(self.mailbox.with_env(self._as(self.anna)).has_access("read"))
        self.assertFalse(self.mailbox.with_env(self._as(self.ewa)).has_access("read"))
