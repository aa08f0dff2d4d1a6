from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..spreadsheet import Column, Percent


class OfferExport(models.AbstractModel):
    """All that the reader may know of a customer in one file, and price histories."""

    _inherit = "offer.export"

    # ------------------------------------------------------------------
    # Customer
    # ------------------------------------------------------------------

    @api.model
    def _dossier_sheets(self, request):
        """Return the sheets about the customer whose id is the only one in ``ids``."""
        ids = self._parse_ids(request.get("ids"))
        partner = self.env["offer.check"]._readable("res.partner", ids[0] if ids else 0)
        if not partner:
            raise AccessError(
                self.env._("This customer is not there, or you may not read it.")
            )
        customers = self._dossier_customers(partner)
        domain = Domain("commercial_partner_id", "in", customers)
        offers = self.env["offer.offer"].search(domain)
        revisions = offers.revision_ids._filtered_access("read")
        self._disclose("offer.offer", domain, "dossier")
        request = {**request, "about": partner.sudo().commercial_partner_id.name}
        sheets = [
            self._spelling_sheet(request, customers),
            self._contact_sheet(request, customers),
            self._offer_sheet(request, offers._ids),
            self._version_sheet(request, revisions._ids),
            *self._decision_sheets(request, customers),
            self._interaction_sheet(request, customers),
        ]
        return sheets, max(revisions.mapped("date"), default=None)

    @api.model
    def _dossier_customers(self, partner):
        """Return the ids of all spellings of a customer.

        Those that the reader may not read only widen the search for offers and
        contacts, which has rules of its own.
        """
        return self.env["offer.price.hint"]._customers(partner, self.env.company.sudo())

    @api.model
    def _readable_partners(self, domain):
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners.search(domain, order="id")

    @api.model
    def _spelling_sheet(self, request, customers):
        columns = (
            Column(self.env._("Name"), width=40),
            Column(self.env._("Tax ID"), width=18),
            Column(self.env._("Street"), width=30),
            Column(self.env._("ZIP"), width=10),
            Column(self.env._("City"), width=20),
            Column(self.env._("E-mail"), width=28),
            Column(self.env._("Phone"), width=18),
            Column(self.env._("Branch"), width=22),
        )
        partners = self._readable_partners([("id", "in", customers)])
        rows = [
            (
                one.name or "",
                one.vat or "",
                one.street or "",
                one.zip or "",
                one.city or "",
                one.email or "",
                one.phone or "",
                one.sudo().company_id.name or "",
            )
            for one in partners
        ]
        return self._sheet(request, self.env._("Spellings"), columns, rows)

    @api.model
    def _contact_sheet(self, request, customers):
        columns = (
            Column(self.env._("Name"), width=30),
            Column(self.env._("Function"), width=24),
            Column(self.env._("E-mail"), width=28),
            Column(self.env._("Phone"), width=18),
            Column(self.env._("Customer"), width=36),
        )
        partners = self._readable_partners(
            [
                ("commercial_partner_id", "in", customers),
                ("id", "not in", customers),
            ]
        )
        rows = [
            (
                one.name or "",
                one.function or "",
                one.email or "",
                one.phone or "",
                one.sudo().commercial_partner_id.name or "",
            )
            for one in partners
        ]
        return self._sheet(request, self.env._("Contacts"), columns, rows)

    @api.model
    def _version_sheet(self, request, ids):
        columns = (
            Column(self.env._("Offer"), width=14),
            Column(self.env._("Revision"), "number", 8),
            Column(self.env._("Date"), "datetime", 17),
            Column(self.env._("Reason"), width=18),
            Column(self.env._("Customer"), width=36),
            Column(self.env._("Sent By"), width=20),
            Column(self.env._("Valid Until"), "date", 13),
            Column(self.env._("Untaxed Amount"), "money", 18),
            Column(self.env._("Total"), "money", 18),
            Column(self.env._("Currency"), width=9),
            Column(self.env._("Documents"), "number", 10),
        )
        name = self.env._("Revisions")
        return self._sheet(request, name, columns, self._version_rows(ids))

    @api.model
    def _version_rows(self, ids):
        for revisions_sudo in self._batches("offer.revision", ids):
            for revision in revisions_sudo:
                currency = revision.currency_id
                yield (
                    revision.offer_id.name,
                    revision.number,
                    self._moment(revision.date),
                    self._label(revision, "reason"),
                    revision.customer_name or "",
                    revision.user_name or "",
                    revision.validity or None,
                    self._money(revision.amount_untaxed, currency),
                    self._money(revision.amount_total, currency),
                    currency.name,
                    revision.document_count,
                )

    @api.model
    def _decision_sheets(self, request, customers):
        """Yield the decided cases, for those who may read cases."""
        conflicts = self.env["offer.conflict"]
        if not conflicts.has_access("read"):
            return
        cases = conflicts.search(
            [("offer_ids.commercial_partner_id", "in", customers)], order="id"
        )
        columns = (
            Column(self.env._("Case"), width=14),
            Column(self.env._("Detected"), "datetime", 17),
            Column(self.env._("Sides"), width=36),
            Column(self.env._("State"), width=12),
            Column(self.env._("Decision"), width=28),
            Column(self.env._("Branch in Charge"), width=22),
            Column(self.env._("Reason"), width=40),
            Column(self.env._("Decided By"), width=20),
            Column(self.env._("Decided On"), "datetime", 17),
        )
        rows = [self._decision_row(case.sudo()) for case in cases]
        yield self._sheet(request, self.env._("Decisions"), columns, rows)

    @api.model
    def _decision_row(self, case_sudo):
        return (
            case_sudo.name,
            self._moment(case_sudo.date_detected),
            case_sudo.side_names or "",
            self._label(case_sudo, "state"),
            self._label(case_sudo, "decision"),
            case_sudo.decision_side_id.name or "",
            case_sudo.decision_reason or "",
            case_sudo.decided_by_id.name or "",
            self._moment(case_sudo.decided_at),
        )

    @api.model
    def _interaction_sheet(self, request, customers):
        columns = (
            Column(self.env._("Date"), "datetime", 17),
            Column(self.env._("Channel"), width=16),
            Column(self.env._("Direction"), width=12),
            Column(self.env._("State"), width=12),
            Column(self.env._("Contact"), width=30),
            Column(self.env._("Responsible"), width=20),
            Column(self.env._("Branch"), width=22),
        )
        contacts = self.env["contact.interaction"].search(
            [("commercial_partner_id", "in", customers)], order="occurred_at, id"
        )
        name = self.env._("Dates of Contact")
        rows = self._interaction_rows(contacts._ids)
        return self._sheet(request, name, columns, rows)

    @api.model
    def _interaction_rows(self, ids):
        for contacts_sudo in self._batches("contact.interaction", ids):
            for contact in contacts_sudo:
                yield (
                    self._moment(contact.occurred_at),
                    self._label(contact, "channel"),
                    self._label(contact, "direction"),
                    self._label(contact, "state"),
                    contact.partner_id.display_name or "",
                    contact.user_id.name or "",
                    contact.company_id.name,
                )

    # ------------------------------------------------------------------
    # Price history
    # ------------------------------------------------------------------

    @api.model
    def _price_sheets(self, request):
        domain, model = self._asked_domain(request), "offer.price.report"
        ids = self._find(model, domain)
        self._disclose(model, domain, "prices")
        newest = self.env[model].search(domain, limit=1).date
        columns = (
            Column(self.env._("Date"), "datetime", 17),
            Column(self.env._("Customer"), width=36),
            Column(self.env._("Product"), width=36),
            Column(self.env._("Branch"), width=22),
            Column(self.env._("Salesperson"), width=20),
            Column(self.env._("Offer"), width=14),
            Column(self.env._("State"), width=12),
            Column(self.env._("Current Revision"), width=10),
            Column(self.env._("Quantity"), "number", 10),
            Column(self.env._("Unit"), width=10),
            Column(self.env._("Unit Price"), "money", 16),
            Column(self.env._("Discount (%)"), "percent", 10),
            Column(self.env._("Net Price"), "money", 18),
        )
        name = self.env._("Price History")
        return [self._sheet(request, name, columns, self._price_rows(ids))], newest

    @api.model
    def _price_rows(self, ids):
        for rows_sudo in self._batches("offer.price.report", ids):
            for row in rows_sudo:
                yield self._price_row(row)

    @api.model
    def _price_row(self, row_sudo):
        return (
            self._moment(row_sudo.date),
            row_sudo.commercial_partner_id.display_name or "",
            row_sudo.product_id.display_name or row_sudo.name or "",
            row_sudo.company_id.name,
            row_sudo.user_id.name or "",
            row_sudo.offer_id.name,
            self._label(row_sudo, "state"),
            self.env._("Yes") if row_sudo.is_current else "",
            row_sudo.quantity,
            row_sudo.uom_name or "",
            self._money(row_sudo.price_unit, row_sudo.currency_id),
            Percent(row_sudo.discount) if row_sudo.discount else None,
            self._money(row_sudo.price, row_sudo.company_currency_id),
        )
