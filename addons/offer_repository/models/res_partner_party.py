from odoo import api, models, tools
from odoo.tools import SQL

from ..matching import Party

_ADDRESS = ("street", "city", "zip", "country_id")
_NUMBERS = ("vat", "company_registry", "website")
_STRUCTURE = ("name", "type", "is_company", "active", "parent_id", "company_id")


class ResPartner(models.Model):
    """A commercial entity as the matching sees it."""

    _inherit = "res.partner"

    @api.model
    def _offer_key_fields(self):
        """Return the names of the stored fields that profiles are made of.

        Override when an addon adds addresses: extend :meth:`_offer_party` as well.
        """
        return frozenset((*_STRUCTURE, *_NUMBERS, *_ADDRESS)).union(
            self._offer_email_fields(), self._phone_get_number_fields()
        )

    @api.model
    def _offer_email_fields(self):
        """Return the fields that hold the partner's own addresses."""
        return ["email"]

    def _offer_parties(self):
        """Return what is stored of these partners' commercial entities.

        :return: dict of entity id to :class:`~..matching.Party`
        """
        members = {}
        for row in self._query_offer_members():
            members.setdefault(row["commercial_partner_id"], []).append(row)
        return {
            entity_id: self._offer_party(rows, tuple(rows[0]["accounts"] or ()))
            for entity_id, rows in members.items()
        }

    def _query_offer_members(self):
        """Return the entities and all contacts below them, one dict of fields each.

        SQL because of the cost: every partner that is saved comes through here. An
        entity comes before its contacts, with its bank accounts; no rule says who may
        know of an account, and nobody is shown one. Relies on the indexes of
        commercial_partner_id and of the account's partner_id.
        """
        names = sorted({*self._offer_key_fields(), "commercial_partner_id"})
        self.env["res.partner"].flush_model(names)
        self.env["res.partner.bank"].flush_model(
            ["partner_id", "active", "sanitized_acc_number"]
        )
        columns = SQL(", ").join(SQL.identifier("member", name) for name in names)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT member.id, (
                    SELECT array_agg(account.sanitized_acc_number ORDER BY account.id)
                    FROM res_partner_bank AS account
                    WHERE account.partner_id = member.id AND account.active
                        AND account.sanitized_acc_number != ''
                ), %s
                FROM res_partner AS member
                WHERE member.commercial_partner_id IN (
                    SELECT commercial_partner_id FROM res_partner WHERE id = ANY(%s)
                )
                ORDER BY member.id != member.commercial_partner_id, member.id
                """,
                columns,
                self.ids,
            )
        )
        return [dict(zip(("id", "accounts", *names), row, strict=True)) for row in rows]

    @api.model
    def _offer_party(self, rows, bank_accounts):
        """Return a commercial entity as the matching sees it.

        Override to add what other addons know of a partner, by ``dataclasses.replace``.

        :param rows: list of dicts with the values of :meth:`_offer_key_fields` and
            ``id``, the entity's own first, then its contacts'
        :param bank_accounts: tuple of account numbers
        """
        entity = rows[0]
        # A contact person who has left speaks for the company no more.
        rows = [row for row in rows if row["active"] or not entity["active"]]
        people = [
            row
            for row in rows
            if row is not entity and row["type"] == "contact" and row["name"]
        ]
        country = self._offer_country(entity)
        return Party(
            name=entity["name"] or "",
            is_company=bool(entity["is_company"]),
            vats=_texts([entity], ["vat"]),
            registry_numbers=_texts([entity], ["company_registry"]),
            emails=_texts(rows, self._offer_email_fields()),
            phones=_texts(rows, self._phone_get_number_fields()),
            websites=_texts(rows, ["website"]),
            street=entity["street"] or "",
            city=entity["city"] or "",
            zip=entity["zip"] or "",
            country=country,
            contact_persons=_texts(people, ["name"]),
            bank_accounts=bank_accounts,
            home_countries=() if country else self._offer_home_countries(),
        )

    @api.model
    def _offer_country(self, entity):
        """Return the code of the country an entity is in, or its branch."""
        if entity["country_id"]:
            return self._offer_country_code(entity["country_id"])
        return self._offer_company_countries().get(entity["company_id"])

    @api.model
    @tools.ormcache("country_id", cache="stable")
    def _offer_country_code(self, country_id):
        """Return the code of a country, ``None`` when there is no such country."""
        return self.env["res.country"].sudo().browse(country_id).exists().code or None

    @api.model
    @tools.ormcache()
    def _offer_company_countries(self):
        """Return the codes of the countries that companies are in, by company id."""
        companies_sudo = self.env["res.company"].sudo()
        placed_sudo = companies_sudo.search([("partner_id.country_id", "!=", False)])
        return {
            company.id: company.partner_id.country_id.code for company in placed_sudo
        }

    @api.model
    def _offer_home_countries(self):
        """Return where a customer of unknown country may be at home."""
        return tuple(sorted(set(self._offer_company_countries().values())))

    def _offer_family_root(self):
        """Return the top of the partner's hierarchy.

        A company entered below another one is a customer of its own, but never a
        duplicate of it.
        """
        partner = self
        while partner.parent_id:
            partner = partner.parent_id
        return partner


def _texts(rows, names):
    """Return the values of text fields, each once, in order."""
    values = (row[name] for row in rows for name in names)
    return tuple(dict.fromkeys(value for value in values if value))
