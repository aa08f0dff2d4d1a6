from dataclasses import dataclass, field

from odoo import api, fields, models


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a decision does.

    :ivar code: a key of ``offer.conflict.effect.code``
    :ivar record: what it is done to, in sudo
    :ivar values: what is written, or needed to do it
    :ivar person: ``res.users`` in sudo that it is about, may be empty
    """

    code: str
    record: models.BaseModel
    person: models.BaseModel
    values: dict = field(default_factory=dict)


class OfferConflictEffect(models.Model):
    """One thing that a decision did, with what it takes to undo it."""

    _name = "offer.conflict.effect"
    _description = "Effect of a Decision"
    _order = "conflict_id, id"

    conflict_id = fields.Many2one(
        "offer.conflict",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    code = fields.Selection(
        [
            ("withdraw", "Offer withdrawn"),
            ("customer", "Customer handed over"),
            ("lead", "Opportunity handed over"),
            ("order", "Quotation handed over"),
            ("activity", "Activity handed over"),
            ("draft", "Message prepared"),
            ("tell", "Colleague told"),
            ("judge", "Customers judged different"),
        ],
        required=True,
        readonly=True,
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    label = fields.Char(readonly=True)
    person = fields.Char(readonly=True)
    before = fields.Json(readonly=True)
    after = fields.Json(readonly=True)
    state = fields.Selection(
        [("done", "Done"), ("undone", "Taken back"), ("kept", "Could not be undone")],
        default="done",
        required=True,
        readonly=True,
    )
    is_earlier = fields.Boolean(
        string="Of an Earlier Decision",
        readonly=True,
        help="The case was opened again since; a manager says whether it stays.",
    )
    name = fields.Char(string="What Happened", compute="_compute_name")

    @api.depends("code", "label", "person")
    @api.depends_context("lang")
    def _compute_name(self):
        for effect in self:
            effect.name = self._sentence(
                effect.code, effect.label or "", effect.person or ""
            )

    @api.model
    def _sentence(self, code, label, person):
        """Return what a step does in words, for the preview and the record of it."""
        sentences = {
            "withdraw": self.env._(
                "%(record)s is closed as left to our own branch; its quotation is "
                "cancelled.",
                record=label,
            ),
            "customer": self.env._(
                "%(person)s becomes the salesperson of %(record)s.",
                person=person,
                record=label,
            ),
            "lead": self.env._(
                "Opportunity %(record)s goes to %(person)s.",
                person=person,
                record=label,
            ),
            "order": self.env._(
                "Quotation %(record)s goes to %(person)s.",
                person=person,
                record=label,
            ),
            "activity": self.env._(
                "Activity “%(record)s” goes to %(person)s.",
                person=person,
                record=label,
            ),
            "draft": self.env._(
                "A message to %(record)s is prepared for %(person)s; nothing is sent "
                "by itself.",
                person=person,
                record=label,
            ),
            "tell": self.env._("%(person)s is told.", person=person),
            "judge": self.env._("%(record)s: judged to be different.", record=label),
        }
        return sentences.get(code, label)

    # ------------------------------------------------------------------
    # Doing, in sudo
    # ------------------------------------------------------------------

    @api.model
    def _step_label(self, step):
        record = step.record
        if step.code == "activity":
            return record.summary or record.activity_type_id.name or ""
        return record.display_name or ""

    @api.model
    def _do(self, conflict, step):
        """Do one step and note it."""
        apply = getattr(self, f"_apply_{step.code}", self._apply_write)
        values = self._prepare_effect(conflict, step)
        before, after = apply(conflict, step)
        return self.create({**values, "before": before, "after": after})

    @api.model
    def _prepare_effect(self, conflict, step):
        return {
            "conflict_id": conflict.id,
            "code": step.code,
            "res_model": step.record._name,
            "res_id": step.record.id,
            "label": self._step_label(step),
            "person": step.person.name or "",
        }

    @api.model
    def _apply_write(self, conflict, step):
        """Hand a record over: write its new values, remember the old ones."""
        before = self._raw(step.record, step.values)
        step.record.write(step.values)
        return before, self._raw(step.record, step.values)

    @api.model
    def _raw(self, record, names):
        return {
            name: record._fields[name].convert_to_write(record[name], record)
            for name in names
        }

    @api.model
    def _apply_withdraw(self, conflict, step):
        offer, order = step.record, step.record.order_id
        before = {"order": order.state}
        offer._set_state(
            "lost",
            only_from=("sent", "expired"),
            detail=conflict.decision_reason,
            lost_reason_id=self.env.ref(
                "offer_repository.crm_lost_reason_own_branch"
            ).id,
        )
        if order.state in ("draft", "sent"):
            order.with_company(order.company_id)._action_cancel()
        return before, {}

    @api.model
    def _apply_draft(self, conflict, step):
        draft = self.env["offer.conflict.draft"]._prepare_for(conflict, step)
        return {}, {"draft": draft.id}

    @api.model
    def _apply_tell(self, conflict, step):
        words = step.record.with_context(lang=step.person.lang)
        activity = words._offer_todo(
            step.person,
            conflict.with_context(lang=step.person.lang)._telling_summary(),
            conflict.with_context(lang=step.person.lang)._telling_note(),
        )
        return {}, {"activity": activity.ids}

    @api.model
    def _apply_judge(self, conflict, step):
        step.record._judge("different", conflict.decision_reason)
        return {}, {"judged_at": fields.Datetime.to_string(step.record.judged_at)}

    # ------------------------------------------------------------------
    # Undoing, in sudo
    # ------------------------------------------------------------------

    def _undo_all(self):
        """Take back what can be taken back, the last first."""
        for effect in self.sorted("id", reverse=True):
            undo = getattr(effect, f"_undo_{effect.code}", effect._undo_write)
            record = self.env[effect.res_model].browse(effect.res_id).exists()
            is_undone = bool(record) and undo(record)
            effect.state = "undone" if is_undone else "kept"

    def _undo_write(self, record):
        after = self.after or {}
        if self._raw(record, after) != after:
            return False  # somebody has gone on with it since
        record.write(self.before)
        return True

    def _undo_withdraw(self, offer):
        own_branch = self.env.ref("offer_repository.crm_lost_reason_own_branch")
        if offer.state != "lost" or offer.lost_reason_id != own_branch:
            return False
        order = offer.order_id
        was = self.before["order"]
        if order.state == "cancel" and was in ("draft", "sent"):
            # Held back: nothing leaves the house by this.
            with order._offer_hold_back():
                order.write({"state": was})
        offer._set_state("sent", only_from=("lost",), lost_reason_id=False)
        return True

    def _undo_draft(self, _record):
        draft = self.env["offer.conflict.draft"].browse(self.after["draft"]).exists()
        if draft.state == "sent":
            return False
        draft.unlink()
        return True

    def _undo_tell(self, _record):
        activities = self.env["mail.activity"].browse(self.after["activity"]).exists()
        was_read = len(activities) < len(self.after["activity"])
        activities.unlink()
        return not was_read

    def _undo_judge(self, match):
        judged_at = fields.Datetime.to_string(match.judged_at)
        if match.judgement != "different" or judged_at != self.after["judged_at"]:
            return False
        match._undo_one()
        match._follow_up()
        return True
