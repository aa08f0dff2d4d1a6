from odoo import api, fields, models


class OfferConflict(models.Model):
    """A decision for one branch can protect the customer for it."""

    _inherit = "offer.conflict"

    def _plan(self, decision, side, terms):
        steps = super()._plan(decision, side, terms)
        if decision == "keep" and side and terms.claim_days > 0:
            values = {"side": side.id, "days": terms.claim_days}
            person = self._person_of(side)
            # In front: what is told afterwards may rest on it.
            steps.insert(0, self._step("claim", self.identity_id, person, **values))
        return steps


class OfferConflictEffect(models.Model):
    _inherit = "offer.conflict.effect"

    code = fields.Selection(
        selection_add=[("claim", "Customer claimed")], ondelete={"claim": "cascade"}
    )

    @api.model
    def _sentence(self, code, label, person):
        if code == "claim":
            return self.env._(
                "%(record)s is protected for %(person)s; claims of other branches end.",
                record=label,
                person=person,
            )
        return super()._sentence(code, label, person)

    @api.model
    def _apply_claim(self, conflict, step):
        """Claim the customer for the side; what is in the way gives way."""
        identity = step.record
        side = self.env["res.company"].browse(step.values["side"])
        standing = identity._claims_on(self.env["product.category"])
        standing._end("ended", self.env._("%(case)s was decided.", case=conflict.name))
        claim = self.env["offer.claim"]._grant(
            identity,
            side,
            "decision",
            step.values["days"],
            user_id=step.person.id,
            conflict_id=conflict.id,
            reason=conflict.decision_reason,
        )
        return {"ended": standing.ids}, {"claim": claim.id}

    def _undo_claim(self, identity):
        """End the claim again, and let those it ended go on."""
        claims = self.env["offer.claim"]
        claim = claims.browse(self.after["claim"]).exists()
        if claim.state != "live":
            return False
        claim._end("ended", self.env._("The decision was taken back."))
        self.env.flush_all()  # two are never live at once, not even for a moment
        today = fields.Date.context_today(self)
        ended = claims.browse(self.before["ended"]).exists()
        still_good = ended.filtered(
            lambda one: one.state == "ended" and one.date_end >= today
        )
        still_good.write({"state": "live", "end_reason": False})
        return still_good == ended
