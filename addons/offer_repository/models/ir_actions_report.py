import io
import re

from odoo import api, models

# Reports of Odoo that the offer document stands in for, and whether it is pro forma.
OFFER_REPORTS = {
    "sale.report_saleorder": False,
    "sale.report_saleorder_raw": False,
    "sale.report_saleorder_pro_forma": True,
}
_RENDERING = "offer_repository_rendering"
_STAMP = re.compile(rb"(/ModDate \(D(?:\\072|:))\d{14}")


class _Rendering:
    """The order whose document takes the place of a page rendered from HTML.

    Travels in the context below; being an object of this class, it cannot be made by
    whoever sends a context from outside.
    """

    def __init__(self, order, is_pro_forma):
        self.order = order
        self.is_pro_forma = is_pro_forma


class IrActionsReport(models.Model):
    """Makes quotations with ReportLab where their company says so.

    Only the engine is replaced, not the pipeline around it: what other addons add to
    a quotation's PDF (headers, product sheets, e-invoicing data) is still added.
    """

    _inherit = "ir.actions.report"

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        ids = [res_ids] if isinstance(res_ids, int) else list(res_ids or ())
        ours = self._offer_document_orders(report_ref, ids)
        if ours and len(ours) == len(set(ids)):
            # Odoo gives HTML instead of a PDF in tests, to spare its HTML engine; that
            # one is not used here, and tests shall see what customers get.
            self = self.with_context(force_report_rendering=True)
        return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        ours = self._offer_document_orders(report_ref, res_ids)
        if not ours or self._offer_rendering():
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        # by id: a record would bring its own context along, without the rendering below
        report_id = self._get_report(report_ref).id
        streams = {}
        others = [res_id for res_id in res_ids if res_id not in ours.ids]
        if others:
            streams |= super()._render_qweb_pdf_prepare_streams(
                report_ref, data, others
            )
        is_pro_forma = self._offer_is_pro_forma(report_ref)
        for order in ours:
            rendering = _Rendering(order, is_pro_forma)
            report = self.with_context(**{_RENDERING: rendering})
            made = super(IrActionsReport, report)._render_qweb_pdf_prepare_streams(
                report_id, data, order.ids
            )
            streams |= {key: self._offer_untimed(made[key], order) for key in made}
        return self._offer_in_order(streams, res_ids)

    def _offer_untimed(self, stream, order):
        """Date embedded files by their order instead of by the clock.

        Odoo stamps the order's XML that it embeds into a PDF with the current second,
        so that no two renderings would be equal. The date has a fixed length: putting
        another one in its place moves nothing.
        """
        stamp = order.date_order.strftime("%Y%m%d%H%M%S").encode()
        pdf = _STAMP.sub(rb"\g<1>" + stamp, stream["stream"].getvalue())
        return {**stream, "stream": io.BytesIO(pdf)}

    def _offer_in_order(self, streams, res_ids):
        """Return the streams in the order asked for, copies for repeated records."""
        if len(res_ids) == len(set(res_ids)):
            # what could not be told apart by record comes last
            order = [*res_ids, *(key for key in streams if key not in res_ids)]
            return {key: streams[key] for key in order if key in streams}
        copies = [io.BytesIO(streams[key]["stream"].getvalue()) for key in res_ids]
        return {False: {"stream": self._merge_pdfs(copies), "attachment": None}}

    # ------------------------------------------------------------------
    # Which reports and orders
    # ------------------------------------------------------------------

    def _offer_document_orders(self, report_ref, res_ids):
        """Return the orders among ``res_ids`` that the offer document is made for.

        Checks that the user may read them, as rendering the report in Odoo would.
        """
        if not res_ids or self._get_report(report_ref).report_name not in OFFER_REPORTS:
            return self.env["sale.order"]
        orders = self.env["sale.order"].browse(dict.fromkeys(res_ids))
        orders.check_access("read")
        return orders._offer_uses_document()

    def _offer_is_pro_forma(self, report_ref):
        report_name = self._get_report(report_ref).report_name
        return OFFER_REPORTS[report_name] or bool(self.env.context.get("proforma"))

    def _offer_rendering(self):
        rendering = self.env.context.get(_RENDERING)
        return rendering if isinstance(rendering, _Rendering) else None

    # ------------------------------------------------------------------
    # The steps of Odoo's HTML engine, while a document is rendered
    # ------------------------------------------------------------------

    @api.model
    def get_wkhtmltopdf_state(self):
        return "ok" if self._offer_rendering() else super().get_wkhtmltopdf_state()

    @api.model
    def _render_qweb_html(self, report_ref, docids, data=None):
        if self._offer_rendering():
            return b"", "html"
        return super()._render_qweb_html(report_ref, docids, data=data)

    def _prepare_html(self, html, report_model=False):
        rendering = self._offer_rendering()
        if rendering:
            return [], rendering.order.ids, "", "", {}
        return super()._prepare_html(html, report_model=report_model)

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        rendering = self._offer_rendering()
        if rendering:
            order = rendering.order.with_context(**{_RENDERING: None})
            return order._offer_render_pdf(rendering.is_pro_forma)
        return super()._run_wkhtmltopdf(
            bodies,
            report_ref=report_ref,
            header=header,
            footer=footer,
            landscape=landscape,
            specific_paperformat_args=specific_paperformat_args,
            set_viewport_size=set_viewport_size,
        )
