from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.report import ReportController


class OfferReportController(ReportController):
    # Writes, so never on a read-only replica; a function because Odoo warns of a value
    # that differs from the route's own.
    @http.route(readonly=lambda *_args: False)
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """Archive quotations that a user prints."""
        response = super().report_routes(
            reportname, docids=docids, converter=converter, **data
        )
        ids = [int(part) for part in (docids or "").split(",") if part.isdigit()]
        if ids and converter in ("pdf", "html"):
            request.env["sale.order"]._offer_on_rendered(
                reportname, ids, response.get_data(), response.mimetype
            )
        return response
