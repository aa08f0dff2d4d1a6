from odoo import models
from odoo.fields import Domain
from odoo.tools import formatLang


class ContactHistorySourceOffer(models.AbstractModel):
    """Offers of the partners: what was sent, and what became of it.

    One entry a revision, at the time it left the house. Read with the reader's
    rights: another branch's offers do not appear.
    """

    _name = "contact.history.source.offer"
    _inherit = "contact.history.source"
    _description = "Offers"

    _source_code = "offer"
    _source_sequence = 30
    _source_kind = "offer"

    def _is_available(self):
        return self.env["offer.revision"].has_access("read")

    def _read_entries(self, partners, before, limit, filters):
        if filters.besides("branches", "people").is_active:
            return []
        customers = partners.commercial_partner_id
        domain = Domain("offer_id.commercial_partner_id", "in", customers.ids)
        if filters.branches:
            domain &= Domain("company_id", "in", sorted(filters.branches))
        if filters.people:
            domain &= Domain("offer_id.user_id", "in", sorted(filters.people))
        revisions = self.env["offer.revision"].search(
            domain & self._domain_before(before, "date"),
            order=self._order_behind(before, "date"),
            limit=limit,
        )
        return [self._prepare_entry(revision) for revision in revisions]

    def _prepare_entry(self, revision):
        offer = revision.offer_id
        is_current = offer.current_revision_id == revision
        return {
            "id": revision.id,
            "kind": "offer",
            "occurred_at": revision.date,
            "state": offer.state if is_current else None,
            "label": self._label(revision, is_current),
            "user_name": revision.salesperson_name,
            "company_name": revision.company_id.name,
            "partner_name": revision.customer_name,
            "subject": revision.display_name,
            "preview": formatLang(
                self.env, revision.amount_total, currency_obj=revision.currency_id
            ),
            "attachments": [
                {"id": file.id, "name": file.name, "mimetype": file.mimetype}
                for file in revision.document_ids
            ],
            "res_model": "offer.offer",
            "res_id": offer.id,
        }

    def _label(self, revision, is_current):
        """Return what became of the offer on its current version, else the reason."""
        record, field = (
            (revision.offer_id, "state") if is_current else (revision, "reason")
        )
        labels = dict(record._fields[field]._description_selection(self.env))
        return labels[record[field]]
