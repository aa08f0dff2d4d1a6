from odoo import api, fields, models

from ..timeline import LEVELS
from .res_company import LEVEL_SELECTION

# What nobody has said anything about is asked for service only.
CONSENT_FOR = {
    "none": (),
    "marketing": ("marketing",),
    "feedback": ("marketing", "feedback"),
}


class ContactChannelPolicy(models.Model):
    """How one channel is treated, in one branch or in all of them."""

    _name = "contact.channel.policy"
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

    _company_channel_uniq = models.UniqueIndex(
        "(channel, COALESCE(company_id, 0))",
        "There is a line for this channel and branch already.",
    )

    @api.model
    def _selection_channel(self):
        log = self.env["contact.interaction"]
        return log._fields["channel"]._description_selection(self.env)

    @api.model
    def _find(self, companies):
        """Return {(company id, channel): line}, that of the branch before that of all.

        :param companies: res.company, in any mode.
        :return: dict of contact.channel.policy in superuser mode.
        """
        # sudo: what holds, holds for everybody; the lines themselves are not shown.
        lines_sudo = self.sudo().search(
            [("company_id", "in", [*companies.ids, False])],
            order="company_id",
        )
        found = {}
        for line_sudo in lines_sudo.sorted(lambda line: bool(line.company_id)):
            for company in line_sudo.company_id or companies:
                found[company.id, line_sudo.channel] = line_sudo
        return found

    @api.model
    def _needs_consent(self, company, channel, purpose):
        """Tell whether silence of the customer does not do in this branch."""
        line_sudo = self._find(company).get((company.id, channel))
        return bool(line_sudo) and purpose in CONSENT_FOR[line_sudo.consent]

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
