import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize, format_datetime

from ..telephone import number_of
from ..timeline import shorten

MANUAL = "manual"
# Visitors of a live chat, see contact.history.chat.
GUEST = re.compile(r"\((guest:\d+)\)$")


class ContactInteraction(models.Model):
    """Stored log: one row for each contact with a customer, on any channel."""

    _name = "contact.interaction"
    _description = "Interaction"
    _order = "occurred_at desc, id desc"
    _rec_names_search = ["subject"]

    # who
    # No check_company: a branch is also contacted by customers of another one,
    # and an incoming message must never be refused for that.
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        ondelete="set null",
        index="btree_not_null",
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        compute="_compute_commercial_partner_id",
        store=True,
        precompute=True,
        string="Company of the customer",
        ondelete="set null",
    )
    certainty = fields.Selection(
        [("known", "Known"), ("maybe", "Maybe")],
        default="known",
        required=True,
        help="Maybe: the sender is unknown, the customer comes from the document.",
    )
    candidate_ids = fields.Many2many("res.partner", string="Candidates")
    address = fields.Char(help="E-mail address or telephone number, as it came.")
    address_normalized = fields.Char(
        string="Comparable address",
        compute="_compute_address_normalized",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Our person",
        default=lambda self: self.env.user,
        ondelete="set null",
        index="btree_not_null",
        domain="[('share', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )

    # how and when
    channel = fields.Selection(
        [
            ("call", "Call"),
            ("email", "E-mail"),
            ("sms", "SMS"),
            ("chat", "Chat"),
            ("meeting", "Meeting"),
            ("visit", "Visit"),
            ("talk", "Note of a talk"),
            ("letter", "Letter"),
            ("social", "Social message"),
            ("web_form", "Web form"),
            ("portal", "Portal message"),
        ],
        required=True,
        default="call",
    )
    direction = fields.Selection(
        [("incoming", "Incoming"), ("outgoing", "Outgoing")],
        required=True,
        default="incoming",
    )
    state = fields.Selection(
        [
            ("done", "Done"),
            ("answered", "Taken"),
            ("missed", "Missed"),
            ("voicemail", "Voicemail"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="done",
    )
    occurred_at = fields.Datetime(
        string="When",
        required=True,
        default=fields.Datetime.now,
    )
    recorded_at = fields.Datetime(
        string="Recorded on",
        default=fields.Datetime.now,
        required=True,
        readonly=True,
        copy=False,
    )
    duration = fields.Integer(string="Duration (s)", help="Seconds.")
    duration_minutes = fields.Integer(
        string="Duration (min)",
        compute="_compute_duration_minutes",
        inverse="_inverse_duration_minutes",
    )

    # what
    subject = fields.Char()
    # As long as its writer likes, and needed by its own form only.
    note = fields.Text(string="Notes", prefetch=False)
    preview = fields.Char(
        compute="_compute_preview",
        store=True,
        precompute=True,
        readonly=False,
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Attachments",
        copy=False,
    )
    is_confidential = fields.Boolean(
        string="Confidential",
        help="Only for our person and for managers of the branch.",
    )

    # where from
    res_model = fields.Char(string="Document model", readonly=True, copy=False)
    res_id = fields.Many2oneReference(
        string="Document",
        model_field="res_model",
        readonly=True,
        copy=False,
    )
    message_id = fields.Many2one(
        "mail.message",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    origin = fields.Char(
        required=True,
        default=MANUAL,
        readonly=True,
        copy=False,
        help="What recorded this contact. Manual: somebody typed it in.",
    )
    external_id = fields.Char("External identifier", readonly=True, copy=False)

    # The timeline page, see contact.history.source.interaction.
    _commercial_partner_page = models.Index(
        "(commercial_partner_id, occurred_at DESC, id DESC)"
    )
    # The list of contacts of one person.
    _partner_page = models.Index("(partner_id, occurred_at DESC, id DESC)")
    # The list of all contacts and the reports of a branch.
    _company_page = models.Index("(company_id, occurred_at DESC, id DESC)")
    # Reading the same message, call or import twice adds nothing.
    _origin_uniq = models.UniqueIndex(
        "(origin, external_id) WHERE external_id IS NOT NULL",
        "This contact has been recorded before.",
    )
    _duration_check = models.Constraint(
        "CHECK(duration >= 0)",
        "The duration of a contact cannot be negative.",
    )

    @api.depends("partner_id.commercial_partner_id")
    def _compute_commercial_partner_id(self):
        for interaction in self:
            interaction.commercial_partner_id = (
                interaction.partner_id.commercial_partner_id
            )

    @api.depends("address", "partner_id", "company_id")
    def _compute_address_normalized(self):
        for interaction in self:
            interaction.address_normalized = interaction._normalize_address()

    def _normalize_address(self):
        """Return the comparable form of the address, or False."""
        self.ensure_one()
        if not self.address:
            return False
        if "@" in self.address:
            return email_normalize(self.address)
        guest = GUEST.search(self.address)
        if guest:
            return guest.group(1)
        country = self.partner_id.country_id or self.company_id.country_id
        number = number_of(self.address, country.code or None)
        return number.e164 if number else False

    @api.depends("duration")
    def _compute_duration_minutes(self):
        for interaction in self:
            interaction.duration_minutes = round(interaction.duration / 60)

    def _inverse_duration_minutes(self):
        for interaction in self:
            interaction.duration = interaction.duration_minutes * 60

    @api.depends("note")
    def _compute_preview(self):
        for interaction in self:
            if interaction.note or not interaction.preview:
                interaction.preview = shorten(interaction.note)

    @api.depends("channel", "subject", "occurred_at")
    @api.depends_context("uid", "allowed_company_ids", "lang", "tz")
    def _compute_display_name(self):
        """Name the contact, for those only who may read it.

        Odoo shows the display name of a linked record in superuser mode, so
        what it says must be decided by the reader's rights, not by the mode.
        """
        readable = self.with_user(self.env.user)._filtered_access("read")
        for interaction in self:
            interaction.display_name = (
                interaction._full_name()
                if interaction.id in readable._ids
                else self.env._("Interaction")
            )

    def _full_name(self):
        channels = dict(self._fields["channel"]._description_selection(self.env))
        when = format_datetime(self.env, self.occurred_at, dt_format="short")
        name = f"{channels.get(self.channel)}, {when}"
        return f"{self.subject} ({name})" if self.subject else name

    @api.constrains("occurred_at", "origin")
    def _check_occurred_at(self):
        now = fields.Datetime.now()
        for interaction in self:
            if interaction.origin == MANUAL and interaction.occurred_at > now:
                raise ValidationError(
                    self.env._(
                        "A contact can only be logged once it has taken place, and "
                        "%(when)s lies ahead. Plan an activity instead.",
                        when=format_datetime(self.env, interaction.occurred_at),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        interactions = super().create([self._clean(vals) for vals in vals_list])
        interactions._adopt_attachments()
        return interactions

    def write(self, vals):
        result = super().write(self._clean(vals))
        if not self.env.su:
            # The rules above looked at the row as it was. Nobody may write it
            # into a place (branch, person, origin) where it could not be created.
            self.check_access("write")
        if "attachment_ids" in vals:
            self._adopt_attachments()
        return result

    def _clean(self, vals):
        """Return the values as they may be stored: moments in whole seconds, which
        pages are cut by, and no time of recording, which is a fact and no input.
        """
        clean = dict(vals)
        if clean.get("occurred_at"):
            moment = fields.Datetime.to_datetime(clean["occurred_at"])
            clean["occurred_at"] = moment.replace(microsecond=0)
        if not self.env.su:
            clean.pop("recorded_at", None)
        return clean

    def _adopt_attachments(self):
        """Let the rules of this contact decide who may open its files."""
        for interaction in self:
            loose = interaction.attachment_ids.filtered(
                lambda file: not file.res_id and file.res_model in (False, self._name)
            )
            if loose:
                loose.write({"res_model": self._name, "res_id": interaction.id})
