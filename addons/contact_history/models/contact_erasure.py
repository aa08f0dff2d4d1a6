from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .privacy_subject import find_subject

PRIVACY = "contact_history.contact_history_group_privacy"
# Records between two commits of the job
STEP = 100
AT_ONCE = 300
PREVIEW_HOURS = 24


class ContactErasure(models.Model):
    """One erasure: what went, what has to stay and why, who decided it (Art. 17 GDPR).

    First a preview; what is erased is not found again, so the job can be interrupted
    at any time. Nothing in here names the person.
    """

    _name = "contact.erasure"
    _description = "Erasure"
    _order = "id desc"
    _rec_name = "create_date"

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    is_contact = fields.Boolean(
        readonly=True, help="One of the people of a company, which itself stays."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Erased by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
        index=True,
    )
    company_ids = fields.Many2many("res.company", string="Branches", readonly=True)
    state = fields.Selection(
        [("preview", "Preview"), ("running", "Being erased"), ("done", "Done")],
        required=True,
        readonly=True,
        default="preview",
        index=True,
    )
    line_ids = fields.One2many("contact.erasure.line", "erasure_id", readonly=True)
    going_count = fields.Integer(string="Goes", compute="_compute_counts")
    staying_count = fields.Integer(string="Stays", compute="_compute_counts")
    erased_count = fields.Integer(string="Records erased", readonly=True)
    date_done = fields.Datetime(string="Finished on", readonly=True)
    elsewhere = fields.Text(
        string="Not erased here",
        readonly=True,
        help="Where else Odoo refers to the person.",
    )
    privacy_log_ref = fields.Integer(readonly=True)

    @api.depends("line_ids")
    def _compute_counts(self):
        for erasure in self:
            going = erasure.line_ids.filtered(lambda line: not line.reason)
            erasure.going_count = sum(going.mapped("count"))
            erasure.staying_count = sum((erasure.line_ids - going).mapped("count"))

    # ------------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------------

    @api.model
    def _preview(self, partner):
        """Return what would go and what would stay of the partner; nothing changes.

        :return: the erasure, in superuser mode.
        """
        self._check_privacy()
        partner.check_access("read")
        self.env["contact.history.queue"]._finish()
        # sudo: nobody writes erasures by hand; group and partner were checked.
        erasure_sudo = self.sudo().create(
            {
                "partner_id": partner.id,
                "is_contact": partner != partner.commercial_partner_id,
                "user_id": self.env.uid,
                "company_ids": [fields.Command.set(self.env.user.company_ids.ids)],
            }
        )
        erasure_sudo._renew_lines()
        return erasure_sudo

    @api.model
    def _check_privacy(self):
        if not self.env.user.has_group(PRIVACY):
            raise AccessError(
                self.env._(
                    "Personal data is erased by users with the right “Contact History: "
                    "Data Protection”."
                )
            )

    def _subject(self):
        return find_subject(self.partner_id, self.company_ids)

    def _sections(self):
        """Return the sections, the address book last: by it the others find."""
        return self.env["contact.privacy.section"]._get_sections()[::-1]

    def _renew_lines(self):
        self.ensure_one()
        self.line_ids.unlink()
        subject = self._subject()
        self.env["contact.erasure.line"].create(
            [
                {"erasure_id": self.id, "section_code": section._section_code, **line}
                for section in reversed(self._sections())
                for line in section._preview(subject)
            ]
        )
        self.elsewhere = subject.partners._contact_history_referred()

    # ------------------------------------------------------------------
    # Erasing
    # ------------------------------------------------------------------

    def action_erase(self):
        """Erase for good what the preview says goes."""
        self.ensure_one()
        self.check_access("read")
        self._check_privacy()
        if self.state != "preview" or not self.partner_id:
            raise UserError(self.env._("This erasure has been carried out already."))
        # A mail that is recorded afterwards would bring back what was erased.
        self.env["contact.history.queue"]._finish()
        # sudo: nobody writes erasures by hand; group and rule were checked.
        erasure_sudo = self.sudo()
        erasure_sudo._renew_lines()
        if not self.going_count:
            raise UserError(
                self.env._(
                    "Nothing can be erased now. The list tells why everything has to "
                    "stay, and until when."
                )
            )
        erasure_sudo._start()
        return self._open(self.env._("Erasure"))

    def _start(self):
        self.state = "running"
        self._open_privacy_log()
        if self.going_count <= AT_ONCE:
            while self.state == "running":
                self._step()
        else:
            self.env.ref("contact_history.ir_cron_contact_erasure")._trigger()

    @api.model
    def _cron_erase(self):
        """Go on with the erasures that are under way until the time is over."""
        while erasure := self.search([("state", "=", "running")], order="id", limit=1):
            count = erasure._step()
            self.env.flush_all()
            if not self.env["ir.cron"]._commit_progress(count, remaining=1):
                return
            self.env.invalidate_all()
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _step(self):
        """Erase the next records; done when no section has any left.

        :return: int, the number of records.
        """
        self.ensure_one()
        subject = self.partner_id and self._subject()
        for section in self._sections() if subject else ():
            count = section._erase(subject, STEP)
            if count:
                self.erased_count += count
                return count
        self._finish()
        return 0

    def _finish(self):
        self.write({"state": "done", "date_done": fields.Datetime.now()})
        self._close_privacy_log()
        until = self.line_ids.filtered("until").mapped("until")
        if until and self.partner_id:
            self.partner_id.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=max(until),
                user_id=self.user_id.id,
                summary=self.env._("Erase what had to stay"),
            )

    # ------------------------------------------------------------------
    # Odoo's own log, where its Privacy Lookup is installed
    # ------------------------------------------------------------------

    def _open_privacy_log(self):
        """Note the erasure, while the name is still known: Odoo keeps its initials."""
        if "privacy.log" not in self.env:
            return
        partner = self.partner_id
        log = self.env["privacy.log"].create(
            {
                "anonymized_name": partner.name or "-",
                "anonymized_email": partner.email_normalized or "unknown@none.invalid",
                "user_id": self.user_id.id,
                "records_description": self._lines_text(),
            }
        )
        self.privacy_log_ref = log.id

    def _close_privacy_log(self):
        if "privacy.log" in self.env and self.privacy_log_ref:
            self.env["privacy.log"].browse(self.privacy_log_ref).exists().write(
                {
                    "execution_details": self.env._(
                        "Contact history, records erased: %(count)s.",
                        count=self.erased_count,
                    )
                }
            )

    def _lines_text(self):
        return "\n".join(
            f"{line.what}: {line.count}"
            + (f" ({line._reason_label()})" if line.reason else "")
            for line in self.line_ids
        )

    @api.autovacuum
    def _gc_previews(self):
        """Delete previews that nobody went on with."""
        before = fields.Datetime.now() - timedelta(hours=PREVIEW_HOURS)
        self.search([("state", "=", "preview"), ("create_date", "<", before)]).unlink()


