import base64

from odoo import api, fields, models
from odoo.exceptions import UserError


class ContactAccessRequest(models.Model):
    """Handing out what was collected, and forgetting it again."""

    _inherit = "contact.access.request"

    def action_download(self):
        """Fetch the file; each download is noted."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "done":
            raise UserError(
                self.env._(
                    "The file is not there: it is being collected, or its time is "
                    "over. Ask anew on the contact."
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/contact_history/access_request/{self.id}",
            "target": "download",
        }

    def _is_over(self):
        self.ensure_one()
        return self.date_expires < fields.Datetime.now()

    def _content(self):
        self.ensure_one()
        return base64.b64decode(self.file)

    def _file_name(self):
        """Return a name that tells nothing of the person."""
        return f"access-request-{self.id}.zip"

    def _note_download(self):
        """Log who took which branches' data of the person out of the database."""
        self.ensure_one()
        request_sudo = self.sudo()
        request_sudo.download_count += 1
        request_sudo._message_log(
            body=self.env._("The file was downloaded."),
            author_id=self.env.user.partner_id.id,
        )
        self.env["contact.disclosure"]._log(
            [
                {
                    "owner_company_id": company.id,
                    "partner_id": request_sudo.partner_id.id,
                    "kind": "access_request",
                    "level": "content",
                    "res_model": self._name,
                    "res_id": self.id,
                    "reason_code": "handed_out",
                }
                for company in request_sudo.company_ids
            ]
        )

    @api.autovacuum
    def _gc_files(self):
        """Delete files whose time is over. That they were made stays known."""
        past = self.search(
            [("state", "=", "done"), ("date_expires", "<", fields.Datetime.now())]
        )
        past.write({"file": False, "state": "expired", "file_size": 0})
