from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

# Decisions that name the side they are for.
DECISIONS_WITH_SIDE = ("keep",)


class OfferConflict(models.Model):
    """How a case is decided."""

    _inherit = "offer.conflict"

    decision = fields.Selection(
        [
            ("keep", "One branch keeps the customer"),
            ("joint", "Joint offer"),
            ("align", "Align the prices"),
            ("allow", "Allow both offers"),
            ("none", "Not a conflict"),
        ],
        readonly=True,
    )
    decision_side_id = fields.Many2one(
        "res.company",
        string="Branch in Charge",
        readonly=True,
        ondelete="restrict",
    )
    decision_reason = fields.Text(readonly=True)
    decided_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        ondelete="restrict",
    )
    decided_at = fields.Datetime(string="Decided On", readonly=True)

    def action_resolve(self):
        """Open the dialog in which the manager decides."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "open":
            raise UserError(self._already_decided_message())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide %(case)s", case=self.name),
            "res_model": "offer.conflict.resolve",
            "res_id": self._prepare_resolve().id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _prepare_resolve(self):
        """Return the dialog with the sides to choose from, who was first on top."""
        # sudo: names of branches that need not be switched on, of a readable case.
        companies_sudo = self.sudo()._ordered_offers().company_id
        dialog = self.env["offer.conflict.resolve"].create(
            {
                "conflict_id": self.id,
                "side_ids": [
                    fields.Command.create(
                        {"company_id": company.id, "name": company.name}
                    )
                    for company in companies_sudo
                ],
            }
        )
        dialog.side_id = dialog.side_ids[:1]
        return dialog

    def _decide(self, decision, reason, side=None, terms=None):
        """Record what a manager decided; the case is closed from now on.

        :param decision: a key of the field ``decision``
        :param reason: text, required
        :param side: ``res.company`` of the case, where the decision names one
        :param terms: how it is carried out, see ``offer_conflict_effects.py``
        :raise UserError: when somebody else was faster
        :raise ValidationError: without reason, or without the side that is needed
        """
        self.ensure_one()
        self.check_access("read")
        side = side or self.env["res.company"]
        if self.state != "open":
            raise UserError(self._already_decided_message())
        self._check_decision(decision, reason, side)
        # sudo: managers may not write the case, deciding it is the one way to.
        self.sudo().write(
            {
                "state": "decided",
                "decision": decision,
                "decision_side_id": side.id,
                "decision_reason": reason.strip(),
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        self.sudo()._message_log(body=self._decision_message())

    def _check_decision(self, decision, reason, side):
        if not (reason or "").strip():
            raise ValidationError(
                self.env._("Give a reason: the branches will be told why.")
            )
        if decision in DECISIONS_WITH_SIDE and not side:
            raise ValidationError(
                self.env._("Choose the branch that keeps the customer.")
            )
        if side - self.sudo().company_ids:
            raise ValidationError(
                self.env._(
                    "%(branch)s has no offer in %(case)s. Choose one of: %(sides)s.",
                    branch=side.sudo().name,
                    case=self.name,
                    sides=self.side_names,
                )
            )

    def _decision_message(self):
        labels = dict(self._fields["decision"]._description_selection(self.env))
        return self.env._(
            "Decided: %(decision)s. Reason: %(reason)s",
            decision=labels[self.decision],
            reason=self.decision_reason,
        )

    def _already_decided_message(self):
        return self.env._(
            "%(case)s was decided by %(user)s on %(date)s.",
            case=self.name,
            user=self.sudo().decided_by_id.name,
            date=fields.Date.to_string(self.decided_at),
        )
