from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare


class OfferOffer(models.Model):
    """Who may change offers made outside, and what can be one."""

    _inherit = "offer.offer"

    def _external_check_change(self):
        """Refuse whoever may not correct or close these offers.

        :raise AccessError: not an offer of a branch the user works in
        :raise UserError: a quotation, which is changed where it was made
        """
        self.check_access("read")
        for offer in self:
            if offer.origin == "quotation":
                raise UserError(
                    self.env._(
                        "%(offer)s was made from a quotation. Change the quotation, "
                        "and send it again.",
                        offer=offer.name,
                    )
                )
            if offer.company_id not in self.env.companies:
                raise AccessError(
                    self.env._(
                        "%(offer)s belongs to %(branch)s. Only people who work there "
                        "can change it.",
                        offer=offer.name,
                        branch=offer.company_id.sudo().name,
                    )
                )

    @api.model
    def _external_check_values(self, values):
        """Refuse values that cannot be an offer, naming both sides.

        :raise UserError: amounts or dates that contradict each other
        """
        currency = values["currency"]
        if currency.compare_amounts(values["untaxed"], values["total"]) > 0:
            raise UserError(
                self.env._(
                    "The untaxed amount (%(untaxed)s) is above the total (%(total)s).",
                    untaxed=currency.format(values["untaxed"]),
                    total=currency.format(values["total"]),
                )
            )
        if values["validity"] and values["validity"] < values["date"]:
            raise UserError(
                self.env._(
                    "The offer is dated %(date)s and valid until %(until)s. Correct "
                    "one of the two.",
                    date=fields.Date.to_string(values["date"]),
                    until=fields.Date.to_string(values["validity"]),
                )
            )
        lines = values.get("lines") or []
        together = sum(
            line["price_subtotal"] for line in lines if not line["is_optional"]
        )
        if lines and float_compare(
            together, values["untaxed"], precision_rounding=currency.rounding
        ):
            raise UserError(
                self.env._(
                    "The lines come to %(lines)s, the untaxed amount is %(untaxed)s. "
                    "Correct one of the two.",
                    lines=currency.format(together),
                    untaxed=currency.format(values["untaxed"]),
                )
            )
