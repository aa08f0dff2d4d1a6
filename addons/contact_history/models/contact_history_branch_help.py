from markupsafe import Markup

from odoo import api, models


class ContactHistoryBranchHelp(models.AbstractModel):
    """Rows of branches: an empty list says when branches are switched off."""

    _name = "contact.history.branch.help"
    _description = "Contact history: help of lists by branch"

    @api.model
    def get_empty_list_help(self, help_message):
        """Add that more may be there, so that nobody takes empty for nothing at all."""
        text = super().get_empty_list_help(help_message)
        if self.env.user.company_ids <= self.env.companies:
            return text
        note = self.env._(
            "Only what belongs to %(branches)s is looked at. Switch on more of your "
            "branches at the top right.",
            branches=", ".join(self.env.companies.mapped("name")),
        )
        return Markup("%s<p><b>%s</b></p>") % (Markup(text or ""), note)


class ContactInteraction(models.Model):
    _name = "contact.interaction"
    _inherit = ["contact.interaction", "contact.history.branch.help"]


class ContactResponse(models.Model):
    _name = "contact.response"
    _inherit = ["contact.response", "contact.history.branch.help"]


class ContactFeedback(models.Model):
    _name = "contact.feedback"
    _inherit = ["contact.feedback", "contact.history.branch.help"]
