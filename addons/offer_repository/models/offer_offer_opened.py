from odoo import models
from odoo.http import request


class OfferOffer(models.Model):
    """Who of another branch opened an offer: a row of the disclosure log each time."""

    _inherit = "offer.offer"

    def _is_foreign(self):
        """Tell whether the offer belongs to a branch the reader does not work for."""
        self.ensure_one()
        return self.sudo().company_id.id not in self._own_companies().ids

    def _log_opened(self, document=""):
        """Note that the reader sees these offers in full, those that are foreign.

        :param str document: name of the file, when it is only that
        """
        if self.env.su:
            return
        foreign_sudo = self.filtered(lambda offer: offer._is_foreign()).sudo()
        code = "document" if document else "opened"
        self.env["contact.disclosure"]._log(
            [
                {
                    "owner_company_id": offer.company_id.id,
                    "partner_id": offer.commercial_partner_id.id,
                    "kind": "offer_view",
                    "level": "content",
                    "res_model": "offer.offer",
                    "res_id": offer.id,
                    "reason_code": code,
                    "reason_values": {"name": document} if document else None,
                }
                for offer in foreign_sudo
            ]
        )


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        """Note who of another branch opens a document of an offer."""
        stream = super()._record_to_stream(record, field_name)
        # sudo: asked only what the file belongs to; it was readable, or had a token
        file_sudo = record.sudo()
        if record._name == "ir.attachment" and file_sudo.res_model == "offer.revision":
            self._log_document(file_sudo)
        return stream

    def _log_document(self, file_sudo):
        if self.env.su or self.env.user._is_public():
            return
        revision_sudo = self.env["offer.revision"].sudo().browse(file_sudo.res_id)
        offer = revision_sudo.offer_id.sudo(False).with_context(
            allowed_company_ids=self._switched_on()
        )
        if not self.env.cr.readonly:
            offer._log_opened(file_sudo.name)
        elif offer._is_foreign():
            # files are served on a connection that cannot write
            with self.env.registry.cursor() as own_cr:
                offer.with_env(offer.env(cr=own_cr))._log_opened(file_sudo.name)

    def _switched_on(self):
        """Return the ids of the branches that are switched on in the browser."""
        allowed = self.env.context.get("allowed_company_ids")
        if allowed or not request:
            return allowed
        chosen = request.cookies.get("cids", "").replace(",", "-").split("-")
        own = self.env.user.company_ids.ids
        return [int(i) for i in chosen if i.isdigit() and int(i) in own]
