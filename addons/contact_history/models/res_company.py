from odoo import api, fields, models

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
        return self.sudo().search([("id", "child_of", own_sudo.root_id.ids)])

    def _contact_history_levels(self):
        """Return how much of the contacts of these companies other branches see.

        Override to make a difference between channels.

        :return: {company id: {channel: level}}; the key None is for every channel
            that is not named.
        """
        return {company.id: {None: company.contact_history_level} for company in self}
