from datetime import UTC
from decimal import Decimal

from odoo import fields, models
from odoo.tools import float_repr, html2plaintext


def _decimal(value, digits):
    """Return a float of the database as the decimal number it stands for."""
    return Decimal(float_repr(value or 0.0, digits))


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _offer_snapshot(self, message=None):
        """Return the quotation as plain values, ready to be frozen.

        Names are taken in the customer's language, whoever sends. Extend it to archive
        more: add to ``content`` what makes another offer when it changes, to
        ``people`` whatever is somebody's data.

        :param message: the ``mail.message`` or ``mail.mail`` records that carried it
        :return: dict of ``content`` and ``people`` for the payload, ``revision`` and
            ``lines`` for the columns that make a revision searchable
        """
        self.ensure_one()
        order = self.with_context(lang=self._offer_lang())
        lines = [line._offer_line_snapshot() for line in order.order_line]
        return {
            "content": order._offer_content([line["content"] for line in lines]),
            "people": {
                field: value
                for field, value in order._offer_people(message).items()
                if value
            },
            "revision": order._offer_revision_values(),
            "lines": [line["columns"] for line in lines],
        }

    def _offer_content(self, lines):
        digits = self.currency_id.decimal_places
        return {
            "currency": self.currency_id.name,
            "currency_rate": _decimal(self.currency_rate, 12),
            "validity": self.validity_date or None,
            "terms": html2plaintext(self.note or "").strip(),
            "payment_term_id": self.payment_term_id.id or None,
            "payment_term": self.payment_term_id.name or None,
            "client_reference": self.client_order_ref or None,
            "team": self.team_id.name or None,
            "pricelist": self.pricelist_id.name or None,
            "delivery_date": self._offer_delivery_date(),
            "incoterm": self._offer_incoterm(),
            "totals": {
                "untaxed": _decimal(self.amount_untaxed, digits),
                "tax": _decimal(self.amount_tax, digits),
                "total": _decimal(self.amount_total, digits),
            },
            "tax_groups": [
                {
                    "name": group["group_name"],
                    "base": _decimal(group["base_amount_currency"], digits),
                    "tax": _decimal(group["tax_amount_currency"], digits),
                }
                for group in self._offer_tax_groups()
            ],
            "lines": lines,
            "company_currency": self.company_id.currency_id.name,
        }

    def _offer_delivery_date(self):
        date = self.commitment_date
        return date and date.replace(tzinfo=UTC) or None

    def _offer_incoterm(self):
        """Return the terms of delivery; Odoo has them where stock is sold."""
        if "incoterm" not in self._fields or not self.incoterm:
            return None
        return " ".join(filter(None, (self.incoterm.code, self.incoterm_location)))

    def _offer_tax_groups(self):
        """Return name, base and amount of each tax group, as below the quotation.

        With one tax for all, or none, the totals of the quotation say it; to compute
        them from the lines once more costs as much as all the rest of a snapshot.
        """
        taxes = self.order_line.tax_ids
        if not taxes:
            return []
        if self._offer_is_taxed_alike(taxes):
            return [
                {
                    "group_name": taxes.tax_group_id.name,
                    "base_amount_currency": self.amount_untaxed,
                    "tax_amount_currency": self.amount_tax,
                }
            ]
        return [
            group
            for subtotal in (self.tax_totals or {}).get("subtotals", ())
            for group in subtotal["tax_groups"]
        ]

    def _offer_is_taxed_alike(self, taxes):
        """Return whether one plain percentage is all the tax there is."""
        return (
            len(taxes) == 1
            and taxes.amount_type == "percent"
            and all(line.tax_ids == taxes for line in self._get_priced_lines())
            and not self.payment_term_id.early_discount
        )

    def _offer_people(self, message):
        people = {
            **self.partner_id._offer_snapshot_people(),
            "salesperson.name": self.user_id.name,
            "salesperson.email": self.user_id.email,
            "sender.name": self.env.user.name,
            "signature.name": self.signed_by,
            "signature.date": self.signed_on
            and fields.Datetime.to_string(self.signed_on),
        }
        people |= self._offer_address_people()
        if message:
            people |= self._offer_message_people(message)
        return people

    def _offer_address_people(self):
        """Return where the invoice and the goods go, if elsewhere."""
        return {
            f"{use}.{part}": text
            for use, partner in (
                ("invoice", self.partner_invoice_id),
                ("shipping", self.partner_shipping_id),
            )
            if partner not in (self.partner_id, self.partner_id.commercial_partner_id)
            for part, text in (
                ("name", partner.display_name),
                ("address", partner._display_address(without_company=True)),
            )
        }

    def _offer_message_people(self, message):
        recipients = message.notified_partner_ids | message.partner_ids
        addresses = message.mapped("outgoing_email_to")
        if message._name == "mail.mail":
            recipients |= message.recipient_ids
            addresses += message.mapped("email_to") + message.mapped("email_cc")
        addresses += recipients.mapped("email_formatted")
        return {
            "message.subject": message[:1].subject,
            "message.recipients": ", ".join(sorted(set(filter(None, addresses)))),
        }

    def _offer_revision_values(self):
        return {
            "currency_id": self.currency_id.id,
            "amount_untaxed": self.amount_untaxed,
            "amount_tax": self.amount_tax,
            "amount_total": self.amount_total,
            "validity": self.validity_date,
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _offer_line_snapshot(self):
        """Return one line as ``content`` for the payload and ``columns`` to store."""
        self.ensure_one()
        columns = self._offer_line_columns()
        return {"content": self._offer_line_content(columns), "columns": columns}

    def _offer_line_columns(self):
        product = self.product_id
        return {
            "display_type": self.display_type,
            "is_optional": self.is_optional or self._is_line_optional(),
            "product_id": product.id,
            "product_code": product.default_code,
            "name": self.name,
            "quantity": self.product_uom_qty,
            "uom_id": self.product_uom_id.id,
            "uom_name": self.product_uom_id.name,
            "price_unit": self.price_unit,
            "discount": self.discount,
            "price_subtotal": self.price_subtotal,
            "tax_names": ", ".join(self.tax_ids.mapped("name")),
        }

    def _offer_place_of(self, line):
        """Return the place from 1 of the combo that this line is part of, or None."""
        places = self.order_id.order_line.ids
        return places.index(line.id) + 1 if line.id in places else None

    def _offer_line_content(self, columns):
        precision_get = self.env["decimal.precision"].precision_get
        return {
            "display_type": self.display_type or None,
            "is_optional": columns["is_optional"],
            "part_of": self._offer_place_of(self.linked_line_id),
            "name": self.name or "",
            "product_id": self.product_id.id or None,
            "product_code": self.product_id.default_code or None,
            "product_name": self.product_id.name or None,
            "quantity": _decimal(self.product_uom_qty, precision_get("Product Unit")),
            "uom_id": self.product_uom_id.id or None,
            "uom_name": self.product_uom_id.name or None,
            "price_unit": _decimal(self.price_unit, precision_get("Product Price")),
            "discount": _decimal(self.discount, precision_get("Discount")),
            "subtotal": _decimal(
                self.price_subtotal, self.order_id.currency_id.decimal_places
            ),
            "tax_ids": sorted(self.tax_ids.ids),
            "tax_names": columns["tax_names"] or None,
            **self._offer_line_surroundings(),
        }

    def _offer_line_surroundings(self):
        """Return unit and kind of the product as they are kept on this day."""
        if self.display_type:
            return {}
        template, unit = self.product_id.product_tmpl_id, self.product_uom_id
        reference = unit
        while reference.relative_uom_id:
            reference = reference.relative_uom_id
        return {
            "uom_factor": _decimal(unit.factor, 12) if unit else None,
            "uom_reference_id": reference.id or None,
            "uom_reference": reference.name or None,
            "template_id": template.id or None,
            "category_id": template.categ_id.id or None,
            "category": template.categ_id.complete_name or None,
        }
