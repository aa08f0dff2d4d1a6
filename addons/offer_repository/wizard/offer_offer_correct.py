from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..evidence import DocumentFile


class OfferOfferCorrect(models.TransientModel):
    """Corrects what was entered for an offer made outside Odoo.

    Nothing is overwritten: the archive gets another revision, with the same documents.
    """

    _name = "offer.offer.correct"
    _description = "Correct an External Offer"

    offer_id = fields.Many2one("offer.offer", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="offer_id.company_id")
    partner_id = fields.Many2one("res.partner", string="Customer", required=True)
    external_number = fields.Char(string="Offer Number")
    date = fields.Date(string="Offer Date", required=True)
    date_valid_until = fields.Date(string="Valid Until")
    currency_id = fields.Many2one("res.currency", required=True)
    amount_untaxed = fields.Monetary(string="Untaxed Amount", required=True)
    amount_total = fields.Monetary(string="Total", required=True)
    terms = fields.Text(string="Terms and Remarks")
    line_ids = fields.One2many("offer.offer.correct.line", "wizard_id", string="Lines")
    reason = fields.Char(
        string="Why",
        required=True,
        help="Kept under the hash chain for good. Name nobody.",
    )

    # ------------------------------------------------------------------
    # Defaults
    # ------------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        offer = self.env["offer.offer"].browse(values.get("offer_id"))
        if offer:
            offer._external_check_change()
            values |= self._values_of(offer)
        return {name: value for name, value in values.items() if name in fields}

    @api.model
    def _values_of(self, offer):
        revision = offer.current_revision_id
        return {
            "partner_id": offer.partner_id.id,
            "external_number": offer.external_number,
            "date": revision.date.date(),
            "date_valid_until": offer.date_valid_until,
            "currency_id": offer.currency_id.id,
            "amount_untaxed": offer.amount_untaxed,
            "amount_total": offer.amount_total,
            "terms": revision._payload_value()["content"]["terms"],
            "line_ids": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "product_code": line.product_code,
                        "name": line.name,
                        "quantity": line.quantity,
                        "uom_name": line.uom_name,
                        "price_unit": line.price_unit,
                        "discount": line.discount,
                        "price_subtotal": line.price_subtotal,
                        "is_optional": line.is_optional,
                    }
                )
                for line in revision.line_ids
            ],
        }

    @api.onchange("line_ids")
    def _onchange_line_ids(self):
        """Let the lines say the untaxed amount; the total keeps its tax."""
        if self.line_ids:
            tax = self.amount_total - self.amount_untaxed
            counted = self.line_ids.filtered(lambda line: not line.is_optional)
            self.amount_untaxed = sum(counted.mapped("price_subtotal"))
            self.amount_total = self.amount_untaxed + tax

    # ------------------------------------------------------------------
    # Action
    # ------------------------------------------------------------------

    def action_correct(self):
        """Add a revision with the corrected values."""
        self.ensure_one()
        offer = self.offer_id
        offer._external_check_change()
        self.partner_id.check_access("read")
        values = self._offer_values()
        offer._external_check_values(values)
        event = {
            "reason": "corrected",
            "origin": offer.origin,
            "files": self._files(offer.current_revision_id),
            "texts": self._texts(offer.current_revision_id),
        }
        if not offer._external_revise(values, event):
            raise UserError(
                self.env._(
                    "Nothing differs from revision %(number)s of %(offer)s.",
                    number=offer.current_revision_id.number,
                    offer=offer.name,
                )
            )
        # sudo: events are the archive's, and whoever may correct was checked
        offer.sudo()._log_event("corrected", self.reason.strip())
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _offer_values(self):
        known = self.offer_id.current_revision_id._personal_values()
        return {
            "company": self.company_id,
            "partner": self.partner_id,
            "user": self.offer_id.user_id or self.env.user,
            "number": " ".join((self.external_number or "").split()),
            "date": self.date,
            "validity": self.date_valid_until,
            "currency": self.currency_id,
            "untaxed": self.amount_untaxed,
            "total": self.amount_total,
            "terms": (self.terms or "").strip(),
            "lines": [line._columns() for line in self.line_ids],
            "people": {
                field: value
                for field, value in known.items()
                if field.startswith("message.")
            },
        }

    def _files(self, revision):
        # sudo: whoever may read the offer may read its documents
        return [
            DocumentFile(document.name, document.mimetype, document.raw or b"")
            for document in revision.sudo().document_ids.sorted("id")
        ]

    def _texts(self, revision):
        return {
            one.sha256: (one.text, one.problem)
            for one in revision.sudo().document_text_ids
        }


class OfferOfferCorrectLine(models.TransientModel):
    """A line of the corrected offer."""

    _name = "offer.offer.correct.line"
    _inherit = ["offer.external.line"]
    _description = "Line of a Corrected Offer"

    wizard_id = fields.Many2one(
        "offer.offer.correct", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="wizard_id.currency_id")
