from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    offer_document_engine = fields.Selection(
        related="company_id.offer_document_engine",
        readonly=False,
        required=True,
    )
    offer_conflict_window_days = fields.Integer(
        related="company_id.offer_conflict_window_days",
        readonly=False,
    )
    offer_lookup_limit = fields.Integer(
        related="company_id.offer_lookup_limit",
        readonly=False,
    )
    offer_fishing_limit = fields.Integer(
        related="company_id.offer_fishing_limit",
        readonly=False,
    )
    offer_price_hint = fields.Selection(
        related="company_id.offer_price_hint",
        readonly=False,
        required=True,
    )
    offer_price_hint_percent = fields.Integer(
        related="company_id.offer_price_hint_percent",
        readonly=False,
    )
    offer_conflict_manager_id = fields.Many2one(
        related="company_id.offer_conflict_manager_id",
        readonly=False,
    )
    offer_detection_group_id = fields.Many2one(
        related="company_id.offer_detection_group_id",
        readonly=False,
    )
    offer_anchor_email = fields.Char(
        related="company_id.offer_anchor_email",
        readonly=False,
    )
    offer_unreadable_policy = fields.Selection(
        related="company_id.offer_unreadable_policy",
        readonly=False,
        required=True,
    )
    offer_retention_years = fields.Integer(
        related="company_id.offer_retention_years",
        readonly=False,
    )

    def action_offer_check_archive(self):
        """Check the archive and show what was found."""
        return self.env["offer.archive.check"].action_check()

    def action_offer_backfill(self):
        """Take over the quotations that were there before the archive."""
        return self.env["offer.backfill"].action_start()

    def action_offer_purge(self):
        """Show what the retention policy lets go."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_retention_purge_action"
        )
