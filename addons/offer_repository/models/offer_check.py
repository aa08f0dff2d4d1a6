import hashlib
import hmac
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..matching import Evidence, Verdict, keys
from .offer_check_query import parse_query
from .offer_partner_key import PartnerMatch

_LIMIT_PERIOD = timedelta(hours=1)
# More offers than a customer can have alive at once; keeps every answer small.
_MAX_OFFERS = 50
_MANAGER = "offer_repository.offer_repository_group_manager"


class OfferCheck(models.AbstractModel):
    """Is another branch working on this customer? The answer is a few cards.

    Looks at the whole tree in sudo, whatever the user may read, and answers with plain
    values: no record of another branch, no price, no offer number.
    """

    _name = "offer.check"
    _description = "Customer Check"

    @api.model
    def check_customer(self, values):
        """Return cards of other branches' live offers to a customer.

        :param dict values: what the form holds so far: ``model`` (``sale.order`` or
            ``res.partner``), ``partner_id``, ``res_id``, ``parent_id``,
            ``country_id``, ``company_id``, ``name``, ``vat``, ``email``, ``phone``;
            any of them but ``model`` may be missing or False
        :return: dict of ``cards``, ``limited`` and ``message``, the same shape always
        :raise AccessError: for users who do not sell
        :raise ValidationError: naming the value that is not what it should be
        """
        self._check_user()
        query = parse_query(self.env, values)
        if self._is_limit_reached():
            return self._answer(limited=True, message=self._limit_message())
        company_sudo = self._own_company(query)
        matches = self._find_customers(query, company_sudo)
        offers_sudo = self._find_offers(matches, company_sudo)
        cards = self._make_cards(offers_sudo, matches)
        self._disclose(offers_sudo, matches)
        # What was read here in sudo must not be found in the cache by code that runs
        # later in this transaction with the user's own rights.
        self.env.invalidate_all()
        return self._answer(cards)

    @api.model
    def _answer(self, cards=(), limited=False, message=False):
        return {"cards": list(cards), "limited": limited, "message": message}

    # ------------------------------------------------------------------
    # Who may ask, and how often
    # ------------------------------------------------------------------

    @api.model
    def _check_user(self):
        if not self.env.user.has_group("offer_repository.offer_repository_group_user"):
            raise AccessError(
                self.env._("Only users of the offer repository can check customers.")
            )

    @api.model
    def _is_limit_reached(self):
        """Tell whether the user was shown enough customers within the hour.

        Asked before looking, so that the refusal says nothing about the customer.
        """
        if self.env.user.has_group(_MANAGER):
            return False  # reads all these offers anyway
        # sudo: users may not read the log, not even of themselves.
        [(shown,)] = (
            self.env["contact.disclosure"]
            .sudo()
            ._read_group(
                [
                    ("user_id", "=", self.env.uid),
                    ("kind", "=", "offer_card"),
                    ("date", ">", fields.Datetime.now() - _LIMIT_PERIOD),
                ],
                aggregates=["partner_id:count_distinct"],
            )
        )
        return shown >= self.env.company.sudo().offer_lookup_limit

    @api.model
    def _limit_message(self):
        return self.env._(
            "Within the last hour you were shown %(limit)s customers of other "
            "branches. Checking pauses until that hour is over. If you need to know "
            "about a customer now, ask your sales manager.",
            limit=self.env.company.sudo().offer_lookup_limit,
        )

    # ------------------------------------------------------------------
    # Looking
    # ------------------------------------------------------------------

    @api.model
    def _own_company(self, query):
        """Return the branch the user asks for, whose offers are no news."""
        company = self.env.company
        if query.model == "sale.order" and query.res_id:
            order = self._readable("sale.order", query.res_id)
            company = order.company_id or company
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
            self._query_keys(query, entity_sudo, company_sudo),
            company_sudo._offer_tree(),
            entity_sudo.id,
        )
        if entity_sudo:
            itself = (Evidence("same_record", "", ""),)
            matches = [PartnerMatch(entity_sudo.id, Verdict.CERTAIN, itself), *matches]
        return [match for match in matches if match.verdict != Verdict.POSSIBLE]

    @api.model
    def _query_keys(self, query, entity_sudo, company_sudo):
        """Return the keys of what was typed and of what is stored."""
        partner_key = self.env["offer.partner.key"]
        country = self.env["res.country"].sudo().browse(query.country_id).exists()
        country = country or entity_sudo.country_id or company_sudo.country_id
        typed = keys(query.party(country.code or None, partner_key._home_countries()))
        stored = partner_key._keys_of(entity_sudo.ids)
        return typed.union(*stored.values())

    @api.model
    def _find_offers(self, matches, company_sudo):
        """Return the offers of other branches of the tree that a card is due for."""
        others_sudo = company_sudo._offer_tree() - company_sudo
        domain = Domain(
            "commercial_partner_id", "in", [match.partner_id for match in matches]
        )
        domain &= Domain("company_id", "in", others_sudo.ids)
        domain &= self._card_domain(company_sudo)
        # sudo: that is the point, see the class.
        return self.env["offer.offer"].sudo().search(domain, limit=_MAX_OFFERS)

    @api.model
    def _card_domain(self, company_sudo):
        """Return which offers are worth a card: live ones.

        Override to tell of others, recently won ones for example.
        """
        return Domain("is_live", "=", True)

    # ------------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------------

    @api.model
    def _make_cards(self, offers_sudo, matches):
        """Return the cards, surest first, then who was first.

        Staff get one for every colleague to call, however many offers there are;
        managers one for every offer.
        """
        by_partner = {match.partner_id: match for match in matches}
        is_manager = self.env.user.has_group(_MANAGER)
        groups = offers_sudo.grouped(
            lambda offer: offer.id if is_manager else (offer.company_id, offer.user_id)
        )
        cards = []
        for group_sudo in groups.values():
            match = max(
                (by_partner[offer.commercial_partner_id.id] for offer in group_sudo),
                key=lambda found: found.verdict.rank,
            )
            card = self._staff_card(group_sudo, match)
            if is_manager:
                card |= self._manager_card(group_sudo)
            cards.append((-match.verdict.rank, card["since"], card["key"], card))
        return [card for *_order, card in sorted(cards, key=lambda item: item[:3])]

    @api.model
    def _staff_card(self, offers_sudo, match):
        """Return what everybody may know of a colleague's offers to a customer."""
        latest_sudo = offers_sudo[:1]
        colleague_sudo = latest_sudo.user_id.partner_id
        company_sudo = latest_sudo.company_id
        first_sent = min(offers_sudo.mapped("date_first_sent"))
        states = dict(latest_sudo._fields["state"]._description_selection(self.env))
        return {
            "key": self._card_key(latest_sudo),
            "branch": company_sudo.name,
            "salesperson": colleague_sudo.name or "",
            "phone": colleague_sudo.phone or company_sudo.phone or "",
            "email": colleague_sudo.email or company_sudo.email or "",
            "since": fields.Date.to_string(
                fields.Datetime.context_timestamp(self, first_sent)
            ),
            "state": latest_sudo.state,
            "state_label": states[latest_sudo.state],
            "verdict": match.verdict.value,
            "verdict_label": self._verdict_labels()[match.verdict],
            "evidence": self._evidence_labels(item.code for item in match.evidence),
        }

    @api.model
    def _manager_card(self, offer_sudo):
        """Return what managers of the tree may know besides."""
        return {
            "offer_id": offer_sudo.id,
            "amount": offer_sudo.amount_untaxed,
            "currency": offer_sudo.currency_id.name,
            "customer": offer_sudo.partner_id.display_name,
        }

    @api.model
    def _card_key(self, offer_sudo):
        """Return a name for the card that tells nothing and lasts a day."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        parts = (self.env.uid, fields.Date.today(), offer_sudo.id)
        message = "offer.card|" + "|".join(map(str, parts))
        digest = hmac.new(secret.encode(), message.encode(), hashlib.sha256)
        return digest.hexdigest()[:20]

    @api.model
    def _disclose(self, offers_sudo, matches):
        by_partner = {match.partner_id: match for match in matches}
        self.env["contact.disclosure"]._log(
            [
                {
                    "owner_company_id": offer.company_id.id,
                    "partner_id": offer.commercial_partner_id.id,
                    "kind": "offer_card",
                    "level": "metadata",
                    "res_model": "offer.offer",
                    "res_id": offer.id,
                    "reason": ", ".join(
                        self._evidence_labels(
                            item.code
                            for item in by_partner[
                                offer.commercial_partner_id.id
                            ].evidence
                        )
                    ),
                }
                for offer in offers_sudo
            ]
        )

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    @api.model
    def _verdict_labels(self):
        return {
            Verdict.CERTAIN: self.env._("Same customer"),
            Verdict.PROBABLE: self.env._("Probably the same customer"),
            Verdict.POSSIBLE: self.env._("Possibly the same customer"),
        }

    @api.model
    def _evidence_labels(self, codes):
        """Return the sentences for codes of evidence, in the user's language.

        :param codes: iterable of codes of :data:`~..matching.CODES`
        """
        labels = {
            "same_record": self.env._("Same customer record"),
            "vat_equal": self.env._("Same tax number"),
            "vat_differs": self.env._("Different tax numbers"),
            "tax_equal": self.env._("Same tax number, check digit wrong"),
            "tax_common": self.env._("Same tax number, used by many customers"),
            "email_equal": self.env._("Same e-mail address"),
            "email_common": self.env._("Same e-mail address, used by many customers"),
            "phone_equal": self.env._("Same phone number"),
            "phone_common": self.env._("Same phone number, used by many customers"),
        }
        return [labels[code] for code in codes]
