from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .offer_conflict_effect import Step

# Telling is one activity a person, not one mail for everything that moves.
_QUIET = {
    "mail_auto_subscribe_no_notify": True,
    "mail_activity_quick_update": True,
    "disable_cancel_warning": True,
}
_OPEN = ("sent", "expired")


@dataclass(frozen=True, slots=True)
class Terms:
    """How a decision is to be carried out.

    :ivar reason_id: id of ``offer.conflict.reason``, None without one
    :ivar others: ``withdraw`` or ``hand_over``, what the other sides do
    :ivar target: price that the sides align to, in the currency of the case
    :ivar claim_days: how long the customer is protected for the side, 0 not at all
    """

    reason_id: int | None = None
    others: str = "withdraw"
    target: float = 0.0
    claim_days: int = 0


class OfferConflict(models.Model):
    """What a decision does: planned for the preview, then done exactly so."""

    _inherit = "offer.conflict"

    decision_reason_id = fields.Many2one(
        "offer.conflict.reason",
        string="Kind of Reason",
        readonly=True,
        ondelete="restrict",
    )
    decision_others = fields.Selection(
        [
            ("withdraw", "The others withdraw their offers"),
            ("hand_over", "The others hand the customer over"),
        ],
        string="Other Branches",
        readonly=True,
    )
    target_amount = fields.Monetary(string="Target Price", readonly=True)
    effect_ids = fields.One2many(
        "offer.conflict.effect", "conflict_id", string="Effects", readonly=True
    )

    def _decide(self, decision, reason, side=None, terms=None):
        """Decide, and carry it out.

        :param terms: :class:`Terms`; without, the decision is recorded and no more
        """
        if terms:
            self._check_terms(decision, terms)
        result = super()._decide(decision, reason, side, terms)
        if terms:
            self._carry_out(decision, side or self.env["res.company"], terms)
        return result

    def _check_terms(self, decision, terms):
        if decision == "align" and terms.target <= 0:
            raise ValidationError(
                self.env._(
                    "Give the price that the branches align to: more than 0, not "
                    "%(price)s.",
                    price=terms.target,
                )
            )

    def _carry_out(self, decision, side, terms):
        # sudo: a manager of the tree decides for branches he need not work in;
        # _decide has checked that he may.
        case = self.sudo().with_context(**_QUIET)
        case.write(
            {
                "decision_reason_id": terms.reason_id,
                "decision_others": decision == "keep" and terms.others,
                "target_amount": terms.target if decision == "align" else 0.0,
            }
        )
        effects = self.env["offer.conflict.effect"].sudo().with_context(**_QUIET)
        done = effects.browse()
        for step in case._plan(decision, side.sudo(), terms):
            done |= effects._do(case, step)
        if done:
            case._message_log(body="\n".join(done.mapped("name")))

    # ------------------------------------------------------------------
    # Planning, in sudo
    # ------------------------------------------------------------------

    def _plan(self, decision, side, terms):
        """Return the steps of a decision in order; changes nothing.

        :param side: ``res.company`` that keeps the customer, or leads
        """
        self.ensure_one()
        if decision == "keep":
            return self._plan_keep(side, terms)
        if decision == "none":
            return self._plan_judge(terms)
        steps = []
        if decision == "joint":
            lead = side or self._ordered_offers()[:1].company_id
            steps = self._plan_drafts(lead, self._open_offers(lead)[:1])
        return steps + self._plan_telling(self._open_offers())

    def _open_offers(self, company=None):
        offers = self._ordered_offers().filtered(lambda offer: offer.state in _OPEN)
        if company is None:
            return offers
        return offers.filtered(lambda offer: offer.company_id == company)

    def _person_of(self, side):
        """Return who stands for a branch: of its newest offer, else who manages."""
        people = self._ordered_offers().filtered(lambda o: o.company_id == side).user_id
        people = people.filtered("active")
        return people[-1:] or side._offer_conflict_manager().sudo()

    def _plan_keep(self, side, terms):
        person = self._person_of(side)
        others = self._open_offers() - self._open_offers(side)
        steps = []
        for offer in others:
            if terms.others == "hand_over" and person:
                steps += self._plan_hand_over(offer, person)
            else:
                steps.append(self._step("withdraw", offer, offer.user_id))
        unique = {(step.code, step.record): step for step in steps}
        return [
            *unique.values(),
            *self._plan_drafts(side, others),
            *self._plan_telling(others | self._open_offers(side)[-1:]),
        ]

    def _plan_hand_over(self, offer, person):
        """Return what moves with one offer, as far as Odoo lets it."""
        steps = self._plan_customer(offer.commercial_partner_id, person)
        lead, order = offer.opportunity_id, offer.order_id
        moved = [offer.commercial_partner_id]
        if lead:
            # A quotation of its old branch holds on to an opportunity of no branch.
            company = False if order else person.company_id.id
            values = {"user_id": person.id, "team_id": False, "company_id": company}
            steps.append(self._step("lead", lead, person, **values))
            moved.append(lead)
        if order and order.company_id in person.company_ids:
            steps.append(self._step("order", order, person, user_id=person.id))
            moved.append(order)
        else:
            # A quotation cannot leave its branch: prices, taxes and numbers are its.
            steps.append(self._step("withdraw", offer, offer.user_id))
        return steps + self._plan_activities(moved, offer.user_id, person)

    def _plan_customer(self, customer, person):
        values = {"user_id": person.id}
        if customer.company_id and customer.company_id not in person.company_ids:
            values["company_id"] = False
        if customer.user_id == person and len(values) == 1:
            return []
        return [self._step("customer", customer, person, **values)]

    def _plan_activities(self, records, owner, person):
        steps = []
        for record in records:
            for activity in record.activity_ids.filtered(lambda a: a.user_id == owner):
                steps.append(
                    self._step("activity", activity, person, user_id=person.id)
                )
        return steps

    def _plan_drafts(self, side, offers):
        """Return a message for each customer record, by whom the customer knows."""
        steps, seen = [], set()
        for offer in offers:
            person = offer.user_id.filtered("active") or self._person_of(side)
            if person and offer.partner_id not in seen:
                seen.add(offer.partner_id)
                values = {"offer": offer.id, "side": side.id}
                steps.append(self._step("draft", offer.partner_id, person, **values))
        return steps

    def _plan_telling(self, offers):
        """Return one activity a person, where he can read what it hangs on."""
        steps, told = [], set()
        for offer in offers:
            user = offer.user_id
            record = None if user in told else self._readable_of(user, offer)
            if record:
                told.add(user)
                steps.append(self._step("tell", record, user))
        return steps

    def _plan_judge(self, terms):
        reason = self.env["offer.conflict.reason"].browse(terms.reason_id or ())
        if not reason.is_different:
            return []
        ids = self.offer_ids.commercial_partner_id.ids
        matches = self.env["offer.partner.match"].search(
            [
                ("left_partner_id", "in", ids),
                ("right_partner_id", "in", ids),
                ("judgement", "!=", "different"),
            ]
        )
        nobody = self.env["res.users"]
        return [self._step("judge", match, nobody) for match in matches]

    @api.model
    def _step(self, code, record, person, **values):
        return Step(code, record, person, values)

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _telling_summary(self):
        labels = dict(self._fields["decision"]._description_selection(self.env))
        return self.env._(
            "%(customer)s: %(decision)s",
            customer=self.customer_name,
            decision=labels[self.decision],
        )

    def _telling_note(self):
        """Say what was decided, with nothing of another side's offer."""
        lines = []
        if self.decision_side_id:
            person = self._person_of(self.decision_side_id)
            lines.append(
                self.env._(
                    "In charge: %(branch)s, %(person)s.",
                    branch=self.decision_side_id.name,
                    person=person.name or "",
                )
            )
        if self.decision == "align":
            lines.append(
                self.env._(
                    "Bring your price to %(price)s, tax excluded.",
                    price=self.currency_id.format(self.target_amount),
                )
            )
        lines.append(self.env._("Reason: %(reason)s", reason=self.decision_reason))
        return " ".join(lines)
