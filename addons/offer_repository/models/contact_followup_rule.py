from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.contact_history.models.contact_followup_rule import Occasion

from .offer_offer_loss import LOST_STATES


class ContactFollowupRule(models.Model):
    """Occasions that offers give to turn to a customer again."""

    _inherit = "contact.followup.rule"

    occasion = fields.Selection(
        selection_add=[
            ("sale", "Purchase"),
            ("first_sale", "First purchase"),
            ("unanswered", "Offer without an answer"),
            ("loss", "Offer was lost"),
        ],
        ondelete={
            "sale": "cascade",
            "first_sale": "cascade",
            "unanswered": "cascade",
            "loss": "cascade",
        },
    )

    def _occasions_sale(self, companies, start, end, limit):
        """Find purchases: the customer is asked whether all is well."""
        events = self.env["offer.event"].search(
            self._event_domain(companies, start, end), order="date, id"
        )
        return self._offer_occasions(
            [(event.offer_id, event.date) for event in events], "sale", start, limit
        )

    def _occasions_first_sale(self, companies, start, end, limit):
        """Find the first purchase of each customer."""
        events = self.env["offer.event"].search(
            self._event_domain(companies, start, end), order="date, id"
        )
        customers = events.offer_id.commercial_partner_id
        first = dict(
            self.env["offer.event"]._read_group(
                Domain("code", "=", "accepted")
                & Domain("offer_id.commercial_partner_id", "in", customers.ids)
                & Domain("company_id", "child_of", companies.root_id.ids),
                ["offer_id"],
                ["date:min"],
            )
        )
        earliest = {}
        for offer, date in first.items():
            customer = offer.commercial_partner_id
            earliest[customer] = min(date, earliest.get(customer, date))
        found = [
            (event.offer_id, event.date)
            for event in events
            if event.date == earliest.get(event.offer_id.commercial_partner_id)
        ]
        return self._offer_occasions(found, "first_sale", start, limit)

    def _event_domain(self, companies, start, end):
        return (
            Domain("code", "=", "accepted")
            & Domain("company_id", "in", companies.ids)
            & Domain("date", ">=", start)
            & Domain("date", "<", end)
            & Domain("offer_id.state", "=", "won")
        )

    def _occasions_unanswered(self, companies, start, end, limit):
        """Find live offers of which the customer has not said anything since."""
        offers = self.env["offer.offer"].search(
            Domain("company_id", "in", companies.ids)
            & Domain("is_live", "=", True)
            & Domain("date_last_sent", ">=", start)
            & Domain("date_last_sent", "<", end),
            order="date_last_sent, id",
        )
        heard = dict(
            self.env["contact.interaction"]._read_group(
                Domain("commercial_partner_id", "in", offers.commercial_partner_id.ids)
                & Domain("occurred_at", ">=", start)
                & (
                    Domain("direction", "=", "incoming")
                    | Domain("state", "=", "answered")
                )
                & Domain("is_automatic", "=", False),
                ["commercial_partner_id"],
                ["occurred_at:max"],
            )
        )
        silent = [
            (offer, offer.date_last_sent)
            for offer in offers
            if heard.get(offer.commercial_partner_id, start) <= offer.date_last_sent
        ]
        return self._offer_occasions(silent, "unanswered", start, limit)

    def _occasions_loss(self, companies, start, end, limit):
        """Find lost offers, without those a win-back rule has taken."""
        offers = self.env["offer.offer"].search(
            Domain("company_id", "in", companies.ids)
            & Domain("state", "in", LOST_STATES)
            & Domain("date_winback", "=", False)
            & Domain("date_lost", ">=", start)
            & Domain("date_lost", "<", end),
            order="date_lost, id",
        )
        lost = [
            (offer, offer.date_lost) for offer in offers if not offer._is_won_back()
        ]
        return self._offer_occasions(lost, "loss", start, limit)

    def _offer_occasions(self, found, kind, since, limit):
        """Return the occasions of pairs of offer and moment, without known ones."""
        known = set(self._known_keys(since))
        occasions = []
        for offer, moment in found:
            key = self._offer_key(offer, moment, kind)
            if key in known or not self._has_tag(offer.commercial_partner_id):
                continue
            known.add(key)
            occasions.append(
                Occasion(
                    key,
                    offer.partner_id,
                    offer.company_id,
                    moment,
                    offer.user_id,
                    self._offer_about(offer, moment, kind),
                )
            )
            if len(occasions) == limit:
                break
        return occasions

    def _offer_key(self, offer, moment, kind):
        """Return what makes the occasion unique: an offer is bought once, but waited
        for again when it is sent again.
        """
        if kind in ("sale", "first_sale"):
            return f"offer-{offer.id}"
        return f"offer-{offer.id}-{moment:%Y%m%d%H%M%S}"

    def _has_tag(self, customer):
        return not self.category_ids or bool(self.category_ids & customer.category_id)

    def _offer_about(self, offer, moment, kind):
        words = self.with_context(lang=offer.user_id.lang or self.env.lang)
        day = format_date(words.env, moment)
        if kind == "unanswered":
            return words.env._(
                "Offer %(offer)s was sent on %(day)s.", offer=offer.name, day=day
            )
        if kind == "loss":
            return words.env._(
                "Offer %(offer)s was lost on %(day)s.", offer=offer.name, day=day
            )
        return words.env._(
            "Bought on %(day)s, offer %(offer)s.", offer=offer.name, day=day
        )
