from odoo import api, fields, models
from odoo.fields import Domain

# Each step of the ladder shows what the one before shows, and more.
LEVEL_SELECTION = [
    ("existence", "That there was a contact"),
    ("metadata", "When, how and with whom of us"),
    ("subject", "Also customer and subject"),
    ("content", "Everything but confidential contacts"),
]


class ResCompany(models.Model):
    _inherit = "res.company"

    contact_history_level = fields.Selection(
        selection=LEVEL_SELECTION,
        string="Contacts seen by other branches",
        default="metadata",
        required=True,
        help="How much people of other branches of the same tree see of the "
        "contacts of this one. Whoever sees more than when, how and with whom "
        "of us is logged.",
    )

    @api.model
    def _contact_history_companies(self):
        """Return the companies whose contacts may appear in a timeline at all.

        Override to widen or narrow the circle, for example when an admin puts
        several companies into one group. Called with the reader's environment,
        so that a company switch that the reader has no right to is refused.
        What is shown of each of them is decided by its own policy.

        :return: res.company, in superuser mode.
        """
        # sudo: branches next to one's own are unreadable for ordinary users.
        own_sudo = self.env.companies.sudo()
        own_sudo.fetch(["parent_path"])
        roots = {company.parent_path.split("/")[0] for company in own_sudo}
        # Three of their fields: a company has a hundred, and every page asks this.
        return self.sudo().search_fetch(
            Domain.OR(Domain("parent_path", "=like", f"{root}/%") for root in roots),
            ["name", "parent_path", "contact_history_level"],
        )

    def _contact_history_levels(self):
        """Return how much of the contacts of these companies other branches see.

        Override to make a difference between channels.

        :return: {company id: {channel: level}}; the key None is for every channel
            that is not named.
        """
        return {company.id: {None: company.contact_history_level} for company in self}
