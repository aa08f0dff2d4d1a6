from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


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
    def _domain_purgeable(self, company):
        """Return which revisions of a company are past its policy and still whole.

        Those of live offers stay, and of offers on hold. Nothing when the company
        keeps its documents for ever.
        """
        years = company.offer_retention_years
        if not years:
            return Domain.FALSE
        before = fields.Datetime.now() - relativedelta(years=years)
        return (
            Domain("company_id", "=", company.id)
            & Domain("date", "<", before)
            & Domain("offer_id.is_on_hold", "=", False)
            & Domain("offer_id.is_live", "=", False)
            & Domain("document_ids", "!=", False)
        )

    def _purge(self):
        """Delete documents and personal data for good; keep what the chain needs.

        Payload and hashes stay, with the fingerprints of the documents, and an event
        under the chain says that they were purged.
        """
        for revision in self:
            documents = revision.document_ids
            count = len(documents)
            documents.with_env(self._archive_env().env).unlink()
            revision.offer_id._log_event("purged", str(count), about=revision)
        self.invalidate_recordset(["document_ids"])
        self._forget_people()