class ContactErasureLine(models.Model):
    """One kind of data that goes, or stays for a reason."""

    _name = "contact.erasure.line"
    _description = "Line of an erasure"
    _order = "id"

    erasure_id = fields.Many2one(
        "contact.erasure",
        required=True,
        ondelete="cascade",
        index=True,
    )
    section_code = fields.Char(readonly=True)
    what = fields.Char(readonly=True)
    count = fields.Integer(readonly=True)
    reason = fields.Selection(
        [
            ("hold", "Legal hold"),
            ("law", "Has to be kept by law"),
            ("open", "Business is still open"),
            ("branch", "Another branch works with it"),
            ("staff", "One of our own people"),
            ("proof", "Proof of what was done"),
        ],
        string="Stays because",
        readonly=True,
    )
    legal_basis = fields.Char(string="Legal basis", compute="_compute_legal_basis")
    until = fields.Date(readonly=True)
    detail = fields.Char(readonly=True)

    @api.depends("reason")
    @api.depends_context("lang")
    def _compute_legal_basis(self):
        basis = {
            "hold": self.env._("Art. 17(3)(e) GDPR: legal claims"),
            "law": self.env._("Art. 17(3)(b) GDPR: legal obligation"),
            "open": self.env._("Art. 6(1)(b) GDPR: contract"),
            "branch": self.env._("Not yours to erase: ask who works for it"),
            "staff": self.env._("Art. 6(1)(b) GDPR: employment"),
            "proof": self.env._("Art. 5(2) GDPR: accountability"),
        }
        for line in self:
            line.legal_basis = basis.get(line.reason, False)

    def _reason_label(self):
        labels = dict(self._fields["reason"]._description_selection(self.env))
        return labels[self.reason]
