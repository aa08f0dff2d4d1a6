from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import human_size

# More would be read by nobody; the counts are of all.
_SHOWN = 80


class OfferRetentionPurge(models.TransientModel):
    """Shows what the retention policy lets go, before anything goes."""

    _name = "offer.retention.purge"
    _description = "Purge Documents Past Their Time"

    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        default=lambda self: self.env.company,
        domain=lambda self: [("id", "in", self.env.companies.ids)],
    )
    years = fields.Integer(related="company_id.offer_retention_years")
    revision_count = fields.Integer(compute="_compute_preview")
    document_count = fields.Integer(compute="_compute_preview")
    size = fields.Char(string="Space", compute="_compute_preview")
    held_count = fields.Integer(
        string="Kept by Legal Holds",
        compute="_compute_preview",
        help="Revisions past their time that stay because their offer is on hold.",
    )
    live_count = fields.Integer(
        string="Kept as Still Open",
        compute="_compute_preview",
        help="Revisions past their time that stay because their offer is still open.",
    )
    revision_ids = fields.Many2many(
        "offer.revision", string="First of Them", compute="_compute_preview"
    )

    @api.depends("company_id")
    def _compute_preview(self):
        # sudo: administrators see all of the branches that they are working in
        revisions_sudo = self.env["offer.revision"].sudo()
        for purge in self:
            company = purge.company_id & self.env.companies
            domain = revisions_sudo._domain_purgeable(company)
            past = revisions_sudo._domain_past_term(company)
            held = Domain("offer_id.is_on_hold", "=", True)
            count, size = purge._files_of(domain)
            purge.revision_count = revisions_sudo.search_count(domain)
            purge.document_count = count
            purge.size = human_size(size) or "0"
            purge.revision_ids = revisions_sudo.search(
                domain, order="chain_seq", limit=_SHOWN
            )
            purge.held_count = revisions_sudo.search_count(past & held)
            purge.live_count = revisions_sudo.search_count(
                past & ~held & Domain("offer_id.is_live", "=", True)
            )

    def _files_of(self, domain):
        """Return number and size of the documents of revisions, however many."""
        revisions_sudo = self.env["offer.revision"].sudo()
        [(count, size)] = (
            self.env["ir.attachment"]
            .sudo()
            ._read_group(
                [
                    ("res_model", "=", "offer.revision"),
                    ("res_id", "in", revisions_sudo._search(domain)),
                ],
                aggregates=["__count", "file_size:sum"],
            )
        )
        return count, size or 0

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
        """Delete what the preview counts, for good; show how far it came."""
        self.ensure_one()
        self.check_access("write")
        self._check_company_admin()
        if not self.revision_count:
            raise UserError(
                self.env._(
                    "%(company)s has no documents past their time. Set the years to "
                    "keep them in the settings, or release legal holds.",
                    company=self.company_id.name,
                )
            )
        self.env["offer.retention.run"]._start(self.company_id, self.revision_count)
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "offer_repository.offer_retention_run_action"
            ),
            "target": "current",
        }
