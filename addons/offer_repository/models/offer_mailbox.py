import ast

from odoo import api, fields, models


class OfferMailbox(models.Model):
    """An address of a branch: whoever puts it into BCC archives what was sent."""

    _name = "offer.mailbox"
    _inherit = ["mail.alias.mixin"]
    _description = "Offer Mailbox"
    _order = "company_id, id"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        index=True,
    )
    active = fields.Boolean(default=True)
    is_automatic = fields.Boolean(
        string="Archive at Once",
        default=True,
        help="Mails of the branch's own people whose customer and amount are certain "
        "go into the archive by themselves. Everything else waits in the to-sort list.",
    )

    _company_uniq = models.UniqueIndex(
        "(company_id) WHERE active",
        "A branch has one offer mailbox.",
    )

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("offer.intake")
        if self.id:
            defaults = ast.literal_eval(self.alias_defaults or "{}")
            values["alias_defaults"] = {**defaults, "mailbox_id": self.id}
        # strangers reach it: what they send is to sort, never archived by itself
        values["alias_contact"] = "everyone"
        return values

    @api.depends("company_id", "alias_id.alias_full_name")
    def _compute_display_name(self):
        for mailbox in self:
            mailbox.display_name = (
                mailbox.alias_id.alias_full_name or mailbox.company_id.name
            )
