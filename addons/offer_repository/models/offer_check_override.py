import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .offer_check import MANAGER

_MAX_REASON = 1000
# How long a reason waits for the user to press the button again.
_REASON_LASTS = timedelta(hours=1)
_APPROVAL_LASTS = timedelta(days=30)


class OfferCheckOverride(models.Model):
    """A stop by the policy, and what became of it: given up, or gone past.

    Rows are made by the check and moved on by the methods here alone. Who was stopped
    reads his own; managers those of their tree, and count them.
    """

    _name = "offer.check.override"
    _description = "Customer Check Override"
    _inherit = ["mail.activity.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "subject"

    date = fields.Datetime(default=fields.Datetime.now, required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Stopped User",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    event = fields.Selection(
        [
            ("customer", "Saving a customer"),
            ("quotation", "Sending a quotation"),
            ("conflict", "Sending into a conflict"),
        ],
        required=True,
        readonly=True,
    )
    level = fields.Selection(
        [
            ("reason", "Reason needed"),
            ("approval", "Approval needed"),
            ("block", "Not allowed"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("stopped", "Stopped"),
            ("reasoned", "Reason given"),
            ("asked", "Waiting for approval"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("done", "Gone past"),
        ],
        default="stopped",
        required=True,
        readonly=True,
        index=True,
    )
    subject = fields.Char(string="Customer", readonly=True)
    reason = fields.Text(readonly=True)
    verdict = fields.Char(readonly=True)
    # Codes, not sentences: every reader gets them in the own language.
    # For managers: who was stopped has the cards, which tell less.
    evidence_codes = fields.Char(readonly=True, groups=MANAGER)
    evidence = fields.Char(compute="_compute_evidence", groups=MANAGER)

    partner_id = fields.Many2one(
        "res.partner",
        string="Saved Customer",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Quotation",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    decided_at = fields.Datetime(string="Decided On", readonly=True)

    # What was found: foreign ids, which the stopped user must not see.
    res_ids = fields.Json(readonly=True, groups="base.group_system")
    typed = fields.Json(readonly=True, groups="base.group_system")
    token = fields.Char(readonly=True, copy=False, groups="base.group_system")

    # serves _own_stop
    _token_uniq = models.UniqueIndex("(token) WHERE token IS NOT NULL")

    def _mail_get_partner_fields(self, introspect_fields=False):
        # Nothing of this is for the customer.
        return []

    @api.depends("evidence_codes")
    @api.depends_context("lang")
    def _compute_evidence(self):
        check = self.env["offer.check"]
        for row in self:
            codes = (row.evidence_codes or "").split()
            row.evidence = ", ".join(check._evidence_labels(codes))

    # ------------------------------------------------------------------
    # Used by the check
    # ------------------------------------------------------------------

    @api.model
    def _stop_values(self, stop, level, subject):
        """Return the values of a row about a ``Stop``."""
        surest = max(subject, key=lambda match: match.verdict.rank)
        is_order = stop.event != "customer"
        return {
            "user_id": self.env.uid,
            "company_id": stop.company_sudo.id,
            "event": stop.event,
            "level": level,
            "subject": stop.subject,
            "verdict": surest.verdict.value,
            "evidence_codes": " ".join(item.code for item in surest.evidence),
            "order_id": stop.record.id if is_order else False,
            "partner_id": False if is_order else stop.record.id,
            "res_ids": sorted(stop.ids),
            "typed": stop.typed,
            "token": secrets.token_urlsafe(18),
        }

    @api.model
    def _create_stop(self, values):
        """Write down a stop after its transaction was undone."""
        # sudo: nobody may write rows. A new customer was undone, an old one is there.
        order_sudo = self.env["sale.order"].sudo().browse(values["order_id"] or [])
        partner_sudo = self.env["res.partner"].sudo().browse(values["partner_id"] or [])
        news = {
            "order_id": order_sudo.exists().id,
            "partner_id": partner_sudo.exists().id,
        }
        return self.sudo().create({**values, **news})

    @api.model
    def _note_reason(self, stop, level, subject):
        """Count a stop that the user answered before it was put to him."""
        # sudo: nobody may write rows
        row_sudo = self.sudo().create(self._stop_values(stop, level, subject))
        row_sudo.reason = self._check_reason(stop.reason)
        row_sudo._finish(stop)

    @api.model
    def _use_permission(self, stop, level):
        """Tell whether the user may go past a stop, and note that he did."""
        row_sudo = self._permission(stop, level)
        if row_sudo:
            row_sudo._finish(stop)
        return bool(row_sudo)

    @api.model
    def _permission(self, stop, level):
        """Return the answered stop that lets the user go past this one, in sudo."""
        if level == "block":
            return self.sudo().browse()
        now = fields.Datetime.now()
        # sudo: the foreign ids in it are nobody's to read
        rows_sudo = self.sudo().search(
            [
                ("user_id", "=", self.env.uid),
                ("event", "=", stop.event),
                ("state", "in", ("reasoned", "approved", "done")),
                ("date", ">", now - _APPROVAL_LASTS),
            ]
        )
        return rows_sudo.filtered(lambda row: row._permits(stop, level, now))[:1]

    def _permits(self, stop, level, now):
        """Tell whether a row answers all that a stop is about."""
        if not stop.ids <= set(self.res_ids or ()):
            return False
        if self.state == "done":
            return bool(stop.record.id) and stop.record in (
                self.order_id,
                self.partner_id,
            )
        order_id = stop.record.id if stop.event != "customer" else False
        if self.order_id.id != order_id:
            return False
        lasts = _REASON_LASTS if self.state == "reasoned" else _APPROVAL_LASTS
        is_enough = self.state == "approved" or level == "reason"
        return is_enough and self.write_date > now - lasts

    def _finish(self, stop):
        # What was typed is where it belongs.
        values = {"state": "done", "typed": False}
        if stop.event == "customer":
            values["partner_id"] = stop.record.id
        else:
            values["order_id"] = stop.record.id
        self.write(values)

    @api.model
    def _check_reason(self, reason):
        text = reason.replace("\0", "").strip() if isinstance(reason, str) else ""
        if not text:
            raise ValidationError(self.env._("Please write why."))
        return text[:_MAX_REASON]
