import hashlib
import hmac

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import consteq

PERIODS = {"weekly": "week", "monthly": "month"}
_BATCH = 50
_TOP = 5


class ResUsers(models.Model):
    """The figures of the dashboard by mail, for who wants them."""

    _inherit = "res.users"

    contact_digest = fields.Selection(
        [("off", "No mail"), ("weekly", "Every week"), ("monthly", "Every month")],
        string="Figures by mail",
        default="off",
        help="Who waits for you and how fast contacts were answered.",
    )
    contact_digest_at = fields.Datetime(string="Last figures by mail", readonly=True)

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "contact_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "contact_digest"]

    @api.model
    def _cron_contact_digest(self):
        """Mail what is due, a commit after each batch; twice mails nothing twice."""
        while True:
            due = self.sudo().search(
                self._contact_digest_due(), order="id", limit=_BATCH
            )
            if not due:
                return
            for user in due:
                user._send_contact_digest()
            remaining = self.sudo().search_count(self._contact_digest_due())
            if not self.env["ir.cron"]._commit_progress(len(due), remaining=remaining):
                return

    @api.model
    def _contact_digest_due(self):
        now = fields.Datetime.now()
        # A mail that was a little late must not make the next one skip a turn.
        lengths = {
            "weekly": relativedelta(days=6, hours=12),
            "monthly": relativedelta(months=1, hours=-12),
        }
        due = Domain.OR(
            Domain("contact_digest", "=", period)
            & (
                Domain("contact_digest_at", "=", False)
                | Domain("contact_digest_at", "<=", now - length)
            )
            for period, length in lengths.items()
        )
        return due & Domain("share", "=", False) & Domain("active", "=", True)

    def _send_contact_digest(self):
        """Mail the figures to this user, read with his own rights and branches."""
        self.ensure_one()
        reader = self.with_user(self).with_context(
            lang=self.lang,
            tz=self.tz,
            allowed_company_ids=self.company_ids.ids,
        )
        reader = reader.sudo(False)
        if self.email and reader.env["contact.response"].has_access("read"):
            reader._mail_contact_digest()
        self.sudo().contact_digest_at = fields.Datetime.now()

    def _mail_contact_digest(self):
        choice = {"period": PERIODS[self.sudo().contact_digest]}
        figures = self.env["contact.dashboard"].read_figures(choice)
        mine = self.env["contact.dashboard"].read_figures({**choice, "mine": True})
        address = self._contact_digest_url()
        company_sudo = self.env.company.sudo()
        title = self.env._("Contacts and response times")
        body = self.env["ir.qweb"]._render(
            "contact_history.contact_digest_mail",
            {
                "title": title,
                "parts": [
                    (self.env._("Yours"), mine["tiles"]),
                    (self.env._("Your branches"), figures["tiles"]),
                ],
                "waiting": self._contact_digest_waiting(),
                "base_url": self.get_base_url(),
                "switch_off_url": address,
            },
            minimal_qcontext=True,
        )
        # sudo: users may not make mails; this one goes to nobody but the reader
        self.env["mail.mail"].sudo().create(
            {
                "subject": f"{company_sudo.name}: {title}",
                "body_html": body,
                "email_to": self.env.user.email_formatted,
                "email_from": company_sudo.email_formatted
                or self.env.user.email_formatted,
                "auto_delete": True,
                "headers": repr(
                    {
                        "List-Unsubscribe": f"<{address}>",
                        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                    }
                ),
            }
        )

    def _contact_digest_waiting(self):
        """Return who waits longest for this user, as texts."""
        turns = self.env["contact.response"].search(
            [("user_id", "=", self.env.uid), ("answered_at", "=", False)],
            order="due_at, id",
            limit=_TOP,
        )
        channels = dict(turns._fields["channel"]._description_selection(self.env))
        return [
            {
                "customer": turn.partner_id.display_name or turn.address or "",
                "channel": channels[turn.channel],
                "light": turn.light,
                "since": turn.started_at,
            }
            for turn in turns
        ]

    def _contact_digest_url(self):
        token = self._contact_digest_token()
        return f"{self.get_base_url()}/contact_history/digest/{self.id}/{token}"

    def _contact_digest_token(self):
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        message = f"contact.digest|{self.id}"
        return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()

    def _is_contact_digest_token(self, token):
        return bool(self) and consteq(self._contact_digest_token(), token)
