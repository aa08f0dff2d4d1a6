from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class OfferConflict(models.Model):
    """How a decision is taken back."""

    _inherit = "offer.conflict"

    is_undoable = fields.Boolean(compute="_compute_is_undoable")

    @api.depends("state", "decided_at", "closing_match_id")
    def _compute_is_undoable(self):
        now = fields.Datetime.now()
        for case in self:
            case.is_undoable = (
                case.state == "decided"
                and not case.closing_match_id
                and bool(case.decided_at)
                and now <= case._undo_limit()
            )

    def _undo_limit(self):
        # sudo: the setting of the tree, which branches of the case need not be on
        anchor_sudo = self.sudo().identity_id.anchor_company_id
        return self.decided_at + timedelta(days=anchor_sudo.offer_conflict_undo_days)

    def action_undo(self):
        """Take the decision back, with all of its effects that still stand."""
        self.ensure_one()
        self.check_access("read")
        self._check_undoable()
        # sudo: managers may not write the case; taking back is one way to, as deciding
        case = self.sudo()
        effects = case.effect_ids.filtered(
            lambda effect: effect.state == "done" and not effect.is_earlier
        )
        labels = dict(self._fields["decision"]._description_selection(self.env))
        decision = labels[case.decision]
        case.write(self._undone_values())
        effects.with_context(mail_activity_quick_update=True)._undo_all()
        case._message_log(body=self._undone_message(decision, effects))
        case._tell_managers()

    def _check_undoable(self):
        if self.state != "decided":
            raise UserError(
                self.env._(
                    "%(case)s is open; there is nothing to undo.", case=self.name
                )
            )
        if not self.is_undoable:
            raise UserError(
                self.env._(
                    "The decision on %(case)s cannot be taken back any more: the time "
                    "for it has passed, or a judgement on the customers closed it.",
                    case=self.name,
                )
            )
        other_sudo = self.sudo().search(
            [("identity_id", "=", self.sudo().identity_id.id), ("state", "=", "open")],
            limit=1,
        )
        if other_sudo:
            raise UserError(
                self.env._(
                    "There is a newer open case for this customer, %(case)s. Decide "
                    "that one instead.",
                    case=other_sudo.name,
                )
            )

    @api.model
    def _undone_values(self):
        return {
            "state": "open",
            "decision": False,
            "decision_side_id": False,
            "decision_reason": False,
            "decision_reason_id": False,
            "decision_others": False,
            "target_amount": 0.0,
            "decided_by_id": False,
            "decided_at": False,
        }

    def _undone_message(self, decision, effects):
        lines = [self.env._("Taken back: %(decision)s", decision=decision)]
        kept = effects.filtered(lambda effect: effect.state == "kept")
        if kept:
            lines.append(self.env._("Could not be taken back:"))
            lines += kept.mapped("name")
        return "\n".join(lines)
