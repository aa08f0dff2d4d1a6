from dataclasses import dataclass

from odoo import api, fields, models

from ..conflicts import Assessment, Severity, assess_case

# Decisions after which the sides of a case may offer as they like.
_SETTLED = frozenset({"joint", "allow", "none"})
# Of the hundred and fifty that companies have.
_COMPANY_FIELDS = ("parent_path", "currency_id", "offer_conflict_window_days")


@dataclass(frozen=True, slots=True)
class Foresight:
    """The conflict that a quotation would be part of, were it sent now.

    :ivar matches: list of :class:`~.partner_match.PartnerMatch`
    :ivar rivals_sudo: the ``offer.offer`` that it collides with
    :ivar worst: the pair that decides the severity
    :ivar widest: the pair with the largest price spread
    :ivar currency: ``res.currency`` of the amounts
    """

    matches: list
    rivals_sudo: models.BaseModel
    worst: Assessment
    widest: Assessment
    currency: models.BaseModel

    @property
    def severity(self) -> Severity:
        return self.worst.severity


class OfferConflict(models.Model):
    """What sending a quotation would bring about, before it is sent."""

    _inherit = "offer.conflict"

    @api.model
    def _foresee(self, order):
        """Return the conflict that a quotation would be part of, None without one.

        Writes nothing. Reads the whole tree in sudo: only cards of what it finds may
        reach who asks.

        :param order: ``sale.order``
        :return: :class:`Foresight` or None
        """
        order_sudo = order.sudo().with_company(order.sudo().company_id)
        tree = order_sudo.company_id._offer_tree()
        check = self.env["offer.check"]
        found = check._find_order_customers(order_sudo, order_sudo.company_id)
        matches = [match for match in found if match.is_likely]
        if not matches:
            return None
        matches = self._with_group(matches, tree)
        rivals_sudo = self.sudo()._foreseen_rivals(order_sudo, matches, tree)
        if not rivals_sudo:
            return None
        currency = self.env["offer.identity"]._anchor(tree).currency_id
        return self._foreseen(order_sudo, matches, rivals_sudo, currency)

    @api.model
    def _severity(self, value):
        return Severity(value)

    def _foreseen_rivals(self, order_sudo, matches, tree):
        """Return the offers that the quotation may collide with."""
        head_sudo = order_sudo._offer_heads()
        rivals_sudo = self._live_rivals(order_sudo._offer_virtual_head(), matches, tree)
        settled = head_sudo.conflict_ids.filtered(
            lambda case: case._is_settled_for(head_sudo)
        )
        return rivals_sudo - head_sudo - settled.offer_ids

    def _is_settled_for(self, offer_sudo):
        """Tell whether the case was decided so that this offer may go out."""
        self.ensure_one()
        if self.state != "decided":
            return False
        is_in_charge = self.decision_side_id == offer_sudo.company_id
        return self.decision in _SETTLED or (self.decision == "keep" and is_in_charge)

    @api.model
    def _collides(self, offer, rivals, matches, tree):
        """Tell whether an offer that has just been sent has, or gets, a case."""
        if offer.conflict_ids:
            return True
        if not rivals:
            return False
        tree.fetch(_COMPANY_FIELDS)
        currency = self.env["offer.identity"]._anchor(tree).currency_id
        everybody = offer | rivals
        everybody._conflict_prefetch()
        # Iterated, not sliced: so all come with the same queries.
        own, *others = everybody
        proposal = own._conflict_proposal(currency)
        return bool(self._assess_against(proposal, others, matches, currency))

    @api.model
    def _assess_against(self, own, rivals_sudo, matches, currency):
        """Return the case that an offer has with rivals, by what its look-up found.

        :param own: :class:`~..conflicts.Proposal` of the offer
        :return: :class:`~..conflicts.Case` or None
        """
        verdicts = {match.partner_id: match.verdict.value for match in matches}
        customers = {str(r.id): r.commercial_partner_id.id for r in rivals_sudo}

        def verdict_of(left, right):
            if own.key not in (left, right):
                return None  # what rivals have with each other is not this one's
            return verdicts[customers[left if right == own.key else right]]

        proposals = [own, *(r._conflict_proposal(currency) for r in rivals_sudo)]
        return assess_case(proposals, verdict_of)

    @api.model
    def _foreseen(self, order_sudo, matches, rivals_sudo, currency):
        own = order_sudo._offer_conflict_proposal(currency)
        case = self._assess_against(own, rivals_sudo, matches, currency)
        if case is None:
            return None
        keys = {key for pair in case.pairs for key in (pair.left, pair.right)}
        return Foresight(
            matches=matches,
            rivals_sudo=rivals_sudo.filtered(lambda rival: str(rival.id) in keys),
            worst=case.worst,
            widest=case.widest,
            currency=currency,
        )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _offer_virtual_head(self):
        """Return the offer that sending would make of the quotation, never stored."""
        head_sudo = self._offer_heads()
        now = fields.Datetime.now()
        return (
            self.env["offer.offer"]
            .sudo()
            .new(
                {
                    **self._offer_head_values(),
                    "date_first_sent": head_sudo.date_first_sent or now,
                    "date_last_sent": now,
                }
            )
        )

    def _offer_conflict_proposal(self, currency):
        """Return the quotation as the conflict rules would see it, were it sent now."""
        line_model = self.env["offer.revision.line"].sudo()
        columns = [line._offer_line_columns() for line in self.order_line]
        lines = [
            line_model.new(values)
            for values in columns
            if not values["display_type"] and not values["is_optional"]
        ]
        key = str(self._offer_heads().id or 0)
        return self._offer_virtual_head()._conflict_proposal_of(key, lines, currency)
