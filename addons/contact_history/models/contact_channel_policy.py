from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import ormcache

from ..timeline import LEVELS
from .res_company import LEVEL_SELECTION

# What nobody has said anything about is asked for service only.
CONSENT_FOR = {
    "none": (),
    "marketing": ("marketing",),
    "feedback": ("marketing", "feedback"),
}
_TERMS = {"channel", "company_id", "retention_months", "retention_action"}


class ContactChannelPolicy(models.Model):
    """How one channel is treated, in one branch or in all of them."""

    _name = "contact.channel.policy"
    _inherit = ["contact.history.cached.mixin"]
    _description = "Privacy of a channel"
    _order = "company_id, channel"
    _rec_name = "channel"

    channel = fields.Selection(selection="_selection_channel", required=True)
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        ondelete="cascade",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for all branches that have no line of their own.",
    )
    level = fields.Selection(
        selection=LEVEL_SELECTION,
        string="Seen by other branches",
        help="Empty: as the branch decided for all channels.",
    )
    consent = fields.Selection(
        [
            ("none", "Nothing: a refusal is respected"),
            ("marketing", "Advertising"),
            ("feedback", "Advertising and asking how satisfied they are"),
        ],
        string="Consent needed for",
        required=True,
        default="none",
        help="Without the customer's consent we do not use this channel for it.",
    )

    # retention
    retention_months = fields.Integer(
        string="Kept for (months)",
        help="0: for good. Counted from when the contact took place.",
    )
    retention_action = fields.Selection(
        [("erase", "Erased in place"), ("delete", "Deleted")],
        string="Then",
        required=True,
        default="erase",
        help="Erased in place: that there was a contact stays for reports, with time, "
        "channel, direction and how soon it was answered; who it was and what was said "
        "goes. Deleted: nothing stays.",
    )
    is_retention_active = fields.Boolean(
        string="Retention runs",
        readonly=True,
        copy=False,
    )

    _retention_check = models.Constraint(
        "CHECK(retention_months >= 0)",
        "Contacts are kept for some months, or for good (0).",
    )
    _company_channel_uniq = models.UniqueIndex(
        "(channel, COALESCE(company_id, 0))",
        "There is a line for this channel and branch already.",
    )

    @api.model
    def _selection_channel(self):
        log = self.env["contact.interaction"]
        return log._fields["channel"]._description_selection(self.env)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_start(vals) for vals in vals_list])

    def write(self, vals):
        """Stop the retention when its terms change: it is started after a preview."""
        clean = self._without_start(vals)
        if not _TERMS.isdisjoint(clean):
            clean["is_retention_active"] = False
        return super().write(clean)

    @api.model
    def _without_start(self, vals):
        if self.env.su:
            return dict(vals)
        return {
            name: value for name, value in vals.items() if name != "is_retention_active"
        }

    def action_preview_retention(self):
        """Show what would go, before anything goes."""
        self.ensure_one()
        self.check_access("write")
        if not self.retention_months:
            raise UserError(
                self.env._("Say first for how many months contacts are kept.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Let retention run"),
            "res_model": "contact.retention.start",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_policy_id": self.id},
        }

    def action_stop_retention(self):
        """Let nothing more go."""
        self.check_access("write")
        # sudo: see _without_start.
        self.sudo().is_retention_active = False

    @api.model
    def _find(self, companies):
        """Return {(company id, channel): line}, that of the branch before that of all.

        :param companies: res.company, in any mode.
        :return: dict of contact.channel.policy in superuser mode.
        """
        # sudo: what holds, holds for everybody; the lines themselves are not shown.
        lines_sudo = self.sudo().search_fetch(
            [("company_id", "in", [*companies.ids, False])],
            ["company_id", "channel", "level", "consent"],
        )
        found = {}
        for line_sudo in lines_sudo.sorted(lambda line: bool(line.company_id)):
            for company in line_sudo.company_id or companies:
                found[company.id, line_sudo.channel] = line_sudo
        return found

    def _companies(self):
        """Return the branches that this line holds for, in superuser mode."""
        self.ensure_one()
        companies_sudo = self.env["res.company"].sudo().search(Domain.TRUE)
        found = self._find(self.company_id.sudo() or companies_sudo)
        return companies_sudo.browse(
            sorted(
                company_id for (company_id, _), line in found.items() if line == self
            )
        )

    @api.model
    def _needs_consent(self, company, channel, purpose):
        """Tell whether silence of the customer does not do in this branch."""
        return purpose in self._consents_needed(company.id).get(channel, ())

    @api.model
    @ormcache("company_id")
    def _consents_needed(self, company_id):
        """Return {channel: purposes}. Asked for each customer who is turned to."""
        lines = self._find(self.env["res.company"].browse(company_id))
        return {
            channel: CONSENT_FOR[line_sudo.consent]
            for (_company_id, channel), line_sudo in lines.items()
        }

    @api.model
    def _levels(self, companies_sudo):
        """Return {company id: {channel: level}} for the ladder of visibility.

        What is not in the inner dict has the level of the branch.
        """
        levels = {company_sudo.id: {} for company_sudo in companies_sudo}
        for (company_id, channel), line_sudo in self._find(companies_sudo).items():
            if line_sudo.level in LEVELS:
                levels[company_id][channel] = line_sudo.level
        return levels
