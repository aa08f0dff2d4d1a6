from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..comparing import price_relation
from .partner_match import itself

_LIMIT_PERIOD = timedelta(hours=1)
_SHOWN = 5


class OfferPriceHint(models.AbstractModel):
    """Other branches' prices, as cards."""

    _inherit = "offer.price.hint"

    @api.model
    def _other_answer(self, partner, customers, product, company_sudo, rows):
        """Return ``others``, and whether too much was looked up.

        :param rows: what the reader may read, newest first: prices are compared with
            these
        """
        if self._is_manager():
            return {}  # reads the offers themselves
        if self._is_limit_reached():
            message = self.env["offer.check"]._limit_message()
            return {"limited": True, "message": message}
        if self._is_silent(partner, company_sudo):
            return {}
        others_sudo = self._other_rows(customers, product, company_sudo)
        reference = self._reference(rows, product, company_sudo)
        cards, disclosures = [], []
        for row_sudo in others_sudo:
            relation = self._relation(row_sudo, reference, company_sudo)
            cards.append(self._other_card(row_sudo, relation, reference))
            level = "subject" if relation else "metadata"
            disclosures.append(self._disclosure(row_sudo.offer_id, level))
        self.env["contact.disclosure"]._log(disclosures)
        return {"others": cards}

    @api.model
    def _is_limit_reached(self):
        """Tell whether the user asked enough within the hour, of customers or prices.

        Asked before looking, so that the refusal says nothing about the customer.
        """
        if self.env["offer.check"]._is_limit_reached():
            return True
        # sudo: users may not read the log, not even of themselves.
        shown = (
            self.env["contact.disclosure"]
            .sudo()
            .search_count(
                [
                    ("user_id", "=", self.env.uid),
                    ("kind", "=", "price_card"),
                    ("date", ">", fields.Datetime.now() - _LIMIT_PERIOD),
                ]
            )
        )
        return shown >= self.env.company.sudo().offer_lookup_limit

    @api.model
    def _is_silent(self, partner, company_sudo):
        """Tell whether the branch's policy is to say nothing of other branches."""
        subject = [itself(partner.sudo().commercial_partner_id.id)]
        check = self.env["offer.check"]
        return check._policy_level("quotation", subject, company_sudo) == "silent"

    @api.model
    def _other_rows(self, customers, product, company_sudo):
        """Return the newest row of each other branch of the tree, in sudo.

        Of offers that a card is due for, as in the customer check.
        """
        others_sudo = (
            company_sudo._offer_tree() - company_sudo - self.env.companies.sudo()
        )
        offers_sudo = (
            self.env["offer.offer"]
            .sudo()  # that is the point, see the class
            .search(
                Domain("commercial_partner_id", "in", customers)
                & Domain("company_id", "in", others_sudo.ids)
                & self.env["offer.check"]._card_domain(company_sudo)
            )
        )
        rows_sudo = (
            self.env["offer.price.report"]
            .sudo()
            .search(
                [
                    ("offer_id", "in", offers_sudo.ids),
                    ("product_tmpl_id", "=", product.product_tmpl_id.id),
                    ("is_current", "=", True),
                ]
            )
        )
        newest = {row.company_id: row for row in reversed(rows_sudo)}
        found = rows_sudo.browse([row.id for row in newest.values()])
        return found.sorted("date", reverse=True)[:_SHOWN]

    # ------------------------------------------------------------------
    # Higher or lower
    # ------------------------------------------------------------------

    @api.model
    def _reference(self, rows, product, company_sudo):
        """Return what other prices are compared with, and what it is called.

        Never what is typed: whoever may ask again with another number finds any price
        by halving. The reader's last offer is in the archive, the list price is the
        company's.
        """
        for row in rows:
            if row.price and row.product_id == product:
                currency_sudo = row.sudo().company_currency_id
                price = currency_sudo._convert(
                    row.price, company_sudo.currency_id, company_sudo, row.date.date()
                )
                return price, self.env._("your last offer")
        list_price = product.sudo().with_company(company_sudo).lst_price
        currency_sudo = product.sudo().currency_id
        today = fields.Date.context_today(self)
        price = currency_sudo._convert(
            list_price, company_sudo.currency_id, company_sudo, today
        )
        return price, self.env._("the list price")

    @api.model
    def _relation(self, row_sudo, reference, company_sudo):
        """Return how the other price stands, None where its branch keeps it."""
        owner_sudo = row_sudo.company_id
        if owner_sudo.offer_price_hint != "relation" or row_sudo.price is False:
            return None
        price = row_sudo.company_currency_id._convert(
            row_sudo.price,
            company_sudo.currency_id,
            company_sudo,
            row_sudo.date.date(),
            round=False,
        )
        return price_relation(price, reference[0], owner_sudo.offer_price_hint_percent)

    @api.model
    def _relation_text(self, relation, reference, percent):
        texts = {
            "lower": self.env._("Lower than %(reference)s", reference=reference),
            "higher": self.env._("Higher than %(reference)s", reference=reference),
            "within": self.env._(
                "Within %(percent)s %% of %(reference)s",
                percent=percent,
                reference=reference,
            ),
        }
        return texts.get(relation, "")

    @api.model
    def _other_card(self, row_sudo, relation, reference):
        """Return what everybody may know of another branch's price."""
        offer_sudo = row_sudo.offer_id
        company_sudo, colleague_sudo = (
            offer_sudo.company_id,
            offer_sudo.user_id.partner_id,
        )
        check = self.env["offer.check"]
        return {
            "key": check._card_key("price_card", offer_sudo.id),
            "branch": company_sudo.name,
            "salesperson": colleague_sudo.name or "",
            "phone": colleague_sudo.phone or company_sudo.phone or "",
            "email": colleague_sudo.email or company_sudo.email or "",
            "since": fields.Date.to_string(
                fields.Datetime.context_timestamp(self, offer_sudo.date_first_sent)
            ),
            "relation": relation or "",
            "relation_text": self._relation_text(
                relation, reference[1], company_sudo.offer_price_hint_percent
            ),
        }
