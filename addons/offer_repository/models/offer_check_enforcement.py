from dataclasses import dataclass, field

from odoo import SUPERUSER_ID, api, models

from ..matching import Verdict
from .offer_check import MANAGER
from .offer_check_policy import DEFAULT_LEVEL, LEVELS, STOPPING
from .offer_check_refusal import OfferCheckRefusal

_STOPS = "offer_repository.check_stops"


@dataclass(slots=True)
class Stop:
    """What the policy has to decide about: one customer saved, or one offer sent.

    :ivar event: ``customer``, ``quotation`` or ``conflict``
    :ivar matches: list of :class:`~.offer_partner_key.PartnerMatch`, new ones only
    :ivar offers_sudo: other branches' live offers
    :ivar ids: ids of what was found: customers or offers; a permission names them
    :ivar subject: what the user calls the customer
    :ivar record: the ``res.partner`` or ``sale.order``
    :ivar reason: what the user gave already
    :ivar typed: dict of what was typed, to open the form with again
    :ivar conflict: of the event ``conflict``: values of the row about the stop
    """

    event: str
    company_sudo: models.BaseModel
    matches: list
    offers_sudo: models.BaseModel
    ids: frozenset
    subject: str
    record: models.BaseModel
    reason: str = ""
    typed: dict = field(default_factory=dict)
    conflict: dict = field(default_factory=dict)

    @property
    def is_certain(self):
        return any(match.verdict is Verdict.CERTAIN for match in self.matches)


