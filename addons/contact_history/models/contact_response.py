from odoo import api, fields, models
from odoo.fields import Domain

from ..response import ASKS, measure

# A clock that says more exactly how late we are helps nobody.
LIGHTS = [("green", "In time"), ("yellow", "Due soon"), ("red", "Late")]


class ContactResponse(models.Model):
    """One turn: a customer waits for us, from the first question to any answer.

    Kept in step by contact.interaction, never written by people.
    """

    _name = "contact.response"
    _description = "Response"
    _order = "started_at desc, id desc"
    _rec_name = "subject"

    # the question
    interaction_id = fields.Many2one(
        "contact.interaction",
        string="First question",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        related="interaction_id.partner_id",
        store=True,
        index="btree_not_null",
    )
    commercial_partner_id = fields.Many2one(
        related="interaction_id.commercial_partner_id",
        store=True,
    )
    address_normalized = fields.Char(
        related="interaction_id.address_normalized",
        store=True,
    )
    company_id = fields.Many2one(
        related="interaction_id.company_id",
        store=True,
    )
    channel = fields.Selection(related="interaction_id.channel", store=True)
    is_confidential = fields.Boolean(
        related="interaction_id.is_confidential",
        store=True,
    )
    subject = fields.Char(related="interaction_id.subject")
    preview = fields.Char(related="interaction_id.preview")
    address = fields.Char(related="interaction_id.address")
    who = fields.Char(compute="_compute_who")
    started_at = fields.Datetime(string="Waiting since", required=True, readonly=True)
    question_count = fields.Integer(string="Questions", readonly=True)

    # who
    asked_user_id = fields.Many2one(
        "res.users",
        string="Asked first",
        readonly=True,
        ondelete="set null",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Our person",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="Who answered; as long as nobody has, who was asked last.",
    )
    handover_count = fields.Integer(string="Hand-overs", readonly=True)
    team = fields.Char(
        compute="_compute_team",
        store=True,
        help="Sales team of our person, where there are sales teams.",
    )

    # the answer
    answer_id = fields.Many2one(
        "contact.interaction",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    answered_at = fields.Datetime(string="Answered", readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("answered", "Answered")],
        compute="_compute_state",
        store=True,
    )

    # how long
    wall_seconds = fields.Integer(
        string="Time (s)",
        compute="_compute_measures",
        store=True,
        aggregator="avg",
    )
    working_seconds = fields.Integer(
        string="Working time (s)",
        compute="_compute_measures",
        store=True,
        aggregator="avg",
    )
    target_seconds = fields.Integer(
        string="Target (s)",
        compute="_compute_measures",
        store=True,
        aggregator="avg",
    )
    warn_at = fields.Datetime(compute="_compute_measures", store=True)
    due_at = fields.Datetime(string="Due", compute="_compute_measures", store=True)
    is_within = fields.Boolean(
        string="Within target",
        compute="_compute_measures",
        store=True,
    )
    started_hour = fields.Char(
        string="Hour",
        compute="_compute_started_hour",
        store=True,
        help="Hour of the day, by the clock of the branch.",
    )
    light = fields.Selection(LIGHTS, compute="_compute_light")

    _interaction_uniq = models.UniqueIndex(
        "(interaction_id)",
        "A question can be waited for only once.",
    )
    # Which turns a new contact touches: contact.response.pairing.
    _thread_page = models.Index("(commercial_partner_id, company_id, started_at)")
    _address_page = models.Index(
        "(address_normalized, started_at) WHERE commercial_partner_id IS NULL"
    )
    # The list of who waits, and what the job looks at.
    _waiting = models.Index("(due_at) WHERE answered_at IS NULL")
    # Reports of a branch.
    _company_page = models.Index("(company_id, started_at DESC)")

    @api.depends("user_id")
    def _compute_team(self):
        # Sales teams are another app's; without it nobody has one.
        has_teams = "sale_team_id" in self.env["res.users"]._fields
        for response in self:
            response.team = has_teams and response.user_id.sale_team_id.name

    @api.depends("partner_id.display_name", "address")
    def _compute_who(self):
        """Name who waits: a customer, or else the address of a stranger."""
        for response in self:
            # sudo: the name only, as links show it to everybody
            partner_sudo = response.partner_id.sudo()
            response.who = partner_sudo.display_name or response.address

    @api.depends("answered_at")
    def _compute_state(self):
        for response in self:
            response.state = "answered" if response.answered_at else "waiting"

    @api.depends("started_at", "answered_at", "channel", "company_id")
    def _compute_measures(self):
        """Measure by the hours and targets of today. What is answered stays."""
        clocks = self.company_id._contact_response_clocks(
            min(self.mapped("started_at"), default=None)
        )
        for response in self:
            clock = clocks[response.company_id.id]
            measured = measure(
                response.started_at,
                response.answered_at or None,
                clock.hours,
                clock.targets.get(response.channel),
                clock.day_seconds,
            )
            response.update(
                {
                    "wall_seconds": measured.wall_seconds or 0,
                    "working_seconds": measured.working_seconds or 0,
                    "target_seconds": measured.target_seconds or 0,
                    "warn_at": measured.warn_at or False,
                    "due_at": measured.due_at or False,
                    "is_within": bool(measured.is_within),
                }
            )

    @api.depends("started_at", "company_id")
    def _compute_started_hour(self):
        for response in self:
            company = response.company_id
            zone = company.sudo().resource_calendar_id.tz or "UTC"
            local = fields.Datetime.context_timestamp(
                response.with_context(tz=zone), response.started_at
            )
            response.started_hour = f"{local.hour:02}"

    @api.depends_context("uid")
    @api.depends("warn_at", "due_at", "answered_at", "is_within")
    def _compute_light(self):
        now = fields.Datetime.now()
        for response in self:
            response.light = response._light(now)

    def _light(self, now):
        self.ensure_one()
        if not self.due_at:
            return False
        if self.answered_at:
            return "green" if self.is_within else "red"
        if now > self.due_at:
            return "red"
        return "yellow" if now >= self.warn_at else "green"

    def action_needs_no_answer(self):
        """Say by hand that nobody waits here."""
        self.check_access("read")
        pairing = self.env["contact.response.pairing"]
        for response in self.filtered(lambda row: row.state == "waiting"):
            pairing._questions(response).action_needs_no_answer()
        return True

    def action_open_question(self):
        """Open the contact that has to be answered."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "contact.interaction",
            "res_id": self.interaction_id.id,
            "views": [(False, "form")],
        }

    def action_open_partner(self):
        """Open the customer who waits."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _domain_unanswered(self, partner):
        """Return the condition for contacts of a customer that wait for an answer.

        :param partner: res.partner, the commercial one.
        """
        waiting = self.search(
            [("commercial_partner_id", "=", partner.id), ("answered_at", "=", False)]
        )
        return Domain.OR(
            Domain("company_id", "=", turn.company_id.id)
            & Domain("response_role", "=", ASKS)
            & Domain("occurred_at", ">=", turn.started_at)
            for turn in waiting
        )

    def _measure_again(self):
        """Measure by the hours and targets of today, when these have changed."""
        for field in self._fields.values():
            if field.compute == "_compute_measures":
                self.env.add_to_compute(field, self)

    @api.model
    def _pair(self, interactions, spans, asking, is_changed=False):
        """See ``contact.response.pairing``, which is what ``self`` is kept by."""
        self.env["contact.response.pairing"]._pair_safely(
            interactions, spans, asking, is_changed
        )

    @api.model
    def _postpone(self):
        """Wake the job that pairs what was not paired at once."""
        # sudo: whoever records a contact; nothing of it is shown.
        self.env.ref("contact_history.ir_cron_contact_response_pair").sudo()._trigger()
