from odoo import api, models
from odoo.fields import Domain

from ..spreadsheet import Column, Percent


class OfferExport(models.AbstractModel):
    """Exports of the archive: offers, and the lines of their versions."""

    _inherit = "offer.export"

    # ------------------------------------------------------------------
    # Offers
    # ------------------------------------------------------------------

    @api.model
    def _offer_sheets(self, request):
        domain = self._asked_domain(request)
        ids = self._find("offer.offer", domain)
        self._disclose("offer.offer", domain, "offers")
        [(newest,)] = self.env["offer.offer"]._read_group(
            domain, aggregates=["date_last_sent:max"]
        )
        return [self._offer_sheet(request, ids)], newest

    @api.model
    def _offer_sheet(self, request, ids):
        name = self.env._("Offers")
        return self._sheet(request, name, self._offer_columns(), self._offer_rows(ids))

    @api.model
    def _offer_columns(self):
        return (
            Column(self.env._("Number"), width=14),
            Column(self.env._("Customer"), width=36),
            Column(self.env._("Branch"), width=22),
            Column(self.env._("Sales Team"), width=18),
            Column(self.env._("Salesperson"), width=20),
            Column(self.env._("State"), width=12),
            Column(self.env._("First Sent"), "datetime", 17),
            Column(self.env._("Last Sent"), "datetime", 17),
            Column(self.env._("Valid Until"), "date", 13),
            Column(self.env._("Revisions"), "number", 10),
            Column(self.env._("Untaxed Amount"), "money", 18, is_total=True),
            Column(self.env._("Total"), "money", 18, is_total=True),
            Column(self.env._("Currency"), width=9),
        )

    @api.model
    def _offer_rows(self, ids):
        for offers_sudo in self._batches("offer.offer", ids):
            for offer in offers_sudo:
                yield self._offer_row(offer)

    @api.model
    def _offer_row(self, offer_sudo):
        currency = offer_sudo.currency_id
        return (
            offer_sudo.name,
            offer_sudo.partner_id.display_name or "",
            offer_sudo.company_id.name,
            offer_sudo.team_id.name or "",
            offer_sudo.user_id.name or "",
            self._label(offer_sudo, "state"),
            self._moment(offer_sudo.date_first_sent),
            self._moment(offer_sudo.date_last_sent),
            offer_sudo.date_valid_until or None,
            offer_sudo.revision_count,
            self._money(offer_sudo.amount_untaxed, currency),
            self._money(offer_sudo.amount_total, currency),
            currency.name,
        )

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    @api.model
    def _line_sheets(self, request):
        """Return the lines of the versions that are asked for, or of those of offers.

        ``ids`` and ``domain`` are about ``offer.revision``, or about ``offer.offer``
        when ``model`` says so.
        """
        domain = self._asked_domain(request)
        if request.get("model") == "offer.offer":
            offers = self.env["offer.offer"].search(domain)
            domain = self._domain_of("revision_id", offers.current_revision_id)
        elif "ids" in request:
            revisions = self.env["offer.revision"].search(domain)
            domain = self._domain_of("revision_id", revisions)
        lines = self.env["offer.revision.line"]
        ids = self._find(lines._name, domain)
        self._disclose(lines._name, domain, "lines")
        newest = self.env["offer.revision"].search(
            [("line_ids", "any", domain)], order="date desc", limit=1
        )
        name = self.env._("Lines of Offers")
        rows = self._line_rows(ids)
        return [self._sheet(request, name, self._line_columns(), rows)], newest.date

    @api.model
    def _domain_of(self, field, records):
        return Domain(field, "in", records.ids)

    @api.model
    def _line_columns(self):
        return (
            Column(self.env._("Offer"), width=14),
            Column(self.env._("Revision"), "number", 8),
            Column(self.env._("Date"), "datetime", 17),
            Column(self.env._("Branch"), width=22),
            Column(self.env._("Customer"), width=30),
            Column(self.env._("Line"), "number", 6),
            Column(self.env._("Kind"), width=10),
            Column(self.env._("Product Code"), width=14),
            Column(self.env._("Description"), width=44),
            Column(self.env._("Optional"), width=9),
            Column(self.env._("Quantity"), "number", 10),
            Column(self.env._("Unit"), width=10),
            Column(self.env._("Unit Price"), "money", 16),
            Column(self.env._("Discount (%)"), "percent", 10),
            Column(self.env._("Amount"), "money", 18, is_total=True),
            Column(self.env._("Currency"), width=9),
            Column(self.env._("Taxes"), width=18),
        )

    @api.model
    def _line_rows(self, ids):
        for lines_sudo in self._batches("offer.revision.line", ids):
            for line in lines_sudo:
                yield self._line_row(line)

    @api.model
    def _line_row(self, line_sudo):
        revision, currency = line_sudo.revision_id, line_sudo.currency_id
        start = (
            revision.offer_id.name,
            revision.number,
            self._moment(revision.date),
            line_sudo.company_id.name,
            revision.customer_name or "",
            line_sudo.sequence,
            self._label(line_sudo, "display_type"),
            line_sudo.product_code or "",
            line_sudo.name or "",
        )
        if line_sudo.display_type:
            return (*start, *[None] * 8)
        return (
            *start,
            self.env._("Optional") if line_sudo.is_optional else "",
            line_sudo.quantity,
            line_sudo.uom_name or "",
            self._money(line_sudo.price_unit, currency),
            Percent(line_sudo.discount) if line_sudo.discount else None,
            self._money(line_sudo.price_subtotal, currency),
            currency.name,
            line_sudo.tax_names or "",
        )
