import hashlib
import hmac

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import consteq

# Odoo's smileys are 1, 3 and 5; whoever gives less than the middle is unhappy.
LOW = 2
MARKS = {1: "ko", 3: "ok", 5: "top"}


class ContactFeedback(models.Model):
    """One question to a customer how a contact was, and the answer.

    The question and the page for the answer are Odoo's ratings. What the customer
    said is kept here, where the rules of the branch hold: ratings themselves are
    readable for every employee.
    """

    _name = "contact.feedback"
    _inherit = ["rating.mixin"]
    _description = "Customer's feedback"
    _order = "asked_at desc, id desc"
    _rec_name = "interaction_id"

    interaction_id = fields.Many2one(
        "contact.interaction",
        string="Contact",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        related="interaction_id.company_id",
        store=True,
        index=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Our person",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    team = fields.Char(
        compute="_compute_team",
        store=True,
        help="Sales team of our person, where there are sales teams.",
    )
    channel = fields.Selection(related="interaction_id.channel", store=True)
    is_confidential = fields.Boolean(
        related="interaction_id.is_confidential",
        store=True,
    )
    rule_id = fields.Many2one(
        "contact.feedback.rule",
        string="Asked by rule",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    asked_at = fields.Datetime(
        string="Asked",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
    )
    answered_at = fields.Datetime(string="Answered", readonly=True, copy=False)
    state = fields.Selection(
        [("asked", "Asked"), ("answered", "Answered")],
        compute="_compute_state",
        store=True,
    )
    mark = fields.Float(
        readonly=True,
        copy=False,
        aggregator="avg",
        digits=(2, 1),
        help="5 happy, 3 neutral, 1 unhappy.",
    )
    mark_text = fields.Selection(
        [("top", "Happy"), ("ok", "Neutral"), ("ko", "Unhappy")],
        string="Feedback",
        compute="_compute_mark_text",
        store=True,
    )
    comment = fields.Text(readonly=True, copy=False)

    # Nobody is asked twice about the same contact.
    _interaction_uniq = models.UniqueIndex(
        "(interaction_id)",
        "The customer was asked about this contact already.",
    )

    @api.depends("user_id")
    def _compute_team(self):
        has_teams = "sale_team_id" in self.env["res.users"]._fields
        for feedback in self:
            feedback.team = has_teams and feedback.user_id.sale_team_id.name

    @api.depends("answered_at")
    def _compute_state(self):
        for feedback in self:
            feedback.state = "answered" if feedback.answered_at else "asked"

    @api.depends("answered_at", "mark")
    def _compute_mark_text(self):
        for feedback in self:
            feedback.mark_text = feedback.answered_at and MARKS.get(
                round(feedback.mark)
            )

    # ------------------------------------------------------------------
    # The question
    # ------------------------------------------------------------------

    def _send_question(self, template):
        """Mail the question, as the house and not as who pressed the button.

        The letter holds the address of the answer: who may read it could answer for
        the customer. So nobody of us can, see below.
        """
        self.ensure_one()
        house = self.with_user(SUPERUSER_ID).with_company(self.company_id)
        house.rating_send_request(template, lang=self.partner_id.lang, force_send=False)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Let nobody read letters on a question: to do so one must be able to delete
        questions, for which nobody has the right.
        """
        if message_operation == "read":
            return dict.fromkeys(self, "unlink")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    # ------------------------------------------------------------------
    # The answer
    # ------------------------------------------------------------------

    def rating_apply(
        self,
        rate,
        token=None,
        rating=None,
        feedback=None,
        subtype_xmlid=None,
        notify_delay_send=False,
    ):
        """Keep what the customer said, and let somebody turn to who is unhappy."""
        applied = super().rating_apply(
            rate,
            token=token,
            rating=rating,
            feedback=feedback,
            # A note: nobody writes to the customer because he wrote to us.
            subtype_xmlid="mail.mt_note",
            notify_delay_send=notify_delay_send,
        )
        # sudo: the token of the question was the permission
        feedback_sudo = self.sudo()
        is_new = not feedback_sudo.answered_at
        feedback_sudo.write(
            {
                "mark": rate,
                "comment": feedback or False,
                "answered_at": fields.Datetime.now(),
            }
        )
        if is_new and rate <= LOW:
            feedback_sudo._raise_alarm()
        return applied

    def _raise_alarm(self):
        """Plan an activity for who looks after unhappy customers; in superuser mode."""
        self.ensure_one()
        user = self._who_cares()
        if not user or not self.partner_id:
            return
        words = self.with_context(lang=user.lang)
        channels = dict(words._fields["channel"]._description_selection(words.env))
        note = words.env._(
            "Contact: %(channel)s, our person: %(person)s.",
            channel=channels.get(self.channel, ""),
            person=self.user_id.name or words.env._("nobody"),
        )
        if self.comment:
            note = Markup("%s<br/>%s") % (note, self.comment)
        self.partner_id.with_context(
            lang=user.lang, mail_activity_quick_update=True
        ).activity_schedule(
            "mail.mail_activity_data_call",
            summary=words.env._("Unhappy customer: find out why"),
            note=note,
            user_id=user.id,
        )

    def _who_cares(self):
        """Return who turns to an unhappy customer: named, leader or our person."""
        planner = self.env["contact.followup.planner"]
        for user in (
            self.company_id.contact_feedback_user_id,
            planner._team_leader(self.user_id),
            self.user_id,
        ):
            if user.active and not user.share and self.company_id in user.company_ids:
                return user
        return self.env["res.users"]

    # ------------------------------------------------------------------
    # No more questions
    # ------------------------------------------------------------------

    def _refusal_url(self):
        """Return the address by which a customer is asked no more."""
        self.ensure_one()
        token = self._refusal_token()
        return f"{self.get_base_url()}/contact_history/feedback/{self.id}/{token}"

    def _refusal_token(self):
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        message = f"contact.feedback|{self.id}|{self.interaction_id.id}"
        return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()

    def _refuse(self):
        """Write down, as proof, that the customer wants no more questions."""
        self.ensure_one()
        if self._is_refused():
            return
        # sudo: the customer said so, with the token of the question
        self.env["contact.consent"].sudo().create(
            {
                "partner_id": self.partner_id.id,
                "company_id": self.company_id.id,
                "interaction_id": self.interaction_id.id,
                "purpose": "feedback",
                "decision": "refused",
                "source": "web_form",
                "note": self.env._("By the link in the question how it was."),
                "user_id": self.env.ref("base.user_root").id,
            }
        )

    def _is_refused(self):
        partner = self.partner_id.with_company(self.company_id)
        return not partner._may_contact("email", "feedback")

    def _is_refusal_token(self, token):
        return bool(self) and consteq(self._refusal_token(), token)

    def action_open_contact(self):
        """Open the contact that the customer was asked about."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "contact.interaction",
            "res_id": self.interaction_id.id,
            "views": [(False, "form")],
        }
