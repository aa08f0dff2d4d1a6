from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

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
