from odoo import api, fields, models, tools


class ResCompany(models.Model):
    """Whether offers to companies of one group count as offers to one customer."""

    _inherit = "res.company"

    # Kept at the root of the tree, as who competes.
    offer_conflict_groups = fields.Boolean(
        string="Groups Count as One Customer",
        help="Live offers to customers that were judged to be of the same group are a "
        "conflict, too. Switching it on or off has the offers looked at again; what "
        "managers decided stays.",
    )

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {"offer_conflict_groups"}

    def write(self, vals):
        changed = self.filtered(
            lambda company: (
                "offer_conflict_groups" in vals
                and company.offer_conflict_groups != bool(vals["offer_conflict_groups"])
            )
        )
        result = super().write(vals)
        for company in changed:
            self.env["offer.conflict"]._follow_group_policy(company._offer_tree())
        return result

    @tools.ormcache("frozenset(self.ids)")
    def _offer_counts_groups(self):
        """Tell whether the tree counts groups, asked for every offer that is sent."""
        anchor_sudo = self.env["offer.identity"]._anchor(self._offer_tree())
        return bool(anchor_sudo.offer_conflict_groups)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    offer_conflict_groups = fields.Boolean(
        string="Groups Count as One Customer",
        compute="_compute_offer_conflict_groups",
        inverse="_inverse_offer_conflict_groups",
    )

    @api.depends("company_id")
    def _compute_offer_conflict_groups(self):
        for settings in self:
            root_sudo = settings._offer_scheme_root()
            settings.offer_conflict_groups = root_sudo.offer_conflict_groups

    def _inverse_offer_conflict_groups(self):
        for settings in self:
            root_sudo = settings._offer_scheme_root()
            if root_sudo.offer_conflict_groups != settings.offer_conflict_groups:
                root_sudo.offer_conflict_groups = settings.offer_conflict_groups
