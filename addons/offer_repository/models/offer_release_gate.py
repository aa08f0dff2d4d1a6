from odoo import SUPERUSER_ID, api, models

from .offer_check import MANAGER
from .offer_check_enforcement import _STOPS, Stop
from .offer_check_policy import STOPPING


class OfferCheck(models.AbstractModel):
    """The send gate: may a quotation leave that would be in conflict?

    Asked on every way out of the house, see ``sale.order._offer_archive``. Uses stops,
    reasons and permissions of the customer check; a manager's permission is a release.
    """

    _inherit = "offer.check"

    @api.model
    def _is_gate_watched(self, order):
        """Tell whether the gate may stop whoever acts.

        Everybody of the house, in sudo too: a salesperson may sign on the portal like a
        customer. Never a customer, who could not answer, nor Odoo itself.
        """
        if self.env.uid == SUPERUSER_ID or self.env.user.share:
            return False
        company_sudo = order.sudo().company_id
        return self.env["offer.check.policy"]._is_stopping(company_sudo, "conflict")

    @api.model
    def _enforce_release(self, order):
        """Let the policy decide about a quotation that goes into a conflict.

        :raise OfferCheckRefusal: when it is held
        """
        if self._is_gate_watched(order):
            stop = self._conflict_stop(order)
            if stop:
                self._obey(stop)

    @api.model
    def _held(self, order):
        """Return how a quotation is held at this moment: Stop and level, or None."""
        stop = self._is_gate_watched(order) and self._conflict_stop(order)
        if not stop:
            return None
        level = self._stop_level(stop, stop.matches)
        if level not in STOPPING:
            return None
        if self.env["offer.check.override"]._use_permission(stop, level):
            return None
        return stop, level

    @api.model
    def _conflict_stop(self, order, reason=""):
        """Return what stands against a quotation, None when nothing does."""
        found = self.env["offer.conflict"]._foresee(order)
        if not found:
            return None
        return Stop(
            event="conflict",
            company_sudo=order.sudo().company_id,
            matches=found.matches,
            offers_sudo=found.rivals_sudo,
            ids=frozenset(found.rivals_sudo.ids),
            subject=order.sudo().partner_id.display_name or "",
            record=order,
            reason=reason,
            conflict=self._conflict_values(order, found),
        )

    @api.model
    def _conflict_values(self, order, found):
        spread, currency = found.widest.spread, found.currency
        return {
            "severity": found.severity.value,
            "fingerprint": order._offer_fingerprint(),
            "facts": {
                "reasons": [
                    {"code": item.code, "points": item.points, "value": item.value}
                    for item in found.worst.reasons
                ],
                "currency_id": currency.id,
                "spread_amount": currency.round(spread.amount),
                "spread_percent": spread.percent,
                "overlap_percent": 100.0 * found.worst.overlap.share,
            },
        }

    # ------------------------------------------------------------------
    # What the check asks about a stop
    # ------------------------------------------------------------------

    @api.model
    def _stop_level(self, stop, subject):
        if stop.event != "conflict":
            return super()._stop_level(stop, subject)
        worst = self.env["offer.conflict"]._severity(stop.conflict["severity"])
        policy = self.env["offer.check.policy"]
        level = policy._conflict_level(stop.company_sudo, worst)
        if level == "approval" and self.env.user.has_group(MANAGER):
            return "reason"  # who releases others' need not ask himself
        return level

    @api.model
    def _refusal_text(self, stop, level, told):
        if stop.event != "conflict":
            return super()._refusal_text(stop, level, told)
        endings = {
            "reason": self.env._("Give a reason to send it all the same."),
            "approval": self.env._(
                "Ask your manager to release it: what you wrote is kept and can be "
                "sent after that."
            ),
            "block": self.env._("The rules of your branch do not allow to send it."),
        }
        names = [card["branch"] for card in told["cards"]]
        return self.env._(
            "%(quotation)s for “%(customer)s” is held: a colleague has a live offer "
            "out for the same goods (%(where)s). %(ending)s",
            quotation=stop.record.sudo().name,
            customer=stop.subject,
            where=", ".join(dict.fromkeys(names)) or self.env._("another branch"),
            ending=endings[level],
        )

    @api.model
    def _add_draft(self, token, draft):
        """Keep what was written beside a stop that has just been raised.

        :param token: of the refusal
        :param draft: dict, see ``mail.compose.message._offer_draft``
        """
        for values in self.env.cr.cache.get(_STOPS, {}).values():
            if values["token"] == token:
                values["draft"] = draft
