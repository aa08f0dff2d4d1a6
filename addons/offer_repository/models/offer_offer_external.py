from datetime import datetime, time

from odoo import api, fields, models

from .sale_order_snapshot import _decimal

ORIGINS = [
    ("upload", "File"),
    ("mail", "E-mail"),
    ("import", "List"),
]
_LINE_PRECISION = {
    "quantity": "Product Unit",
    "price_unit": "Product Price",
    "discount": "Discount",
}


class OfferOffer(models.Model):
    """Offers that were made outside Odoo, taken into the archive by its branch.

    They have no quotation. Their documents, and what a person confirmed that these
    say, go into the same chain; a correction is a new revision.
    """

    _inherit = "offer.offer"

    origin = fields.Selection(
        [("quotation", "Quotation"), *ORIGINS],
        string="Made From",
        default="quotation",
        readonly=True,
        index=True,
    )
    external_number = fields.Char(
        readonly=True,
        copy=False,
        help="The number that the offer has where it was made.",
    )

    # serves _find_by_number; a second run of an import finds what the first one made
    _external_number_uniq = models.UniqueIndex(
        "(company_id, lower(external_number)) WHERE external_number IS NOT NULL",
        "An offer with this number is in the archive of the branch already.",
    )

    # ------------------------------------------------------------------
    # Archiving
    # ------------------------------------------------------------------

    @api.model
    def _external_find(self, company, number):
        """Return the offer (sudo) of a branch that has this number outside."""
        # sudo: numbers are unique in a branch, whoever may read what
        offers_sudo = self.sudo()
        if not number:
            return offers_sudo
        return offers_sudo.search(
            [
                ("company_id", "=", company.id),
                ("external_number", "=ilike", _literal(number)),
            ],
            limit=1,
        )

    @api.model
    def _external_take(self, values, event):
        """Take an offer that was made outside into the archive.

        The access check is the caller's: whoever may work in the branch.

        :param values: dict of ``company``, ``partner``, ``user``, ``number``, ``date``,
            ``validity``, ``currency``, ``untaxed``, ``total``, ``terms``, ``lines``
            (dicts of the columns of a revision's line) and ``people``
        :param event: dict of ``reason``, ``files`` and ``origin``
        :return: ``offer.offer`` in sudo, a new one
        """
        company = values["company"]
        offers_sudo = self.sudo().with_company(company)
        moment = _moment(values["date"])
        number = values["number"] or False
        offer_sudo = offers_sudo.create(
            {
                **offers_sudo._external_head(values),
                "name": number or offers_sudo._external_next_number(company),
                "company_id": company.id,
                "origin": event["origin"],
                "external_number": number,
                "date_first_sent": moment,
                "date_last_sent": moment,
            }
        )
        offer_sudo._external_append(values, event)
        return offer_sudo

    def _external_revise(self, values, event):
        """Add a revision to an external offer, if it says anything new.

        :param values: as in :meth:`_external_take`; all of them, not only the changes
        :return: the new ``offer.revision`` in sudo, empty when nothing is new
        """
        self.ensure_one()
        offer_sudo = self.sudo().with_company(self.sudo().company_id)
        if not offer_sudo._external_is_news(values, event):
            return self.env["offer.revision"].sudo()
        moment = _moment(values["date"])
        number = values["number"] or offer_sudo.external_number
        offer_sudo.write(
            {
                **offer_sudo._external_head(values),
                "external_number": number,
                "name": number or offer_sudo.name,
                "date_first_sent": min(offer_sudo.date_first_sent, moment),
                "date_last_sent": moment,
            }
        )
        return offer_sudo._external_append({**values, "number": number}, event)

    def _external_head(self, values):
        user = values["user"]
        return {
            "partner_id": values["partner"].id,
            "user_id": user.id,
            "team_id": values.get("team", user.sudo().sale_team_id).id,
            "date_valid_until": values["validity"],
            "currency_id": values["currency"].id,
            "amount_untaxed": values["untaxed"],
            "amount_total": values["total"],
        }

    @api.model
    def _external_next_number(self, company):
        sequences = self.env["ir.sequence"].sudo().with_company(company)
        return sequences.next_by_code("offer_repository.external")

    def _external_append(self, values, event):
        moment = _moment(values["date"])
        revision = self.env["offer.revision"]._append(
            self,
            self._external_snapshot(values, event),
            {
                "reason": event["reason"],
                "date": moment,
                "files": event["files"],
                "external": {
                    "origin": event["origin"],
                    "external_number": values["number"] or None,
                    "date_recorded": fields.Datetime.now(),
                },
            },
        )
        self.current_revision_id = revision
        self.env["offer.document.text"]._record(revision, event.get("texts", {}))
        self._on_archived(revision)
        return revision

    def _external_is_news(self, values, event):
        current = self.current_revision_id
        payload = current._payload_value()
        told = payload["offer"].get("external_number"), payload["offer"]["date"][:10]
        number = values["number"] or self.external_number or None
        snapshot = self._external_snapshot(values, event)
        people = {
            field: value
            for field, value in snapshot["people"].items()
            if field.startswith(("customer.", "contact.", "salesperson."))
        }
        known = current._personal_values()
        return (
            not current._is_same_content(snapshot["content"])
            or not current._holds_files(event["files"])
            or told != (number, values["date"].isoformat())
            or any(known.get(field) != value for field, value in people.items())
        )

    # ------------------------------------------------------------------
    # Snapshot
    # ------------------------------------------------------------------

    def _external_snapshot(self, values, event):
        """Return the offer as plain values, as ``sale.order._offer_snapshot`` does."""
        currency = values["currency"]
        lines = values.get("lines") or []
        people = {
            **values["partner"]._offer_snapshot_people(),
            "salesperson.name": values["user"].name,
            "salesperson.email": values["user"].email,
            "sender.name": self.env.user.name,
            **values.get("people", {}),
        }
        tax = currency.round(values["total"] - values["untaxed"])
        return {
            "content": self._external_content(values, lines, tax),
            "people": {field: value for field, value in people.items() if value},
            "revision": {
                "currency_id": currency.id,
                "amount_untaxed": values["untaxed"],
                "amount_tax": tax,
                "amount_total": values["total"],
                "validity": values["validity"],
            },
            "lines": lines,
        }

    def _external_content(self, values, lines, tax):
        currency, digits = values["currency"], values["currency"].decimal_places
        company = values["company"]
        rate = self.env["res.currency"]._get_conversion_rate(
            company.currency_id, currency, company, values["date"]
        )
        return {
            "currency": currency.name,
            "currency_rate": _decimal(rate, 12),
            "validity": values["validity"] or None,
            "terms": values.get("terms") or "",
            "payment_term_id": None,
            "payment_term": None,
            "client_reference": None,
            "team": None,
            "totals": {
                "untaxed": _decimal(values["untaxed"], digits),
                "tax": _decimal(tax, digits),
                "total": _decimal(values["total"], digits),
            },
            "tax_groups": [],
            "lines": [self._external_line(line, digits) for line in lines],
        }

    def _external_line(self, line, digits):
        precision_get = self.env["decimal.precision"].precision_get
        product = self.env["product.product"].browse(line["product_id"])
        numbers = {
            name: _decimal(line[name], precision_get(precision))
            for name, precision in _LINE_PRECISION.items()
        }
        return {
            "display_type": None,
            "is_optional": line["is_optional"],
            "name": line["name"] or "",
            "product_id": product.id or None,
            "product_code": line["product_code"] or None,
            "product_name": product.name or None,
            "uom_id": line["uom_id"] or None,
            "uom_name": line["uom_name"] or None,
            "subtotal": _decimal(line["price_subtotal"], digits),
            "tax_ids": [],
            "tax_names": None,
            **numbers,
        }


def _literal(text):
    """Return ``text`` for a LIKE that takes it as it is."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _moment(day):
    """Return when an offer of ``day`` left: noon, but for one of today."""
    now = fields.Datetime.now()
    return now if day == now.date() else datetime.combine(day, time(12))
