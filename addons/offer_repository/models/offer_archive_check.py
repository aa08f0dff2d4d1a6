from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..evidence import CHAINS

_ADMIN = "offer_repository.offer_repository_group_admin"
# More would be read by nobody; the count tells how many there were.
_FINDINGS_KEPT = 500


class OfferArchiveCheck(models.Model):
    """One look at whether a company's archive is what it was, and what was found."""

    _name = "offer.archive.check"
    _description = "Archive Check"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    date = fields.Datetime(
        required=True,
        readonly=True,
        default=lambda self: self.env.cr.now(),
    )
    state = fields.Selection(
        [("intact", "Intact"), ("damaged", "Damaged")],
        required=True,
        readonly=True,
    )
    revision_count = fields.Integer(string="Revisions", readonly=True)
    event_count = fields.Integer(string="Events", readonly=True)
    revision_head = fields.Char(string="Hash of the Last Revision", readonly=True)
    event_head = fields.Char(string="Hash of the Last Event", readonly=True)
    finding_count = fields.Integer(string="Number of Findings", readonly=True)
    finding_ids = fields.One2many("offer.archive.finding", "check_id", readonly=True)

    # ------------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------------

    @api.model
    def action_check(self):
        """Check the archives of the companies that are switched on; show the report."""
        if not self.env.user.has_group(_ADMIN):
            raise AccessError(
                self.env._("Only administrators of the offer repository check it.")
            )
        # sudo: nobody may write reports; the group was checked above
        checks_sudo = self.sudo()._check_companies(self.env.companies)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_archive_check_action"
        )
        if len(checks_sudo) == 1:
            action |= {"views": [(False, "form")], "res_id": checks_sudo.id}
        return {**action, "target": "current"}

    @api.model
    def _check_companies(self, companies):
        """Check each company's archive and note the result.

        :return: the reports, one a company
        """
        return self.union(*(self._check_company_archive(one) for one in companies))

    def _check_company_archive(self, company):
        revision, event = (self.env[f"offer.{chain}"].sudo() for chain in CHAINS)
        findings = revision._verify_company(company)
        heads = [
            model._query_chain_head(self.env.cr, company.id)
            for model in (revision, event)
        ]
        return self.create(
            {
                "company_id": company.id,
                "state": "damaged" if findings else "intact",
                "revision_count": heads[0][0],
                "revision_head": heads[0][1],
                "event_count": heads[1][0],
                "event_head": heads[1][1],
                "finding_count": len(findings),
                "finding_ids": [
                    (0, 0, values)
                    for values in self._finding_values(
                        company, findings[:_FINDINGS_KEPT]
                    )
                ],
            }
        )

    def _finding_values(self, company, findings):
        positions = {found.sequence for found in findings if found.chain == CHAINS[0]}
        revisions = self.env["offer.revision"].search(
            [("company_id", "=", company.id), ("chain_seq", "in", [*positions])]
        )
        by_position = {revision.chain_seq: revision for revision in revisions}
        for found in findings:
            revision = by_position.get(found.sequence)
            is_revision = revision and found.chain == CHAINS[0]
            yield {
                "chain": found.chain,
                "sequence": found.sequence,
                "code": found.code,
                "detail": found.detail,
                "offer_name": revision.offer_id.name if is_revision else False,
            }

    # ------------------------------------------------------------------
    # Every night
    # ------------------------------------------------------------------

    @api.model
    def _cron_check(self):
        """Check every archive, tell administrators of findings, mail the heads."""
        companies = self._companies_to_check()
        for number, company in enumerate(companies, start=1):
            check = self._check_company_archive(company)
            check._alert()
            check._mail_heads()
            remaining = len(companies) - number
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                return

    def _companies_to_check(self):
        """Return the companies with an archive, longest unchecked first.

        So a night that is too short for all goes on where it stopped.
        """
        groups = self.env["offer.revision"]._read_group([], ["company_id"])
        last = dict(self._read_group([], ["company_id"], ["date:max"]))
        never = fields.Datetime.to_datetime("1970-01-01")
        companies = [company for (company,) in groups]
        return sorted(companies, key=lambda company: last.get(company, never))

    def _alert(self):
        """Give every administrator of the company an activity for what was found."""
        self.ensure_one()
        if self.state != "damaged":
            return
        admins = self.env.ref(_ADMIN).all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        for admin in admins:
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=admin.id,
                summary=self.env._(
                    "The offer archive of %(company)s was altered: %(count)s findings",
                    company=self.company_id.name,
                    count=self.finding_count,
                ),
            )

    def _mail_heads(self):
        """Mail the newest hashes to where the company keeps them, outside of Odoo.

        Who holds them can tell later that rows at the end are gone or were rewritten.
        """
        self.ensure_one()
        address = self.company_id.offer_anchor_email
        if not address:
            return
        text = Markup("<p>%(intro)s</p><pre>%(heads)s</pre><p>%(use)s</p>") % {
            "intro": self.env._(
                "State of the offer archive of %(company)s on %(date)s. Keep this "
                "message: it proves later what was archived by now.",
                company=self.company_id.name,
                date=fields.Datetime.to_string(self.date) + " UTC",
            ),
            "heads": "\n".join(self._head_lines()),
            "use": self.env._(
                "To check an exported archive against it, give each line to "
                "tools/verify_archive.py with --head."
            ),
        }
        self.env["mail.mail"].sudo().create(
            {
                "subject": self.env._(
                    "Offer archive of %(company)s: hash of the day",
                    company=self.company_id.name,
                ),
                "email_to": address,
                "email_from": self.company_id.email_formatted
                or self.env.user.email_formatted,
                "body_html": text,
                "auto_delete": False,
            }
        )

    def _head_lines(self):
        return [
            f"{chain}:{self[f'{chain}_count']}:{self[f'{chain}_head']}"
            for chain in CHAINS
        ]

    # ------------------------------------------------------------------
    # Export
    # ------------------------------------------------------------------

    def action_export(self):
        """Download the company's archive, to be checked without Odoo."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/offer_repository/archive/{self.company_id.id}",
            "target": "download",
        }
