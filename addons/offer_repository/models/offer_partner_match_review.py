from odoo import api, fields, models
from odoo.fields import Domain

from ..matching import Verdict
from .offer_check import MANAGER
from .offer_check_query import parse_id

_MAX_QUEUE = 1000
_SHOWN = 5  # offers, and contacts, of each customer
_RANKS = {Verdict.CERTAIN.value: 0, Verdict.PROBABLE.value: 1}


class OfferPartnerMatch(models.Model):
    """The review: which pairs, and what the screen shows of one, as plain data."""

    _inherit = "offer.partner.match"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_review(self):
        """Open the screen that goes through pairs, these first or all that wait."""
        action = self.env["ir.actions.client"]._for_xml_id(
            "offer_repository.offer_partner_match_action_review"
        )
        return {**action, "params": {"match_ids": self.ids}}

    def action_same_certain(self):
        """Confirm those of the chosen pairs that the comparison is certain of."""
        self.check_access("read")
        ready = self.filtered(
            lambda match: (
                match.verdict == Verdict.CERTAIN.value
                and match.judgement in ("pending", "later")
            )
        )
        if ready:
            ready._judge("same")
        message = self.env._("Pairs confirmed: %(count)s.", count=len(ready))
        if self - ready:
            message = self.env._(
                "Pairs confirmed: %(count)s, left as they are: %(rest)s. Only pairs "
                "that wait and are certain can be confirmed together.",
                count=len(ready),
                rest=len(self - ready),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if ready else "warning",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------------
    # Public: what the screen asks
    # ------------------------------------------------------------------

    @api.model
    def review_queue(self, match_ids=None):
        """Return the pairs to go through, surest first.

        :param list match_ids: these only, in their order; all that wait without, and
            with a single one that waits among them
        :return: dict of ``match_ids``, at most a thousand, ``total``, and ``start``,
            the position to begin with
        """
        wanted = [parse_id(self.env, "match_ids", one) for one in match_ids or ()]
        chosen = self.browse(filter(None, wanted)).exists()._filtered_access("read")
        waiting = self._waiting_queue() if len(chosen) < 2 else {"match_ids": []}
        if not match_ids:
            return waiting
        if len(chosen) == 1 and chosen.id in waiting["match_ids"]:
            return {**waiting, "start": waiting["match_ids"].index(chosen.id)}
        return {"match_ids": chosen.ids, "total": len(chosen), "start": 0}

    @api.model
    def _waiting_queue(self):
        domain = self._review_domain()
        found = self.search(domain, limit=_MAX_QUEUE).sorted(
            lambda match: (_RANKS.get(match.verdict, 2), -match.score, match.id)
        )
        total = self.search_count(domain)
        return {"match_ids": found.ids, "total": total, "start": 0}

    @api.model
    def _review_domain(self):
        """Return which pairs wait for a decision.

        Override to let people review merely possible ones too.
        """
        # "any!": a manager's pairs may be of branches that are not switched on.
        active = Domain("active", "=", True)
        return (
            Domain("judgement", "=", "pending")
            & Domain("verdict", "in", tuple(_RANKS))
            & Domain("left_partner_id", "any!", active)
            & Domain("right_partner_id", "any!", active)
        )

    def review_data(self):
        """Return all that the screen shows of a pair.

        :raise AccessError: when the user may not see the pair
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: who may see the pair may see both customers, see the record rules.
        # Offers and contacts below go by the reader's own rights.
        match_sudo = self.sudo()
        sides = [match_sudo.left_partner_id, match_sudo.right_partner_id]
        data = {
            "id": self.id,
            **match_sudo._review_verdict(),
            **match_sudo._review_judgement(),
            "fields": match_sudo._review_fields(*sides),
            "sides": [self._review_side(side) for side in sides],
            "log": match_sudo._review_log(),
            "merge": self._review_merge(),
        }
        # What was read here in sudo must not be found in the cache by code that runs
        # later in this transaction with the user's own rights.
        self.env.invalidate_all()
        return data

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    def _review_verdict(self):
        check = self.env["offer.check"]
        rows = [
            {**row, "text": " ".join(check._evidence_labels([row["code"]]))}
            for row in self.evidence or ()
        ]
        base = self.points - sum(row["points"] for row in rows)
        return {
            "verdict": self.verdict,
            "verdict_label": self._label("verdict"),
            "score": self.score,
            "points": self.points,
            "base": round(base, 2),
            "evidence": rows,
        }

    def _review_judgement(self):
        return {
            "judgement": self.judgement,
            "judgement_label": self._label("judgement"),
            "judged_by": self.judged_by_id.name or "",
            "judged_at": fields.Datetime.to_string(self.judged_at),
            "reason": self.judgement_reason or "",
        }

    def _label(self, name, value=None):
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels[value or self[name]]

    def _review_side(self, partner_sudo):
        """Return one customer's header, offers and contacts."""
        partner = partner_sudo.with_env(self.env)
        offers, contacts = self._review_offers(partner), self._review_contacts(partner)
        return {
            "id": partner.id,
            "name": partner_sudo.display_name,
            "branch": partner_sudo.company_id.name or "",
            "is_active": partner_sudo.active,
            "is_readable": partner.has_access("read"),
            "offers": offers,
            "contacts": contacts,
        }

    def _review_offers(self, partner):
        """Return the customer's newest offers that the reader may see."""
        found = self.env["offer.offer"].search(
            [("commercial_partner_id", "=", partner.id)], limit=_SHOWN
        )
        states = dict(found._fields["state"]._description_selection(self.env))
        return [
            {
                "id": offer.id,
                "name": offer.name,
                "state_label": states[offer.state],
                "branch": offer.sudo().company_id.name,
                "date": fields.Datetime.to_string(offer.date_first_sent),
                "amount": offer.amount_untaxed,
                "currency_id": offer.currency_id.id,
            }
            for offer in found
        ]

    def _review_contacts(self, partner):
        """Return the customer's latest contacts, as far as the reader may know."""
        if not self.env["contact.interaction"].has_access("read"):
            return []
        # Of this record alone: the whole identity would look the same on both sides.
        # sudo: as in contact_history, what is shown of each contact is decided there.
        own_sudo = partner.sudo().with_context(active_test=False)
        own_sudo |= own_sudo.search([("commercial_partner_id", "=", partner.id)])
        timeline = self.env["contact.history.timeline"]
        page, _failed = timeline._read_page(own_sudo, None, _SHOWN, None)
        return [entry.as_dict() for entry in page.entries]

    def _review_log(self):
        """Return what was decided so far, newest first; for managers."""
        if not self.env.user.has_group(MANAGER):
            return []
        events = dict(self.log_ids._fields["event"]._description_selection(self.env))
        return [
            {
                "id": log.id,
                "event": events[log.event],
                "judgement": self._label("judgement", log.judgement),
                "reason": log.reason or "",
                "user": log.user_id.name,
                "date": fields.Datetime.to_string(log.date),
            }
            for log in self.log_ids[:10]
        ]

    def _review_merge(self):
        """Return whether the two can be made one record, and why not if not.

        :return: dict of ``is_possible`` and ``reason``
        """
        return {"is_possible": False, "reason": ""}
