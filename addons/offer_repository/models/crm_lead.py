from odoo import api, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_potential_lead_duplicates(self):
        """Count similar leads that the reader may open, of the others there is a card.

        Odoo counts as superuser: its button would then open an empty list, reading the
        field would be refused, and the number would tell of other branches unlogged.
        """
        result = super()._compute_potential_lead_duplicates()
        for lead in self:
            similar = lead.duplicate_lead_ids - lead
            readable = similar.sudo(False)._filtered_access("read").sudo()
            lead.duplicate_lead_ids = readable + lead
            lead.duplicate_lead_count = len(readable)
        return result

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Take mails of customers whom another branch keeps to itself.

        Odoo would refuse such a lead, and the mail would be lost. It goes with the own
        branch's record of the customer, or with none: the check above the lead tells
        which branch to ask.
        """
        values = dict(custom_values or {})
        if msg_dict.get("author_id"):
            # sudo: compared, not shown
            author_sudo = self.env["res.partner"].sudo().browse(msg_dict["author_id"])
            own_sudo = author_sudo._offer_of_branch(self._offer_branch_of(values))
            values.setdefault("partner_id", own_sudo.id)
        return super().message_new(msg_dict, custom_values=values)

    @api.model
    def _offer_branch_of(self, values):
        """Return the branch that a lead with these values will be of, in sudo."""
        # sudo: the mail gateway's user need not read them
        team_sudo = self.env["crm.team"].sudo().browse(values.get("team_id"))
        user_sudo = self.env["res.users"].sudo().browse(values.get("user_id"))
        company_sudo = self.env["res.company"].sudo().browse(values.get("company_id"))
        return company_sudo or team_sudo.company_id or user_sudo.company_id

    def action_set_lost(self, **additional_values):
        """Name the reason first: offers are closed in the midst of Odoo's steps."""
        if "lost_reason_id" in additional_values:
            self.write({"lost_reason_id": additional_values["lost_reason_id"]})
        return super().action_set_lost(**additional_values)

    def write(self, vals):
        """Have offers follow their opportunity when it is lost or restored.

        By any way: the button, the archive action, an import, the kanban. What changed
        is read from ``won_status``, which Odoo derives from all of them.
        """
        before = {lead.id: lead.won_status for lead in self}
        result = super().write(vals)
        moved = self.filtered(lambda lead: lead.won_status != before[lead.id])
        for lead in moved.filtered(lambda lead: lead.won_status == "lost"):
            lead._offer_heads()._lose(lead)
        if "lost_reason_id" in vals:
            for lead in self.filtered(lambda lead: lead.won_status == "lost"):
                lead._offer_heads()._explain_loss(lead.lost_reason_id)
        restored = moved.filtered(lambda lead: before[lead.id] == "lost")
        if restored:
            restored._offer_heads()._reopen_lost()
        return result

    def _offer_heads(self):
        """Return the archived offers of the opportunities.

        Sudo: nobody may write heads, and closing the opportunity was checked already.
        """
        return (
            self.env["offer.offer"].sudo().search([("opportunity_id", "in", self.ids)])
        )