class OfferCheck(models.AbstractModel):
    """What the policy makes of a finding: nothing, a notice, or a stop."""

    _inherit = "offer.check"

    @api.model
    def _is_watched(self, event):
        """Tell whether the user's saving or sending may be stopped at all.

        Not for what Odoo does in sudo: customers on the portal, web forms and jobs have
        nobody who could answer.
        """
        if self.env.su or not self.env.user.has_group(
            "offer_repository.offer_repository_group_user"
        ):
            return False
        return self.env["offer.check.policy"]._is_stopping(self.env.company, event)

    @api.model
    def _policy_subject(self, event, matches, offers_sudo):
        """Return the matches that the policy of an event is about."""
        if event == "customer":
            return [match for match in matches if not self._is_itself(match)]
        customer_ids = set(offers_sudo.commercial_partner_id.ids)
        return [match for match in matches if match.partner_id in customer_ids]

    @api.model
    def _policy_level(self, event, subject, company_sudo):
        if not subject:
            return DEFAULT_LEVEL
        policy = self.env["offer.check.policy"]
        levels = (policy._level(company_sudo, event, match) for match in subject)
        level = max(levels, key=LEVELS.index)
        if level == "approval" and self.env.user.has_group(MANAGER):
            return "reason"  # who approves others need not ask himself
        return level

    @api.model
    def _policy_notice(self, query, level, subject, offers_sudo, company_sudo):
        """Return what saving or sending will ask for, to be told before the click."""
        is_new = not query.res_id or query.model == "sale.order"
        is_new &= query.model != "offer.intake"  # what it offers has left already
        if level not in STOPPING or not is_new:
            return False
        stop = self._asked_stop(query, subject, offers_sudo, company_sudo)
        if self.env["offer.check.override"]._permission(stop, level):
            return False
        notices = {
            "reason": self.env._("You will be asked for a reason."),
            "approval": self.env._("A manager has to approve."),
            "block": self.env._("The rules of your branch do not allow to go on."),
        }
        return {"level": level, "message": notices[level]}

    @api.model
    def _asked_stop(self, query, subject, offers_sudo, company_sudo):
        """Return what would stop the user, were the form saved or sent now."""
        is_order = query.model == "sale.order"
        found = offers_sudo.ids if is_order else [one.partner_id for one in subject]
        model = "sale.order" if is_order else "res.partner"
        return Stop(
            event="quotation" if is_order else "customer",
            company_sudo=company_sudo,
            matches=subject,
            offers_sudo=offers_sudo,
            ids=frozenset(found),
            subject=query.name,
            record=self.env[model].browse(query.res_id or ()),
        )

    # ------------------------------------------------------------------
    # Saving customers
    # ------------------------------------------------------------------

    @api.model
    def _known_matches(self, entities_sudo):
        """Return who customers may be before they are changed.

        :return: dict of entity id to set of partner ids
        """
        return {
            entity_id: {match.partner_id for match in matches}
            for entity_id, matches in self._stored_matches(entities_sudo).items()
        }

    @api.model
    def _enforce_customers(self, entities_sudo, known, answers):
        """Let the policy decide about customers that have just been saved.

        :param entities_sudo: ``res.partner``, commercial entities
        :param known: dict of :meth:`_known_matches` from before, no news
        :param answers: dict of entity id to (reason, typed values)
        :raise OfferCheckRefusal: when the policy stops the user
        """
        found = self._stored_matches(entities_sudo)
        for entity_sudo in entities_sudo:
            matches = [
                match
                for match in found[entity_sudo.id]
                if match.partner_id not in known.get(entity_sudo.id, ())
            ]
            if not matches:
                continue
            reason, typed = answers.get(entity_sudo.id, ("", {}))
            self._obey(
                Stop(
                    event="customer",
                    company_sudo=self.env.company.sudo(),
                    matches=matches,
                    offers_sudo=self.env["offer.offer"].sudo(),
                    ids=frozenset(match.partner_id for match in matches),
                    subject=entity_sudo.name or "",
                    record=entity_sudo,
                    reason=reason,
                    typed=typed,
                )
            )

    # ------------------------------------------------------------------
    # Sending quotations
    # ------------------------------------------------------------------

    @api.model
    def _enforce_quotation(self, order, reason=""):
        """Let the policy decide about a quotation that is to leave the house.

        :raise OfferCheckRefusal: when the policy stops the user
        """
        stop = self._quotation_stop(order, reason)
        if stop:
            self._obey(stop)

    @api.model
    def _note_quotation_reason(self, order, reason):
        """Count the reason for a quotation that a reason is needed for."""
        self._note_stop_reason(self._quotation_stop(order, reason))

    @api.model
    def _note_stop_reason(self, stop):
        if not stop:
            return
        subject = self._policy_subject(stop.event, stop.matches, stop.offers_sudo)
        level = self._stop_level(stop, subject)
        override = self.env["offer.check.override"]
        if level == "reason" and not override._use_permission(stop, level):
            override._note_reason(stop, level, subject)

    @api.model
    def _quotation_stop(self, order, reason=""):
        """Return what stands against a quotation, None when nothing does."""
        company_sudo = order.company_id.sudo()
        matches = self._find_order_customers(order, company_sudo)
        offers_sudo = self._find_offers(matches, company_sudo)
        if not offers_sudo:
            return None
        return Stop(
            event="quotation",
            company_sudo=company_sudo,
            matches=matches,
            offers_sudo=offers_sudo,
            ids=frozenset(offers_sudo.ids),
            subject=order.partner_id.display_name or "",
            record=order,
            reason=reason,
        )

    # ------------------------------------------------------------------
    # Stopping
    # ------------------------------------------------------------------

    @api.model
    def _obey(self, stop):
        """Let a stop pass, or raise."""
        subject = self._policy_subject(stop.event, stop.matches, stop.offers_sudo)
        level = self._stop_level(stop, subject)
        if level not in STOPPING:
            return
        override = self.env["offer.check.override"]
        if override._use_permission(stop, level):
            return
        if level == "reason" and stop.reason:
            override._note_reason(stop, level, subject)
            return
        raise self._refusal(stop, level, subject)

    @api.model
    def _stop_level(self, stop, subject):
        """Return what happens to a stop, one of the policy's levels."""
        return self._policy_level(stop.event, subject, stop.company_sudo)

    @api.model
    def _refusal(self, stop, level, subject):
        """Return the error for the user, and see to it that the stop is counted."""
        told, rows = {"cards": [], "customers": []}, []
        if not self._is_limit_reached():
            told, rows = self._cards(subject, stop.offers_sudo)
        values = self.env["offer.check.override"]._stop_values(stop, level, subject)
        self._keep_past_rollback(values, rows)
        context = {
            "code": f"offer_check_{level}",
            "event": stop.event,
            "token": values["token"],
            **told,
        }
        self.env.invalidate_all()
        return OfferCheckRefusal(self._refusal_text(stop, level, told), context)

    @api.model
    def _keep_past_rollback(self, values, rows):
        """Write a stop and its disclosures down although the error undoes all else.

        Once for each finding: an import tries its rows twice. The transaction may also
        end well, when the caller goes on after the error.
        """
        cr = self.env.cr
        stops = cr.cache.setdefault(_STOPS, {})
        key = (values["event"], values["subject"], str(values["res_ids"]))
        if key in stops:
            values["token"] = stops[key]["token"]
            return
        stops[key] = values

        def keep(env):
            env["offer.check.override"]._create_stop(values)
            env["offer.check"]._log_existing(rows)
            stops.pop(key, None)

        self._after_transaction(keep)

    @api.model
    def _managers_of(self, company_sudo):
        """Return who decides and is told about the users of a branch.

        :return: ``res.users`` in sudo: the branch's conflict manager, else every
            manager who works in the branch
        """
        manager = company_sudo._offer_conflict_manager().sudo()
        if manager.active:
            return manager
        group_sudo = self.env.ref(MANAGER).sudo()
        return group_sudo.all_user_ids.filtered(
            lambda user: (
                user.active
                and not user.share
                and user.id != SUPERUSER_ID
                and company_sudo in user.company_ids
            )
        )
