from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.sale.controllers.portal import CustomerPortal


class OfferCustomerPortal(CustomerPortal):
    """What customers see or fetch on the portal has left the house."""

    @http.route()
    def portal_order_page(
        self, order_id, report_type=None, access_token=None, **kwargs
    ):
        """Archive the page, or the document asked for."""
        response = super().portal_order_page(
            order_id, report_type=report_type, access_token=access_token, **kwargs
        )
        order_sudo = self._offer_shown_order(order_id, access_token, response)
        if order_sudo:
            files = []
            if report_type in ("pdf", "html"):
                files = order_sudo._offer_file(response.get_data(), response.mimetype)
            order_sudo._offer_shown(files)
        return response

    @http.route()
    def portal_my_sale_order_download_edi(
        self, order_id=None, access_token=None, **kwargs
    ):
        """Archive the order's electronic form."""
        response = super().portal_my_sale_order_download_edi(
            order_id=order_id, access_token=access_token, **kwargs
        )
        order_sudo = self._offer_shown_order(order_id, access_token, response)
        if order_sudo:
            files = order_sudo._offer_file(response.get_data(), response.mimetype)
            order_sudo._offer_shown(files)
        return response

    # Writes, so never on a read-only replica; a function because Odoo warns of a value
    # that differs from the route's own.
    @http.route(readonly=lambda *_args: False)
    def portal_quote_document(self, order_id, document_id, access_token):
        """Archive the product document that was fetched."""
        response = super().portal_quote_document(order_id, document_id, access_token)
        order_sudo = self._offer_shown_order(order_id, access_token, response)
        if order_sudo:
            document_sudo = request.env["product.document"].sudo().browse(document_id)
            order_sudo._offer_shown(document_sudo.ir_attachment_id)
        return response

    def _offer_shown_order(self, order_id, access_token, response):
        """Return the order (sudo) that a customer got to see, None otherwise.

        Colleagues who look at the customer's page, refusals and the previews that
        chats make of a link show nothing to a customer.
        """
        preview = request.httprequest.headers.get("Odoo-Link-Preview") == "True"
        if preview or not request.env.user.share or response.status_code != 200:
            return None
        try:
            return self._document_check_access(
                "sale.order", order_id, access_token=access_token
            )
        except (AccessError, MissingError):
            return None
