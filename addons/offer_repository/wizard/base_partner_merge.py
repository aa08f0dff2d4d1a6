from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Make room for the generic SQL, which would trip over our unique index.

        The keys of the partners that go are derived data and go with them; their
        places in identities move to the partner that stays.
        """
        self.env["offer.partner.merge"]._record_merge(src_partners, dst_partner)
        # sudo: none of these is for users to write, whoever merges.
        for model in ("offer.partner.key", "offer.partner.profile"):
            rows_sudo = self.env[model].sudo()
            rows_sudo.search([("partner_id", "in", src_partners.ids)]).unlink()
        self.env["offer.partner.match"].sudo()._move(src_partners, dst_partner)
        self.env["offer.identity.member"].sudo()._move(src_partners, dst_partner)
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _log_merge_operation(self, src_partners, dst_partner):
        """Read the keys of the partner that stays anew, once it has all values."""
        self.env["offer.partner.profile"]._sync(dst_partner)
        self.env["offer.search.queue"]._touch_customers(dst_partner.ids)
        return super()._log_merge_operation(src_partners, dst_partner)
