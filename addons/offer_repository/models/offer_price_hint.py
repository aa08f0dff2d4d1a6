from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from .offer_check import MANAGER
from .offer_check_query import parse_id
from .sale_order_document import grouped

_IDS = ("partner_id", "product_id", "order_id", "company_id")
_SHOWN = 5


class OfferPriceHint(models.AbstractModel):
    """What a customer was offered last for a product, at hand in the quotation.

    The reader's own offers with their prices, other branches' as cards: that there is
    one, and if that branch allows it, how its price stands to something the reader
    cannot choose.
    """

    _name = "offer.price.hint"
    _description = "Last Offered Price"

    @api.model
    def last_offered(self, values):
        """Return what the customer was last offered for a product.

        :param dict values: ``partner_id``, ``product_id``; ``order_id`` of the
            quotation, which is left out; ``company_id`` it is made for
        :return: dict of ``offers`` (readable ones, newest first), ``others`` (cards),
            ``limited`` and ``message``, the same shape always
        :raise AccessError: for users who do not sell
        :raise ValidationError: naming the value that is not what it should be
        """
        check = self.env["offer.check"]
        check._check_user()
        asked = self._parse(values)
        partner = check._readable("res.partner", asked["partner_id"])
        product = check._readable("product.product", asked["product_id"])
        if not partner or not product:
            return self._answer()
        company_sudo = self._asked_company(asked)
        customers = self._customers(partner, company_sudo)
        rows, is_exact = self._own_rows(customers, product, asked["order_id"])
        self._disclose_rows(rows)
        answer = self._answer(
            offers=[self._row_answer(row, is_exact) for row in rows],
            **self._other_answer(partner, customers, product, company_sudo, rows),
        )
        # What was read here in sudo must not be found in the cache by code that runs
        # later in this transaction with the user's own rights.
        self.env.invalidate_all()
        return answer

    @api.model
    def _answer(self, offers=(), others=(), **values):
        return {
            "offers": list(offers),
            "others": list(others),
            "limited": False,
            "message": False,
            **values,
        }

    @api.model
    def _parse(self, values):
        if not isinstance(values, dict):
            raise ValidationError(
                self.env._("A price hint needs customer and product, by field name.")
            )
        return {name: parse_id(self.env, name, values.get(name)) for name in _IDS}

    @api.model
    def _asked_company(self, asked):
        company = self.env.company
        if asked["company_id"] in self.env.companies.ids:
            company = company.browse(asked["company_id"])
        return company.sudo()

    @api.model
    def _customers(self, partner, company_sudo):
        """Return the ids of the customer and of who is certainly the same."""
        entity_sudo = partner.sudo().commercial_partner_id
        same_sudo = self.env["offer.identity"]._certain_partners(
            entity_sudo, company_sudo._offer_tree()
        )
        return (entity_sudo | same_sudo).ids

    @api.model
    def _readable_customers(self, partner, company_sudo):
        """Return the same without those that the reader may not read.

        For domains that the client gets: the number of another branch's record would
        tell that it is the same customer.
        """
        customers = self._customers(partner, company_sudo)
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners.browse(customers)._filtered_access("read").ids

    # ------------------------------------------------------------------
    # What the reader may read
    # ------------------------------------------------------------------

    @api.model
    def _own_rows(self, customers, product, order_id):
        """Return the newest readable rows, of the product or else of its variants.

        :return: ``offer.price.report``, and whether they are of the product itself
        """
        report = self.env["offer.price.report"]
        domain = Domain("commercial_partner_id", "in", customers)
        domain &= Domain("is_current", "=", True)
        if order_id:
            domain &= Domain("offer_id.order_id", "!=", order_id)
        rows = report.search(
            domain & Domain("product_id", "=", product.id), limit=_SHOWN
        )
        if rows:
            return rows, True
        template = Domain("product_tmpl_id", "=", product.product_tmpl_id.id)
        return report.search(domain & template, limit=_SHOWN), False

    @api.model
    def _row_answer(self, row, is_exact):
        # sudo: names of what a readable row links to, as lists show them
        row_sudo = row.sudo()
        price = formatLang(
            self.env, row.price, currency_obj=row_sudo.company_currency_id
        )
        listed = formatLang(self.env, row.price_unit, currency_obj=row_sudo.currency_id)
        return {
            "key": row.id,
            "offer_id": row_sudo.offer_id.id,
            "offer": row_sudo.offer_id.name,
            "price": grouped(price) if row.price is not False else "",
            "list_price": grouped(listed),
            "discount": f"{self._number(row.discount)} %" if row.discount else "",
            "quantity": f"{self._number(row.quantity)} {row.uom_name or ''}".strip(),
            "date": format_date(
                self.env, fields.Datetime.context_timestamp(self, row.date)
            ),
            "salesperson": row_sudo.user_id.name or "",
            "branch": row_sudo.company_id.name,
            "state": self.env["offer.export"]._label(row_sudo, "state"),
            "product": "" if is_exact else row_sudo.product_id.display_name,
        }

    @api.model
    def _number(self, value):
        return self.env["offer.comparison"]._shown_number(value)

    @api.model
    def _disclose_rows(self, rows):
        """Note that a manager saw prices of branches that are not his own."""
        rows_sudo = rows.sudo().filtered(
            lambda row: row.company_id not in self.env.companies
        )
        self.env["contact.disclosure"]._log(
            [self._disclosure(row.offer_id, "content") for row in rows_sudo]
        )

    @api.model
    def _disclosure(self, offer_sudo, level):
        return {
            "owner_company_id": offer_sudo.company_id.id,
            "partner_id": offer_sudo.commercial_partner_id.id,
            "kind": "price_card",
            "level": level,
            "res_model": "offer.offer",
            "res_id": offer_sudo.id,
            "reason_code": "last_price",
        }

    @api.model
    def _is_manager(self):
        return self.env.user.has_group(MANAGER)
