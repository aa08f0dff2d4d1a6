from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..evidence import CHAINS

_ADMIN = "offer_repository.offer_repository_group_admin"


class OfferArchiveCheck(models.Model):
    """The check of every night: who is told, and what is kept outside of Odoo."""

    _inherit = "offer.archive.check"

    @api.model
    def _cron_check(self):
        """Have every archive checked, the longest unchecked first."""
        for company in self._companies_to_check():
            self._start(company, is_daily=True)
        self._runner()._trigger()

    def _companies_to_check(self):
        """Return the companies with an archive, longest unchecked first."""
        groups = self.env["offer.revision"]._read_group([], ["company_id"])
        last = dict(self._read_group([], ["company_id"], ["date:max"]))
        never = fields.Datetime.to_datetime("1970-01-01")
        companies = [company for (company,) in groups]
        return sorted(companies, key=lambda company: last.get(company, never))

    def _on_finished(self):
        """Tell administrators of findings; after the night's check mail the heads.

        Called when a check in the background is over. Override to tell others.
        """
        self._alert()
        if self.is_daily and self.state in ("intact", "damaged"):
            self._mail_heads()

    def _alert(self):
        """Give every administrator of the company an activity for what was found."""
        self.ensure_one()
        if self.state != "damaged":
            return
        admins = self.env.ref(_ADMIN).all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        for admin in admins:
            env = self.with_context(lang=admin.lang).env
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=admin.id,
                summary=env._(
                    "The offer archive of %(company)s was altered: %(count)s findings",
                    company=self.company_id.name,
                    count=self.finding_count,
                ),
            )

    # ------------------------------------------------------------------
    # The hash of the day
    # ------------------------------------------------------------------

    def _mail_heads(self):
        """Mail the newest hashes to where the company keeps them, outside of Odoo.

        Who holds them can tell later that rows at the end are gone or were rewritten.
        """
        self.ensure_one()
        address = self.company_id.offer_anchor_email
        if not address:
            return
        env = self.with_context(lang=self._anchor_lang(address)).env
        text = Markup("<p>%(intro)s</p><pre>%(heads)s</pre><p>%(use)s</p>") % {
            "intro": env._(
                "State of the offer archive of %(company)s on %(date)s. Keep this "
                "message: it proves later what was archived by now.",
                company=self.company_id.name,
                date=self._stated_date(),
            ),
            "heads": "\n".join(self._head_lines()),
            "use": env._(
                "To check an exported archive against it, give each line to "
                "tools/verify_archive.py with --head."
            ),
        }
        self.env["mail.mail"].sudo().create(
            {
                "subject": env._(
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

    def _anchor_lang(self, address):
        """Return the language of whoever gets the hash of the day."""
        # sudo: contacts may belong to another branch; only the language is taken
        receiver_sudo = self.env["res.partner"].sudo()
        normalized = email_normalize(address)
        if normalized:
            receiver_sudo = receiver_sudo.search(
                [("email_normalized", "=", normalized)], limit=1
            )
        return receiver_sudo.lang or self.company_id.partner_id.lang or "en_US"

    def _stated_date(self):
        return fields.Datetime.to_string(self.date) + " UTC"

    def _head_lines(self):
        return [
            f"{chain}:{self[f'{chain}_count']}:{self[f'{chain}_head']}"
            for chain in CHAINS
        ]
