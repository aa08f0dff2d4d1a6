from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .offer_check import MANAGER
from .offer_partner_match import APART, UNDECIDED

_MAX_REASON = 500


class OfferPartnerMatch(models.Model):
    """What people decide about pairs, and how they take it back."""

    _inherit = "offer.partner.match"

    # ------------------------------------------------------------------
    # Public: buttons, the review screen, the external interface
    # ------------------------------------------------------------------

    def judge(self, judgement, reason=""):
        """Decide about these pairs.

        :param str judgement: ``same``, ``same_group``, ``different`` or ``later``
        :param str reason: may be empty
        :raise AccessError: for pairs that the user may not see
        :raise UserError: when somebody else decided a pair and the user is no manager
        :raise ValidationError: naming the value that is not what it should be
        """
        self._judge(judgement, reason)
        return True

    def undo(self):
        """Take back the decision made last about each of these pairs.

        :raise UserError: where there is none
        """
        self.check_access("read")
        self._check_may_judge()
        for match_sudo in self.sudo():
            match_sudo._undo_one()
        self._follow_up()
        return True

    def action_same(self):
        return self.judge("same")

    def action_same_group(self):
        return self.judge("same_group")

    def action_different(self):
        return self.judge("different")

    def action_later(self):
        return self.judge("later")

    def action_undo(self):
        return self.undo()

    # ------------------------------------------------------------------
    # Private
    # ------------------------------------------------------------------

    def _judge(self, judgement, reason=""):
        """Record what the user decided about pairs that he may see."""
        self.check_access("read")
        reason = self._check_judgement(judgement, reason)
        self._check_may_judge()
        self._check_judgement_allowed(judgement)
        # sudo: deciding is the one way to write a pair; checked above.
        matches_sudo = self.sudo()
        for match_sudo in matches_sudo:
            match_sudo.write(
                {
                    **match_sudo._judgement_values(judgement),
                    "judgement_reason": reason,
                    "judged_by_id": self.env.uid,
                    "judged_at": fields.Datetime.now(),
                    "judged_scheme": match_sudo.scheme,
                }
            )
        self.env["offer.partner.match.log"]._append(matches_sudo, "judged", reason)
        self._follow_up()

    def _judgement_values(self, judgement):
        digest = self._key_data_digest() if judgement in APART else False
        return {"judgement": judgement, "digest": digest}

    @api.model
    def _check_judgement(self, judgement, reason):
        known = [key for key, _label in self._fields["judgement"].selection]
        known.remove("pending")
        if judgement not in known:
            raise ValidationError(
                self.env._(
                    "A pair of customers can be judged %(known)s, not %(given)s.",
                    known=", ".join(known),
                    given=str(judgement)[:80],
                )
            )
        if reason and not isinstance(reason, str):
            raise ValidationError(self.env._("The reason must be a text."))
        return (reason or "").strip()[:_MAX_REASON]

    def _check_may_judge(self):
        if self.env.user.has_group(MANAGER):
            return
        for match_sudo in self.sudo():
            judge = match_sudo.judged_by_id
            if match_sudo.judgement not in UNDECIDED and judge != self.env.user:
                # In sudo the other customer may be one known by a card only.
                raise UserError(
                    self.env._(
                        "%(user)s decided about %(pair)s. Ask a manager to change it.",
                        user=judge.name or self.env._("Somebody else"),
                        pair=self.env._("this pair of customers")
                        if self.env.su
                        else match_sudo.display_name,
                    )
                )

    def _check_judgement_allowed(self, judgement):
        """Raise when the user must not judge these pairs so.

        Override to leave more to others; call super, and raise ``UserError`` only.
        """

    def _undo_one(self):
        """Go back to the decision before the last one, in sudo."""
        standing = self._standing_decisions()
        if not standing:
            raise UserError(
                self.env._(
                    "Nothing has been decided about %(pair)s.", pair=self.display_name
                )
            )
        before = standing[-2:-1]
        log = before[0] if before else self.env["offer.partner.match.log"]
        self.write(
            {
                **self._judgement_values(log.judgement or "pending"),
                "judgement_reason": log.reason,
                "judged_by_id": log.user_id.id,
                "judged_at": log.date,
                "judged_scheme": log.scheme,
            }
        )
        self.env["offer.partner.match.log"]._append(self, "undone")

    def _standing_decisions(self):
        """Return the log rows of decisions that nobody took back, oldest first."""
        standing = []
        for log in self.log_ids.sorted("id"):
            if log.event == "judged":
                standing.append(log)
            elif standing:  # undone, or opened again by a change of key data
                standing.pop()
        return standing

    def _follow_up(self):
        """Bring identities and conflicts in step with what was decided."""
        # sudo: both follow the decision, whoever made it.
        for anchor_sudo, matches_sudo in (
            self.sudo().grouped("anchor_company_id").items()
        ):
            tree_sudo = anchor_sudo._offer_tree()
            ids = matches_sudo._partner_ids()
            linked = self.env["offer.identity"].sudo()._derive(ids, tree_sudo)
            self.env["offer.conflict"]._follow_judgements(matches_sudo)
            self.env["offer.offer"].sudo()._look_again_at(linked | ids, tree_sudo)
