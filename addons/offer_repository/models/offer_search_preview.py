from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import format_date, formatLang

_MAX_LINES = 40


class OfferSearch(models.AbstractModel):
    """What stands beside the results: an offer at a glance."""

    _inherit = "offer.search"

    @api.model
    def preview(self, offer_id):
        """Return what an offer is about, and its documents; note who of others looked.

        :raise AccessError: for offers that the reader may not read, or that are none
        """
        self._check_reader()
        offer = self._readable_offer(offer_id)
        offer._log_opened()
        revision = offer.current_revision_id
        lines = revision.line_ids.filtered(lambda line: not line.display_type)
        states = dict(offer._fields["state"]._description_selection(self.env))
        return {
            "id": offer.id,
            "name": offer.name,
            "state": offer.state,
            "state_label": states[offer.state],
            "is_foreign": offer._is_foreign(),
            "figures": self._figures(offer),
            "lines": [self._preview_line(line) for line in lines[:_MAX_LINES]],
            "more_lines": max(0, len(lines) - _MAX_LINES),
            "documents": [
                {
                    "id": document.id,
                    "name": document.name,
                    "mimetype": document.mimetype or "",
                }
                for document in revision.document_ids
            ],
        }

    @api.model
    def _readable_offer(self, offer_id):
        if type(offer_id) is not int:
            raise ValidationError(
                self.env._("The preview needs the number of a record.")
            )
        offer = self.env["offer.offer"].search([("id", "=", offer_id)])
        if not offer:
            raise AccessError(
                self.env._(
                    "This offer is not there any more, or you may not read it. Search "
                    "again, or ask your sales manager."
                )
            )
        return offer

    @api.model
    def _figures(self, offer):
        """Return (label, value) pairs, those that there are.

        Override to show more of an offer beside the results.
        """
        # sudo: the reader may read the offer; these are the names it shows
        offer_sudo = offer.sudo()
        total = formatLang(self.env, offer.amount_total, currency_obj=offer.currency_id)
        discount = formatLang(self.env, offer.discount, digits=1)
        pairs = [
            (self.env._("Customer"), offer_sudo.partner_id.display_name),
            (self.env._("Branch"), offer_sudo.company_id.name),
            (self.env._("Salesperson"), offer_sudo.user_id.name),
            (self.env._("Total"), total),
            (self.env._("Discount"), f"{discount} %" if offer.discount else ""),
            (self.env._("Last sent"), format_date(self.env, offer.date_last_sent)),
            (self.env._("Valid until"), format_date(self.env, offer.date_valid_until)),
            (self.env._("Revision"), str(offer.current_revision_id.number or "")),
            (self.env._("Closed because"), offer.close_reason),
        ]
        return [{"label": label, "value": value} for label, value in pairs if value]

    @api.model
    def _preview_line(self, line):
        return {
            "id": line.id,
            "name": (line.name or "").partition("\n")[0],
            "quantity": formatLang(self.env, line.quantity, dp="Product Unit"),
            "unit": line.uom_name or "",
            "amount": formatLang(
                self.env, line.price_subtotal, currency_obj=line.currency_id
            ),
        }
