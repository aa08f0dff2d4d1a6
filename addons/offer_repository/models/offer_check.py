from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..matching import THIRD_CODES, Verdict
from .offer_check_query import joined, parse_query
from .partner_match import itself

# More offers than a customer can have alive at once; keeps every answer small.
_MAX_OFFERS = 50
MANAGER = "offer_repository.offer_repository_group_manager"
# Evidence that needs no name beside it: see _believe_number.
_DECISIVE = frozenset({"vat_equal"})
_TELLING = frozenset(
    {
        "tax_equal",
        "registry_equal",
        "bank_equal",
        "phone_equal",
        "mobile_equal",
        "email_equal",
    }
)
_COMPANY_FIELDS = ("name", "phone", "email", "parent_path")
# Kinds of disclosure that a look-up makes.
CARD_KINDS = ("offer_card", "customer_card")
# Kinds that count when it is about how much somebody looks up.
LIMITED_KINDS = (*CARD_KINDS, "price_card", "claim_card")


class OfferCheck(models.AbstractModel):
    """Is this customer known, is another branch working on it? The answer is cards.

    Looks at the whole tree in sudo, whatever the user may read, and answers with plain
    values: no record of another branch, no price, no offer number.
    """

    _name = "offer.check"
    _description = "Customer Check"

    @api.model
    def check_customer(self, values):
        """Return cards of the customer's duplicates and other branches' live offers.

        :param dict values: what the form holds so far: ``model`` (``sale.order``,
            ``res.partner`` or ``crm.lead``), ``partner_id``, ``res_id``, ``parent_id``,
            ``country_id``, ``company_id``, ``name``, ``vat``, ``company_registry``,
            ``email``, ``phone``, ``website``, ``street``, ``city``, ``zip``; any of
            them but ``model`` may be missing or False
        :return: dict of ``cards`` (offers), ``customers`` (duplicates), ``policy``
            (what saving or sending will ask for, or False), ``limited`` and
            ``message``, the same shape always
        :raise AccessError: for users who do not sell
        :raise ValidationError: naming the value that is not what it should be
        """
        self._check_user()
        query = parse_query(self.env, values)
        if self._is_limit_reached():
            return self._answer(limited=True, message=self._limit_message())
        company_sudo = self._own_company(query)
        # Rules and cards read these, one by one and with a hundred columns otherwise.
        company_sudo._offer_tree().fetch(_COMPANY_FIELDS)
        matches = self._find_customers(query, company_sudo)
        return self._tell_of(query, matches, company_sudo)

    @api.model
    def _tell_of(self, query, matches, company_sudo):
        """Return the answer about these customers and the live offers to them."""
        offers_sudo = self._find_offers(matches, company_sudo)
        answer = self._tell(query, matches, offers_sudo, company_sudo)
        # What was read here in sudo must not be found in the cache by code that runs
        # later in this transaction with the user's own rights.
        self.env.invalidate_all()
        return answer

    @api.model
    def _tell(self, query, matches, offers_sudo, company_sudo):
        """Return the answer to a question, and note what it discloses."""
        event = "quotation" if query.model == "sale.order" else "customer"
        subject = self._policy_subject(event, matches, offers_sudo)
        level = self._policy_level(event, subject, company_sudo)
        if level == "silent":
            return self._answer()
        matches, offers_sudo = self._told_of(
            event, subject, matches, offers_sudo, company_sudo
        )
        told, rows = self._cards(matches, offers_sudo)
        self.env["contact.disclosure"]._log(rows)
        notice = self._policy_notice(query, level, subject, offers_sudo, company_sudo)
        return self._answer(**told, policy=notice)

    @api.model
    def _told_of(self, event, subject, matches, offers_sudo, company_sudo):
        """Leave out whom a rule says nothing about, though others are told of."""
        policy = self.env["offer.check.policy"]
        silent_ids = {
            match.partner_id
            for match in subject
            if policy._level(company_sudo, event, match) == "silent"
        }
        return (
            [match for match in matches if match.partner_id not in silent_ids],
            offers_sudo.filtered(
                lambda offer: offer.commercial_partner_id.id not in silent_ids
            ),
        )

    @api.model
    def _cards(self, matches, offers_sudo):
        """Return the cards by kind, and the log rows that showing them needs."""
        customers, foreign = self._make_customer_cards(matches, offers_sudo)
        told = {
            "cards": self._make_cards(offers_sudo, matches),
            "customers": customers,
        }
        rows = self._offer_disclosures(offers_sudo, matches)
        return told, rows + self._customer_disclosures(foreign)

    @api.model
    def _answer(self, cards=(), customers=(), **values):
        return {
            "cards": list(cards),
            "customers": list(customers),
            "policy": False,
            "limited": False,
            "message": False,
            **values,
        }

    # ------------------------------------------------------------------
    # Looking
    # ------------------------------------------------------------------

    @api.model
    def _own_company(self, query):
        """Return the branch the user asks for, whose offers are no news."""
        company = self.env.company
        if query.model != "res.partner" and query.res_id:
            document = self._readable(query.model, query.res_id)
            company = document.company_id or company
        elif query.company_id in self.env.companies.ids:
            company = self.env["res.company"].browse(query.company_id)
        return company.sudo()

    @api.model
    def _readable(self, model, record_id):
        """Return the record if there is one that the user may read, else none."""
        record = self.env[model].with_context(active_test=False).browse(record_id)
        return (
            record.exists()._filtered_access("read") if record_id else record.browse()
        )

    @api.model
    def _find_customers(self, query, company_sudo):
        """Return who the customer may be, himself included, at least probable."""
        partner_id = query.partner_id
        if query.model == "res.partner":
            partner_id = query.res_id or query.parent_id
        # sudo from here: the user may read the partner, and the company above him is
        # what the other branches know.
        entity_sudo = self._readable("res.partner", partner_id).sudo()
        entity_sudo = entity_sudo.commercial_partner_id
        if partner_id and not entity_sudo:
            return []
        matches = self.env["offer.partner.key"]._find_matches(
            self._asked_customer(query, entity_sudo, company_sudo),
            company_sudo._offer_tree(),
            entity_sudo.id,
        )
        if entity_sudo:
            matches = [itself(entity_sudo.id), *matches]
        elif not query.name:
            matches = [self._believe_number(match) for match in matches]
        return [match for match in matches if match.is_likely]

    @api.model
    def _believe_number(self, match):
        """Return a match of somebody whose name nobody has typed yet, made surer.

        Verdicts are fitted to whole records, where a missing name is a bad sign. While
        somebody is typing it is none: a number that is the customer's own counts, even
        if somebody else fits better.
        """
        codes = {item.code for item in match.evidence}
        against = {item.code for item in match.evidence if item.points < 0}
        if against - THIRD_CODES:
            return match
        if codes & _DECISIVE:
            return match.with_verdict(Verdict.CERTAIN)
        if codes & _TELLING and not match.is_likely:
            return match.with_verdict(Verdict.PROBABLE)
        return match

    @api.model
    def _asked_customer(self, query, entity_sudo, company_sudo):
        """Return what was typed together with what is stored."""
        if entity_sudo and not query.is_typed:
            return self.env["offer.partner.profile"]._of(entity_sudo)
        partners = self.env["res.partner"]
        stored = entity_sudo and entity_sudo._offer_parties()[entity_sudo.id]
        country = partners._offer_country_code(query.country_id)
        country = country or (stored and stored.country) or None
        # A guess that helps to read numbers; it speaks neither for nor against anybody.
        home = partners._offer_company_countries().get(company_sudo.id)
        homes = (home,) if home else partners._offer_home_countries()
        typed = query.party(country, homes)
        return joined(typed, stored) if stored else typed

    @api.model
    def _find_stored(self, entity_sudo, tree_sudo):
        """Return who a saved customer may be, at least probable, himself left out."""
        matches = self._all_matches(entity_sudo, tree_sudo)
        return [match for match in matches if match.is_likely]

    @api.model
    def _stored_matches(self, entities_sudo):
        """Return the duplicates of saved customers that are worth telling, by id."""
        profiles = self.env["offer.partner.profile"]._load(entities_sudo.ids)
        own_sudo = self.env.company.sudo()
        found = {}
        for company_sudo, same_sudo in entities_sudo.grouped(
            lambda entity: entity.company_id or own_sudo
        ).items():
            found |= self.env["offer.partner.key"]._find_all_matches(
                {entity.id: profiles[entity.id].profile for entity in same_sudo},
                company_sudo._offer_tree(),
            )
        return {
            entity_id: [match for match in matches if match.is_likely]
            for entity_id, matches in found.items()
        }

    @api.model
    def _all_matches(self, entity_sudo, tree_sudo):
        profile = self.env["offer.partner.profile"]._of(entity_sudo)
        return self.env["offer.partner.key"]._find_matches(
            profile, tree_sudo, entity_sudo.id
        )

    @api.model
    def _find_order_customers(self, order, company_sudo):
        """Return who a quotation's customer may be, himself included."""
        entity_sudo = order.partner_id.sudo().commercial_partner_id
        if not entity_sudo:
            return []
        return [
            itself(entity_sudo.id),
            *self._find_stored(entity_sudo, company_sudo._offer_tree()),
        ]

    @api.model
    def _find_offers(self, matches, company_sudo):
        """Return the offers of other branches of the tree that a card is due for."""
        # sudo: that is the point, see the class.
        offers_sudo = self.env["offer.offer"].sudo()
        others_sudo = company_sudo._offer_tree() - company_sudo
        if not matches or not others_sudo:
            return offers_sudo
        ids = self._query_offers([match.partner_id for match in matches], others_sudo)
        if not ids:
            return offers_sudo
        domain = Domain("id", "in", ids) & self._card_domain(company_sudo)
        return offers_sudo.search(domain, limit=_MAX_OFFERS)

    @api.model
    def _query_offers(self, partner_ids, companies_sudo):
        """Return the ids of all offers to some customers, mostly none.

        SQL for the price of asking. Relies on the index of commercial_partner_id.
        """
        self.env["offer.offer"].flush_model(["commercial_partner_id", "company_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM offer_offer
                WHERE commercial_partner_id = ANY(%s) AND company_id = ANY(%s)
                """,
                partner_ids,
                companies_sudo.ids,
            )
        )
        return [offer_id for (offer_id,) in rows]

    @api.model
    def _card_domain(self, company_sudo):
        """Return which offers are worth a card: live ones.

        Override to tell of others, recently won ones for example.
        """
        return Domain("is_live", "=", True)
