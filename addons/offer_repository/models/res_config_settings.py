from odoo import api, fields, models


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
    offer_scheme_choice = fields.Selection(
        selection=lambda self: self._offer_scheme_selection("offer_scheme_choice"),
        string="Scheme of the Comparison",
        compute="_compute_offer_scheme",
        inverse="_inverse_offer_scheme_choice",
        required=True,
    )
    offer_scheme_found = fields.Selection(
        selection=lambda self: self._offer_scheme_selection("offer_scheme_found"),
        string="Scheme Chosen",
        compute="_compute_offer_scheme",
    )
    offer_scheme_root = fields.Char(string="Holds For", compute="_compute_offer_scheme")
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

    # The weights are kept at the root of the tree, whichever branch is switched on.

    @api.model
    def _offer_scheme_selection(self, name):
        return self.env["res.company"]._fields[name]._description_selection(self.env)

    @api.depends("company_id")
    def _compute_offer_scheme(self):
        for settings in self:
            root_sudo = settings._offer_scheme_root()
            settings.offer_scheme_choice = root_sudo.offer_scheme_choice
            settings.offer_scheme_found = root_sudo.offer_scheme_found
            settings.offer_scheme_root = root_sudo.name

    def _inverse_offer_scheme_choice(self):
        for settings in self:
            root_sudo = settings._offer_scheme_root()
            if root_sudo.offer_scheme_choice != settings.offer_scheme_choice:
                root_sudo.offer_scheme_choice = settings.offer_scheme_choice

    def _offer_scheme_root(self):
        tree_sudo = self.company_id._offer_tree()
        return self.env["offer.identity"]._anchor(tree_sudo)

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
