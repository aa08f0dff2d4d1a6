from odoo import api, fields, models, tools


class ResCompany(models.Model):
    """What a conflict is in a tree, and how long a release may take."""

    _inherit = "res.company"

    # Kept at the root of the tree: both sides of a conflict must see it alike.
    offer_conflict_side = fields.Selection(
        [
            ("branch", "Branches"),
            ("team", "Sales teams"),
            ("salesperson", "Salespeople"),
        ],
        string="Who Competes",
        default="branch",
        required=True,
        help="Offers of one side never are in conflict with each other. Offers without "
        "team or salesperson belong to their branch.",
    )
    offer_conflict_reopen_percent = fields.Integer(
        string="Open Again from (%)",
        default=10,
        help="A decided conflict opens again when one of its offers changes by more "
        "than this, or when a further side makes an offer.",
    )
    offer_release_hours = fields.Integer(
        string="Release Within (Hours)",
        default=8,
        help="When a request for release is due. After that the managers are reminded, "
        "and after as long again the next manager is asked.",
    )

    _offer_conflict_reopen_positive = models.Constraint(
        "CHECK(offer_conflict_reopen_percent >= 0)",
        "Changes are counted in per cent from 0 up.",
    )
    _offer_release_hours_positive = models.Constraint(
        "CHECK(offer_release_hours > 0)",
        "A release needs at least one hour.",
    )

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {"offer_conflict_side"}

    def _offer_conflict_reopen_percent(self):
        """Return from which change on a decided case of the tree opens again."""
        anchor_sudo = self.env["offer.identity"]._anchor(self._offer_tree())
        return anchor_sudo.offer_conflict_reopen_percent

    @tools.ormcache("frozenset(self.ids)")
    def _offer_conflict_side(self):
        """Return who competes in the tree of a company, asked for every offer."""
        anchor_sudo = self.env["offer.identity"]._anchor(self._offer_tree())
        return anchor_sudo.offer_conflict_side or "branch"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    offer_conflict_side = fields.Selection(
        selection=lambda self: self._offer_scheme_selection("offer_conflict_side"),
        string="Who Competes",
        compute="_compute_offer_conflict_side",
        inverse="_inverse_offer_conflict_side",
        required=True,
    )
    offer_conflict_reopen_percent = fields.Integer(
        related="company_id.offer_conflict_reopen_percent",
        readonly=False,
    )
    offer_release_hours = fields.Integer(
        related="company_id.offer_release_hours",
        readonly=False,
    )

    @api.depends("company_id")
    def _compute_offer_conflict_side(self):
        for settings in self:
            root_sudo = settings._offer_scheme_root()
            settings.offer_conflict_side = root_sudo.offer_conflict_side

    def _inverse_offer_conflict_side(self):
        for settings in self:
            root_sudo = settings._offer_scheme_root()
            if root_sudo.offer_conflict_side != settings.offer_conflict_side:
                root_sudo.offer_conflict_side = settings.offer_conflict_side
