from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_reference_fields(self, src_partners, dst_partner):
        """Let contacts about a merged partner point to the one that remains.

        Odoo moves foreign keys by itself, but only in SQL: which company a
        contact belongs to has to be worked out again.
        """
        result = super()._update_reference_fields(src_partners, dst_partner)
        # sudo: contacts of every branch move, whoever merges.
        log_sudo = self.env["contact.interaction"].sudo()
        about = log_sudo.search(
            [("res_model", "=", "res.partner"), ("res_id", "in", src_partners.ids)]
        )
        about.write({"res_id": dst_partner.id})
        moved = log_sudo.search([("partner_id", "child_of", dst_partner.ids)])
        self.env.add_to_compute(log_sudo._fields["commercial_partner_id"], moved)
        # Two customers who waited apart now wait as one.
        turns_sudo = self.env["contact.response"].sudo()
        waiting = turns_sudo.search([("interaction_id", "in", moved._as_query())])
        self.env.add_to_compute(turns_sudo._fields["commercial_partner_id"], waiting)
        moved.write({"is_pairing_due": True})
        turns_sudo._postpone()
        return result
