from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..consent import Statement
from .contact_erasing import is_erasing

ANY = "any"
# Colour of the theme, and icon.
_LOOKS = {
    "refused": ("danger", "fa-ban"),
    "granted": ("success", "fa-check"),
    "preferred": ("info", "fa-heart-o"),
}


class ContactConsent(models.Model):
    """What somebody said of being contacted: consents, objections, wishes.

    Append-only: whoever changes his mind says something new, and the history stays.
    """

    _name = "contact.consent"
    _description = "Wish or consent"
    _order = "date desc, id desc"

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
        help="The branch it was said to. It counts for all branches of the company.",
    )
    channel = fields.Selection(
        selection="_selection_channel",
        required=True,
        default=ANY,
    )
    purpose = fields.Selection(
        [
            (ANY, "Whatever for"),
            ("service", "Service: orders and questions"),
            ("feedback", "Asking how satisfied they are"),
            ("marketing", "Advertising"),
        ],
        required=True,
        default=ANY,
    )
    decision = fields.Selection(
        [
            ("granted", "Agrees"),
            ("refused", "Refuses"),
            ("preferred", "Likes it best"),
            ("withdrawn", "Takes back what was said"),
        ],
        required=True,
        default="refused",
    )
    date = fields.Datetime(string="Said on", required=True, default=fields.Datetime.now)
    date_until = fields.Date(string="Until", help="Empty: until they say otherwise.")
    user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )

    # the proof
    source = fields.Selection(
        [
            ("talk", "In a talk"),
            ("call", "On the telephone"),
            ("email", "By e-mail"),
            ("letter", "By letter, signed form"),
            ("web_form", "On a web form"),
            ("import", "Taken over from another system"),
        ],
        string="How",
        required=True,
        default="call",
    )
    note = fields.Text(string="In their words")
    interaction_id = fields.Many2one(
        "contact.interaction",
        string="In this contact",
        ondelete="set null",
        index="btree_not_null",
        domain="[('partner_id', '=', partner_id)]",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Proof", copy=False)

    @api.model
    def _selection_channel(self):
        log = self.env["contact.interaction"]
        return [
            (ANY, self.env._("Every channel")),
            *log._fields["channel"]._description_selection(self.env),
        ]

    @api.depends("channel", "decision", "date")
    def _compute_display_name(self):
        channels = dict(self._selection_channel())
        decisions = dict(self._fields["decision"]._description_selection(self.env))
        for consent in self:
            channel = channels.get(consent.channel, "")
            consent.display_name = f"{channel}: {decisions.get(consent.decision, '')}"

    @api.constrains("date")
    def _check_date(self):
        now = fields.Datetime.now()
        for consent in self:
            if consent.date > now:
                raise ValidationError(
                    self.env._(
                        "Nobody can say something in the future. Choose the moment "
                        "when it was said, up to now."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        statements = super().create(vals_list)
        if not self.env.su:
            statements._check_own()
        for statement in statements:
            statement._adopt_attachments()
        return statements

    def _adopt_attachments(self):
        """Let the rules of this statement decide who may open its proof."""
        self.ensure_one()
        loose = self.attachment_ids._filtered_access("read").filtered(
            lambda file: not file.res_id and file.res_model in (False, self._name)
        )
        # sudo: nobody may write statements, on which the files hang from now on; they
        # are the writer's own, for nobody else can read loose ones.
        loose.sudo().write({"res_model": self._name, "res_id": self.id})

    def _check_own(self):
        """Refuse statements in another name, or of people one may not see."""
        self.partner_id.check_access("read")
        self.interaction_id.check_access("read")
        if self.user_id != self.env.user:
            raise AccessError(
                self.env._("What somebody said is recorded in your own name only.")
            )

    def write(self, vals):
        if not is_erasing(self.env):
            # Not even superuser mode rewrites what somebody said.
            raise UserError(
                self.env._(
                    "What somebody said cannot be changed afterwards. Record what they "
                    "say now; the newest counts."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "What somebody said is kept as proof. Record that they took it back."
            )
        )

    # ------------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------------

    @api.model
    def _domain_valid(self, partners):
        """Return which statements of these customers count today.

        Those of all branches of the company: a refusal is not said to one of them.
        """
        today = fields.Date.context_today(self)
        return (
            Domain("partner_id", "in", partners.ids)
            & Domain("company_id", "child_of", self.env.company.sudo().root_id.id)
            & (Domain("date_until", "=", False) | Domain("date_until", ">=", today))
        )

    def _as_statements(self):
        return [Statement(one.id, one.date, one.decision) for one in self]

    def _as_notice(self):
        """Return the short text that whoever turns to the customer is shown."""
        self.ensure_one()
        channel = dict(self._selection_channel()).get(self.channel, "")
        tone, icon = _LOOKS[self.decision]
        return {
            "code": f"consent_{self.id}",
            "text": self._notice_text(channel),
            "tone": tone,
            "icon": icon,
        }

    def _notice_text(self, channel):
        if self.decision == "preferred":
            text = self.env._("Likes best: %(channel)s", channel=channel)
        elif self.decision == "granted":
            text = self.env._("Agrees: %(channel)s", channel=channel)
        else:
            text = self.env._("Refuses: %(channel)s", channel=channel)
        details = []
        if self.purpose != ANY and self.decision != "preferred":
            purposes = dict(self._fields["purpose"]._description_selection(self.env))
            details.append(purposes[self.purpose])
        if self.date_until:
            until = format_date(self.env, self.date_until)
            details.append(self.env._("until %(date)s", date=until))
        return f"{text} ({', '.join(details)})" if details else text
