import base64

from odoo import api, fields, models
from odoo.tools.mimetypes import guess_mimetype

from ..evidence import DocumentFile


class SaleOrder(models.Model):
    """Ways out of the house without a message: on paper and on the portal."""

    _inherit = "sale.order"

    # The quotation that copies go back to, by number: it may be deleted meanwhile.
    offer_variant_root = fields.Integer(
        copy=False,
        readonly=True,
        index="btree_not_null",
        groups="base.group_system",
    )

    def copy(self, default=None):
        copies = super().copy(default)
        for order, copied in zip(self, copies, strict=True):
            if order.state in ("draft", "sent"):
                order._offer_mark_variant(copied)
        return copies

    def _offer_mark_variant(self, copied):
        # sudo: whoever may copy a quotation need not be able to change it
        order_sudo = self.sudo()
        root = order_sudo.offer_variant_root or order_sudo.id
        (order_sudo | copied.sudo()).offer_variant_root = root

    @api.model
    def _offer_on_rendered(self, report_name, order_ids, data, mimetype):
        """Archive what a user has just got from a report: it is on paper now.

        :param report_name: technical name or id of the report
        :param data: bytes as they were handed out
        """
        report = self.env["ir.actions.report"]._get_report(report_name)
        if report.model != self._name:
            return
        orders = self.browse(order_ids).exists()
        orders.check_access("read")
        for order in orders.filtered(lambda order: order.state != "cancel"):
            if len(orders) > 1:
                # one file for many customers: each archive gets its own pages only
                data = report._render_qweb_pdf(report_name, order.ids)[0]
            order._offer_archive("printed", order._offer_file(data, mimetype))

    def _offer_file(self, data, mimetype):
        """Return a rendered report as a file of the archive."""
        ending = {"application/pdf": "pdf", "text/html": "html"}.get(mimetype, "txt")
        name = f"{self._get_report_base_filename()}.{ending}"
        return [DocumentFile(name, mimetype, data)]

    def _offer_files(self, documents):
        """Return attachments or rendered files as the archive will keep them.

        The type of a file is what Odoo makes of it when it stores it: markup becomes
        plain text, so that no archived page runs scripts in a reader's session.
        """
        if isinstance(documents, models.BaseModel):
            documents = [
                DocumentFile(file.name, file.mimetype or "", file.raw or b"")
                for file in documents.sudo()
                if file.type == "binary"
            ]
        attachment = self.env["ir.attachment"].with_context(
            attachments_mime_plainxml=True, image_no_postprocess=True
        )
        files = []
        for file in documents or ():
            values = {"name": file.name, "mimetype": file.mimetype, "raw": file.data}
            mimetype = attachment._check_contents(values)["mimetype"]
            files.append(DocumentFile(file.name, mimetype, file.data))
        return files

    def _offer_signature_files(self, reason):
        """Return what the customer signed with, as the portal got it."""
        if reason != "signed" or not self.signature:
            return []
        image = self.with_context(bin_size=False).signature
        data = base64.b64decode(image)
        return [DocumentFile("signature.png", guess_mimetype(data), data)]

    def _offer_shown(self, documents=None):
        """Archive what a customer has just seen or fetched on the portal.

        Nothing is recorded when the archive holds it already, and the offer keeps its
        state: whoever looks at a lost offer does not revive it.

        :param documents: see ``_offer_archive``
        """
        self.ensure_one()
        if self.state == "cancel":
            return
        offer_sudo = self._offer_heads()
        snapshot = self.sudo()._offer_snapshot()
        if not offer_sudo or offer_sudo._is_news(
            snapshot, self._offer_files(documents)
        ):
            self._offer_archive("portal", documents)
