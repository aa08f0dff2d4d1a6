from odoo import api, models, tools
from odoo.tools import SQL

from ..matching import Party
from .stored_profile import StoredProfile

_ADDRESS = ("street", "city", "zip", "country_id")
_NUMBERS = ("vat", "company_registry", "website")
_STRUCTURE = ("name", "type", "is_company", "active", "parent_id", "company_id")


class ResPartner(models.Model):
    """A commercial entity as the matching sees it."""

    _inherit = "res.partner"

    @api.model
    @tools.ormcache(cache="stable")
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
        members = self._offer_members(self._query_offer_entities())
        return {
            entity_id: self._offer_party_of(rows) for entity_id, rows in members.items()
        }

    @api.model
    def _offer_members(self, entity_ids):
        """Return the rows that commercial entities are made of.

        :return: dict of entity id to list of dicts, see :meth:`_query_offer_members`
        """
        members = {}
        for row in self._query_offer_members(entity_ids):
            members.setdefault(row["commercial_partner_id"], []).append(row)
        return members

    @api.model
    def _offer_cached_members(self, member_ids):
        """Return the same of partners whose values are at hand, without a query.

        Accounts and profiles are left out.

        :param member_ids: dict of entity id to the ids of its contacts and itself
        :return: iterable of lists of dicts
        """
        names = self._offer_key_fields()
        partners = self.browse(set().union(*member_ids.values()))
        rows = {row["id"]: row for row in partners._read_format(names, load=None)}
        for entity_id, ids in member_ids.items():
            rows[entity_id]["accounts"] = ()
            yield [rows[one] for one in (entity_id, *sorted(ids - {entity_id}))]

    def _query_offer_entities(self):
        """Return the ids of these partners' commercial entities; SQL for the price."""
        self.flush_model(["commercial_partner_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT commercial_partner_id FROM res_partner WHERE id IN %s",
                tuple(self.ids) or (0,),
            )
        )
        return {entity_id for (entity_id,) in rows}

    @api.model
    def _offer_party_of(self, rows):
        """Return what rows of an entity and its contacts say."""
        return self._offer_party(rows, tuple(rows[0]["accounts"] or ()))

    @api.model
    def _query_offer_members(self, entity_ids):
        """Return the entities and all contacts below them, one dict of fields each.

        SQL because of the cost: every partner that is saved comes through here. An
        entity comes before its contacts, with its bank accounts; no rule says who may
        know of an account, and nobody is shown one. ``stored`` is the profile that a
        partner has, or ``None``. Relies on the indexes of commercial_partner_id and of
        the partner_id of accounts and profiles.
        """
        names = sorted({*self._offer_key_fields(), "commercial_partner_id"})
        self.env["res.partner"].flush_model(names)
        self.env["res.partner.bank"].flush_model(
            ["partner_id", "active", "sanitized_acc_number"]
        )
        self.env["offer.partner.profile"].flush_model()
        columns = SQL(", ").join(SQL.identifier("member", name) for name in names)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT member.id, ARRAY(
                    SELECT account.sanitized_acc_number
                    FROM res_partner_bank AS account
                    WHERE account.partner_id = member.id AND account.active
                        AND account.sanitized_acc_number != ''
                    ORDER BY account.id
                ), profile.dump, profile.version, profile.state, profile.company_id, %s
                FROM res_partner AS member
                LEFT JOIN offer_partner_profile AS profile
                    ON profile.partner_id = member.id
                WHERE member.commercial_partner_id IN %s
                ORDER BY member.id != member.commercial_partner_id, member.id
                """,
                columns,
                tuple(entity_ids) or (0,),
            )
        )
        return [
            {
                "id": partner_id,
                "accounts": accounts,
                "stored": StoredProfile(*stored) if stored[0] else None,
                **dict(zip(names, values, strict=True)),
            }
            for partner_id, accounts, *stored, values in (
                (*row[:6], row[6:]) for row in rows
            )
        ]

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
