from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import human_size

# More in one go would keep the user waiting; the rest is purged by pressing again.
_BATCH = 1000


class OfferRetentionPurge(models.TransientModel):
    """Shows what the retention policy lets go, before anything goes."""

    _name = "offer.retention.purge"
    _description = "Purge Documents Past Their Time"

    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        default=lambda self: self.env.company,
    )
    years = fields.Integer(related="company_id.offer_retention_years")
    revision_count = fields.Integer(compute="_compute_preview")
    document_count = fields.Integer(compute="_compute_preview")
    size = fields.Char(string="Space", compute="_compute_preview")
    held_count = fields.Integer(string="Offers on Hold", compute="_compute_preview")
    revision_ids = fields.Many2many(
        "offer.revision", string="First of Them", compute="_compute_preview"
    )

    @api.depends("company_id")
    def _compute_preview(self):
        # sudo: administrators see all of the branches that they are working in
        revisions_sudo = self.env["offer.revision"].sudo()
        for purge in self:
            company = purge.company_id & self.env.companies
            found = revisions_sudo.search(revisions_sudo._domain_purgeable(company))
            sizes = found.document_ids.mapped("file_size")
            purge.revision_count = len(found)
            purge.document_count = len(sizes)
            purge.size = human_size(sum(sizes)) or "0"
            purge.revision_ids = found[:80]
            purge.held_count = (
                self.env["offer.offer"]
                .sudo()
                .search_count(
                    [
                        ("company_id", "=", company.id),
                        ("is_on_hold", "=", True),
                    ]
                )
            )

    def _check_company_admin(self):
        if self.company_id not in self.env.companies:
            raise UserError(
                self.env._(
                    "%(company)s is not among the branches you are working in. "
                    "Switch it on first.",
                    company=self.company_id.name,
                )
            )

    def action_purge(self):
        """Delete what the preview counts, for good."""
        self.ensure_one()
        self.check_access("write")
        self._check_company_admin()
        # sudo: nobody may delete documents but by this policy
        revisions_sudo = self.env["offer.revision"].sudo()
        domain = revisions_sudo._domain_purgeable(self.company_id)
        found = revisions_sudo.search(domain, order="chain_seq", limit=_BATCH)
        if not found:
            raise UserError(
                self.env._(
                    "%(company)s has no documents past their time. Set the years to "
                    "keep them in the settings, or release legal holds.",
                    company=self.company_id.name,
                )
            )
        found._purge()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Documents of %(count)s revisions purged, %(left)s are left.",
                    count=len(found),
                    left=revisions_sudo.search_count(domain),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
