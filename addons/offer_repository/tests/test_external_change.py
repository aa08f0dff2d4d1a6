from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_external import ExternalCommon


@tagged("post_install", "-at_install")
class TestExternalChange(ExternalCommon):
    """Corrections are revisions; won, lost and cancelled have a reason."""

    def _correct(self, offer, user=None, **values):
        wizards = self._as(user or self.anna)["offer.offer.correct"]
        wizard = wizards.with_context(default_offer_id=offer.id).create(
            {"reason": "Typing error", **values}
        )
        wizard.action_correct()
        return offer.current_revision_id

    def test_correction_is_a_revision_with_the_same_documents(self):
        data = self._pdf()
        offer = self._external_offer(data=data)
        other = self._make_customer("Odlewnia NOWA sp. z o.o.", email="a@nowa.example")

        revision = self._correct(offer, partner_id=other.id)

        self.assertEqual(offer.partner_id, other)
        self.assertEqual((revision.number, revision.reason), (2, "corrected"))
        self.assertFalse(revision.is_material)
        self.assertEqual(revision.document_ids.raw, data)
        self.assertEqual(revision.customer_name, other.name)
        self.assertIn("corrected", offer.event_ids.mapped("code"))
        self.assertIn("Razem brutto", revision.document_text)
        self.assertIntact()

    def test_lines_are_archived_and_must_fit_the_amount(self):
        offer = self._external_offer()
        lines = [
            Command.create(
                {
                    "product_id": self.lathe.id,
                    "name": "Lathe",
                    "quantity": 2,
                    "price_unit": 40000,
                }
            ),
            Command.create(
                {"name": "Extra", "price_unit": 5, "is_optional": True},
            ),
        ]

        revision = self._correct(offer, line_ids=lines)

        self.assertEqual(revision.line_ids.mapped("product_code"), ["CX400", False])
        self.assertEqual(revision.line_ids[0].price_subtotal, 80000)
        self.assertIntact()
        lines[0] = Command.create({"name": "Lathe", "price_unit": 1})
        with self.assertRaisesRegex(UserError, "The lines come to"):
            self._correct(offer, line_ids=lines)

    def test_correction_of_nothing_is_told(self):
        offer = self._external_offer()

        with self.assertRaisesRegex(UserError, "Nothing differs from revision 1"):
            self._correct(offer)

    def test_number_and_date_are_corrected(self):
        offer = self._external_offer()

        self._correct(offer, external_number="OF/18/2026", date=date(2026, 11, 1))

        self.assertEqual((offer.name, offer.external_number), ("OF/18/2026",) * 2)
        self.assertEqual(offer.date_first_sent.date(), date(2026, 11, 1))
        self.assertIntact()

    def test_strangers_and_quotations_are_refused(self):
        offer = self._external_offer()
        quotation = self._make_sent_offer(self.anna)

        for user in (self.piotr, self.ewa):
            with self.assertRaises(AccessError):
                self._correct(offer, user)
            with self.assertRaises(AccessError):
                self._close(offer, user)
            with self.assertRaises(AccessError):
                offer.with_env(self._as(user)).action_external_reopen()
        with self.assertRaisesRegex(UserError, "Change the quotation"):
            self._correct(quotation)
        with self.assertRaisesRegex(AccessError, "Only people who work there"):
            self._correct(offer, self.manager)

    def _close(self, offer, user=None, **values):
        wizard = self._as(user or self.anna)["offer.offer.close"].create(
            {"offer_ids": [Command.set(offer.ids)], **values}
        )
        wizard.action_close()

    def test_won_lost_cancelled_and_reopened(self):
        offer = self._external_offer()

        self._close(offer, outcome="won", reason="Ordered by telephone")
        self.assertEqual(
            (offer.state, offer.close_reason), ("won", "Ordered by telephone")
        )
        self.assertEqual(offer.accepted_revision_id, offer.current_revision_id)

        offer.with_env(self._as(self.anna)).action_external_reopen()
        self.assertEqual(offer.state, "sent")
        self.assertFalse(offer.accepted_revision_id)
        with self.assertRaisesRegex(UserError, "is not closed"):
            offer.with_env(self._as(self.anna)).action_external_reopen()

        expensive = self.env.ref("crm.lost_reason_1")
        self._close(offer, outcome="lost", lost_reason_id=expensive.id)
        self.assertEqual((offer.state, offer.lost_reason_id), ("lost", expensive))
        self.assertEqual(offer.close_reason, expensive.name)
        self.assertIntact()

    def test_retention_takes_the_texts_with_the_documents(self):
        offer = self._external_offer(date=date(2010, 1, 1), date_valid_until=False)
        self._close(offer, outcome="cancelled", reason="Old")
        revision = offer.current_revision_id

        revision._purge()

        self.assertFalse(revision.document_ids)
        self.env.invalidate_all()
        self.assertFalse(revision.document_text_ids)
        self.assertFalse(revision.document_text)
        self.assertIntact()
