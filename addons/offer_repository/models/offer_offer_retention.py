from odoo import api, fields, models
from odoo.fields import Domain

from .offer_chain_mixin import NOBODY


class OfferOffer(models.Model):
    """How long documents are kept, and what stops them from being purged."""

    _inherit = "offer.offer"

    is_on_hold = fields.Boolean(
        string="Legal Hold",
        readonly=True,
        copy=False,
        help="Documents stay, however old they are, until the hold is released.",
    )
    hold_reason = fields.Char(readonly=True, copy=False)

    def _hold(self, reason):
        """Keep the documents of the offers whatever the retention policy says."""
        for offer in self.filtered(lambda offer: not offer.is_on_hold):
            offer.write({"is_on_hold": True, "hold_reason": reason})
            offer._log_event("hold", reason)

    def _release(self, reason):
        """Let the retention policy apply to the offers again."""
        for offer in self.filtered("is_on_hold"):
            offer.write({"is_on_hold": False, "hold_reason": False})
            offer._log_event("released", reason)


class OfferRevision(models.Model):
    _inherit = "offer.revision"

    @api.model
    def _domain_past_term(self, company):
        """Return which revisions of a company are past its policy and still whole.

        Time runs from when the customer last got the offer. Nothing when the company
        keeps its documents for ever.
        """
        before = company._offer_retention_limit()
        if not before:
            return Domain.FALSE
        return (
            Domain("company_id", "=", company.id)
            & Domain("date", "<", before)
            & Domain("offer_id.date_last_sent", "<", before)
            & (Domain("document_ids", "!=", False) | Domain("personal", "!=", NOBODY))
        )

    @api.model
    def _domain_purgeable(self, company):
        """Return which revisions of a company its policy lets go.

        Those of live offers stay, and of offers on hold.
        """
        return (
            self._domain_past_term(company)
            & Domain("offer_id.is_on_hold", "=", False)
            & Domain("offer_id.is_live", "=", False)
            & ~self._domain_customer_on_hold()
        )

    @api.model
    def _domain_customer_on_hold(self):
        """Return the revisions of customers on legal hold in the contact history."""
        held = self.env["contact.hold"]._held_partners()
        customers = held.union(*held._contact_same_person().values())
        return Domain("offer_id.partner_id", "in", customers.ids) | Domain(
            "offer_id.commercial_partner_id", "in", customers.ids
        )

    def _purge(self):
        """Delete documents and personal data for good; keep what the chain needs.

        Payload and hashes stay, with the fingerprints of the documents, and an event
        under the chain says that they were purged.
        """
        self._purge_documents()
        self._forget_people()
        self._messages_sent_again()._forget_people()

    def _purge_documents(self):
        """Delete the files of the revisions for good, and log that it was done."""
        for revision in self:
            documents = revision.document_ids
            if documents:
                count = len(documents)
                documents.with_env(self._archive_env().env).unlink()
                revision.offer_id._log_event("purged", str(count), about=revision)
        self.invalidate_recordset(["document_ids"])

    def _messages_sent_again(self):
        """Return the events (sudo) that tell to whom these revisions went again."""
        return (
            self.env["offer.event"]
            .sudo()
            .search(
                [
                    ("revision_id", "in", self.ids),
                    ("code", "=", "sent_again"),
                    ("personal", "!=", NOBODY),
                ]
            )
        )
