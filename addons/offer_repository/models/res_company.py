from dateutil.relativedelta import relativedelta

from odoo import api, fields, models, tools


class ResCompany(models.Model):
    _inherit = "res.company"

    offer_detection_group_id = fields.Many2one(
        "offer.detection.group",
        string="Detection Group",
        ondelete="set null",
        index="btree_not_null",
        help="Separate companies of one group share duplicate and conflict "
        "detection. Branches of one company share it without a group.",
    )
    offer_document_engine = fields.Selection(
        [
            ("reportlab", "Built-in offer document"),
            ("qweb", "Odoo report (needs wkhtmltopdf)"),
        ],
        string="Offer Document",
        default="reportlab",
        required=True,
        help="How the PDF of a quotation is made when it is sent or printed.",
    )
    offer_conflict_window_days = fields.Integer(
        string="Conflict Window (Days)",
        default=90,
        help="An offer without a validity date counts as live for this many days.",
    )
    offer_lookup_limit = fields.Integer(
        string="Look-up Limit per Hour",
        default=60,
        help="How many different customers of other branches one user may be shown "
        "within an hour before look-ups pause.",
    )
    offer_fishing_limit = fields.Integer(
        string="Alert after Look-ups",
        default=20,
        help="Managers are told of a user who is shown this many more customers of "
        "other branches within a day than he makes customers and quotations.",
    )
    offer_price_hint = fields.Selection(
        [
            ("existence", "That there is an offer"),
            ("relation", "Also whether its price is higher or lower"),
        ],
        string="Prices Seen by Other Branches",
        default="existence",
        required=True,
        help="What colleagues of other branches are told of this branch's live offers "
        "of the same product to the same customer while they make a quotation. "
        "Managers of the tree see the price itself.",
    )
    offer_price_hint_percent = fields.Integer(
        string="Same Price Within (%)",
        default=10,
        help="Prices that differ by no more are told as about the same.",
    )
    offer_conflict_manager_id = fields.Many2one(
        "res.users",
        string="Conflict Manager",
        ondelete="set null",
        domain="[('share', '=', False)]",
        help="Gets an activity for every new offer conflict. A branch without one "
        "uses its parent company's.",
    )
    offer_anchor_email = fields.Char(
        string="Hash of the Day To",
        help="Address outside of Odoo that gets the newest hash of the archive every "
        "night. Whoever keeps it can prove that nothing was cut off or rewritten.",
    )
    offer_unreadable_policy = fields.Selection(
        [("keep", "Keep them with a mark"), ("refuse", "Refuse them")],
        string="Files That Cannot Be Read",
        default="keep",
        required=True,
        help="What becomes of files that are protected by a password, damaged, too "
        "large, or not what their name says.",
    )
    offer_retention_years = fields.Integer(
        string="Keep Documents (Years)",
        help="Documents and personal data of closed offers may be purged after so "
        "many years. 0 keeps them for ever.",
    )

    _offer_retention_not_negative = models.Constraint(
        "CHECK(offer_retention_years >= 0)",
        "Documents cannot be kept for less than no years. 0 keeps them for ever.",
    )
    _offer_conflict_window_positive = models.Constraint(
        "CHECK(offer_conflict_window_days > 0)",
        "The conflict window must be at least one day.",
    )
    _offer_lookup_limit_positive = models.Constraint(
        "CHECK(offer_lookup_limit > 0)",
        "The look-up limit must be at least one customer an hour.",
    )
    _offer_price_hint_percent_positive = models.Constraint(
        "CHECK(offer_price_hint_percent BETWEEN 1 AND 100)",
        "The margin for prices must be between 1 and 100 per cent.",
    )
    _offer_fishing_limit_positive = models.Constraint(
        "CHECK(offer_fishing_limit > 0)",
        "The alert needs at least one customer shown.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # Odoo clears before: what was cached since then knows nothing of the new ones.
        self.env.registry.clear_cache()
        return companies

    def unlink(self):
        ids = self.ids
        result = super().unlink()
        self.env["offer.partner.key"]._query_forget_companies(ids)
        return result

    def cache_invalidation_fields(self):
        # Record rules read the user's tree, and their domains are cached.
        own = {"offer_detection_group_id", "offer_lookup_limit"}
        return super().cache_invalidation_fields() | own

    @tools.ormcache("self.id")
    def _offer_lookup_limit(self):
        """Return the limit of look-ups; asked at every look-up."""
        return self.sudo().offer_lookup_limit

    def _offer_tree(self):
        """Return every company that shares detection with the ones of ``self``.

        The result is a sudo recordset: it may name companies the user cannot read, so
        only ids may leave the server unfiltered.

        :return: ``res.company`` recordset, ``self`` included
        """
        return self.sudo().browse(self._offer_tree_ids())

    @tools.ormcache("frozenset(self.ids)")
    def _offer_tree_ids(self):
        """Return the ids of the tree; asked several times for every look-up."""
        roots_sudo = self.sudo().root_id
        groups_sudo = (
            self.sudo()
            .search([("id", "child_of", roots_sudo.ids)])
            .offer_detection_group_id
        )
        roots_sudo |= groups_sudo.company_ids.root_id
        return self.sudo().search([("id", "child_of", roots_sudo.ids)])._ids

    def _offer_retention_limit(self):
        """Return the moment before which the policy keeps nothing, None without one."""
        self.ensure_one()
        years = self.sudo().offer_retention_years
        return fields.Datetime.now() - relativedelta(years=years) if years else None

    def _offer_conflict_manager(self):
        """Return the user who is told of a new conflict, own setting before parent's.

        :return: ``res.users`` recordset of at most one, empty when nobody is set
        """
        self.ensure_one()
        for company_sudo in self.sudo().parent_ids[::-1]:
            if company_sudo.offer_conflict_manager_id:
                return company_sudo.offer_conflict_manager_id
        return self.env["res.users"]
