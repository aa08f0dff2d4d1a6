import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .privacy_subject import find_subject

PRIVACY = "contact_history.contact_history_group_privacy"
# Rows between two commits of the job
STEP = 200
# So many are collected within seconds, while somebody waits.
AT_ONCE = 300
# Whoever asked has fetched it by then.
KEPT_DAYS = 14


class ContactAccessRequest(models.Model):
    """Everything we hold of one person, collected into one file (Art. 15 GDPR).

    Rows are collected section by section and kept with where the next one begins, so
    that the job goes on wherever it was interrupted.
    """

    _name = "contact.access.request"
    _inherit = "mail.thread"
    _description = "Access request"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Answered by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
        index=True,
    )
    company_ids = fields.Many2many(
        "res.company",
        string="Branches",
        readonly=True,
        help="The branches allowed to whoever answers: only their data is in the file.",
    )
    is_partial = fields.Boolean(
        string="Not all branches",
        readonly=True,
        help="The company has branches that whoever answers does not work for.",
    )
    lang = fields.Char(string="Language", readonly=True)
    date_asked = fields.Datetime(
        string="As of",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
    )
    state = fields.Selection(
        [
            ("running", "Being collected"),
            ("done", "Ready"),
            ("expired", "Expired"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="running",
        index=True,
    )
    total_count = fields.Integer(string="To collect", readonly=True)
    row_count = fields.Integer(string="Collected", readonly=True)
    progress = fields.Float(
        string="Progress (%)", compute="_compute_progress", aggregator=None
    )
    section_code = fields.Char(readonly=True)
    section_after = fields.Integer(readonly=True)
    part_ids = fields.One2many("contact.access.request.part", "request_id")

    # Reached by its own download only, which logs it: see controllers/.
    file = fields.Binary(
        attachment=True, readonly=True, copy=False, groups=fields.NO_ACCESS
    )
    file_size = fields.Integer(string="Size (bytes)", readonly=True)
    date_expires = fields.Datetime(string="Available until", readonly=True)
    download_count = fields.Integer(string="Downloads", readonly=True)

    @api.depends("row_count", "total_count", "state")
    def _compute_progress(self):
        for request in self:
            share = request.row_count / max(request.total_count, 1)
            is_over = request.state in ("done", "expired")
            request.progress = 100 if is_over else min(99, 100 * share)

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    @api.model
    def _ask(self, partner):
        """Collect what is held of the partner, at once or in the background.

        :return: the request, in superuser mode.
        """
        self._check_privacy()
        partner.check_access("read")
        companies = self.env.user.company_ids
        tree_sudo = (
            self.env["res.company"]
            .with_context(allowed_company_ids=companies.ids)
            ._contact_history_companies()
        )
        self.env["contact.history.queue"]._finish()
        # sudo: nobody writes requests by hand; group and partner were checked.
        request_sudo = self.sudo().create(
            {
                "partner_id": partner.id,
                "user_id": self.env.uid,
                "company_ids": [fields.Command.set(companies.ids)],
                "is_partial": bool(tree_sudo - companies),
                "lang": partner.lang or self.env.company.partner_id.lang or "en_US",
            }
        )
        request_sudo.total_count = request_sudo._count()
        if request_sudo.total_count <= AT_ONCE:
            while request_sudo.state == "running":
                request_sudo._step()
        else:
            self.env.ref("contact_history.ir_cron_contact_access_request")._trigger()
        return request_sudo

    @api.model
    def _check_privacy(self):
        if not self.env.user.has_group(PRIVACY):
            raise AccessError(
                self.env._(
                    "Requests of customers for their data are answered by users with "
                    "the right “Contact History: Data Protection”."
                )
            )

    def action_cancel(self):
        """Stop collecting; what was collected goes."""
        self.check_access("read")
        self._check_privacy()
        # sudo: nobody writes requests by hand; the group was checked.
        running_sudo = self.sudo().filtered(lambda request: request.state == "running")
        running_sudo.part_ids.unlink()
        running_sudo.state = "cancelled"

    # ------------------------------------------------------------------
    # Collecting
    # ------------------------------------------------------------------

    @api.model
    def _cron_collect(self):
        """Go on collecting until the time is over."""
        while request := self.search([("state", "=", "running")], order="id", limit=1):
            count = request._step()
            self.env.flush_all()
            if not self.env["ir.cron"]._commit_progress(count, remaining=1):
                return
            self.env.invalidate_all()
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _in_language(self):
        """Return the request (sudo) in the language of the person."""
        return self.sudo().with_context(lang=self.lang)

    def _subject(self):
        return find_subject(self.partner_id, self.company_ids)

    def _count(self):
        subject = self._subject()
        sections = self.env["contact.privacy.section"]._get_sections()
        return sum(section._count(subject) for section in sections)

    def _step(self):
        """Collect the next rows; when there are none, make the file.

        :return: int, the number of rows.
        """
        self.ensure_one()
        request = self._in_language()
        if not request.partner_id:
            request.state = "cancelled"
            return 0
        sections = request.env["contact.privacy.section"]._get_sections()
        codes = [section._section_code for section in sections]
        code = request.section_code or codes[0]
        section = sections[codes.index(code)]
        rows = section._read_rows(request._subject(), request.section_after, STEP)
        request._keep(code, rows)
        if len(rows) == STEP:
            request.write({"section_code": code, "section_after": rows[-1][0]})
        elif code != codes[-1]:
            following = codes[codes.index(code) + 1]
            request.write({"section_code": following, "section_after": 0})
        else:
            request._finish()
        return len(rows)

    def _keep(self, code, rows):
        """Keep collected rows until the file is made."""
        if not rows:
            return
        self.env["contact.access.request.part"].create(
            {
                "request_id": self.id,
                "section_code": code,
                "rows": json.dumps(
                    [
                        {"values": values, "files": files.ids}
                        for _row_id, values, files in rows
                    ],
                    default=_to_text,
                ),
            }
        )
        self.row_count += len(rows)

    def _finish(self):
        content = self.env["contact.access.request.file"]._make(self)
        self.write(
            {
                "file": content,
                "state": "done",
                "date_expires": fields.Datetime.now() + timedelta(days=KEPT_DAYS),
            }
        )
        self.part_ids.unlink()
        user = self.user_id
        user._bus_send(
            "simple_notification",
            {
                "type": "success",
                "message": self.with_context(lang=user.lang).env._(
                    "The answer to the access request is ready."
                ),
            },
        )


def _to_text(value):
    """Return days and moments as text that ``_from_text`` knows again."""
    kind = "moment" if hasattr(value, "hour") else "day"
    return {kind: value.isoformat()}
