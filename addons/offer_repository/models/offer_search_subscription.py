from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.safe_eval import datetime as safe_datetime
from odoo.tools.safe_eval import safe_eval
from odoo.tools.safe_eval import time as safe_time

_BATCH = 50
# More fit into no mail that anybody reads.
MAX_OFFERS = 50
# A daily mail that is a little late must not make the next one skip a day.
_PERIODS = {"daily": timedelta(hours=20), "weekly": timedelta(days=6, hours=20)}


class OfferSearchSubscription(models.Model):
    """A saved search of offers whose news a user gets by mail.

    What is in a mail is what its user may read at the moment it is made; nobody can
    subscribe for anybody else.
    """

    _name = "offer.search.subscription"
    _description = "Mail of a Saved Search"
    _rec_name = "filter_id"
    _order = "id"

    user_id = fields.Many2one(
        "res.users",
        string="Reader",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
        index=True,
    )
    filter_id = fields.Many2one(
        "ir.filters",
        string="Saved Search",
        required=True,
        ondelete="cascade",
        index=True,
        domain="[('model_id', '=', 'offer.offer'), "
        "'|', ('user_ids', '=', False), ('user_ids', 'in', uid)]",
        help="Save a search of offers as a favourite first.",
    )
    frequency = fields.Selection(
        [("daily", "Every day"), ("weekly", "Every week")],
        required=True,
        default="daily",
    )
    active = fields.Boolean(default=True, string="Switched On")
    # News are offers that left the house after this.
    last_at = fields.Datetime(
        string="Last Looked",
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
    )
    problem = fields.Char(readonly=True, copy=False)

    _user_filter_uniq = models.Constraint(
        "UNIQUE(user_id, filter_id)",
        "You get the mail of this search already.",
    )

    @api.constrains("filter_id", "user_id")
    def _check_filter(self):
        for subscription in self:
            # sudo: whether the user may use the filter is asked with his own rights
            saved = subscription.filter_id.sudo()
            if saved.model_id != "offer.offer":
                raise ValidationError(
                    self.env._(
                        "“%(search)s” is no search of offers. Save one as a favourite "
                        "in the list of offers and choose it.",
                        search=saved._offer_name(),
                    )
                )
            if saved.user_ids and subscription.user_id not in saved.user_ids:
                raise ValidationError(
                    self.env._("This saved search is not shared with you.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if "user_id" in vals and not self.env.su:
            raise ValidationError(
                self.env._("You can subscribe to a search for yourself only.")
            )
        return super().write(vals)

    # ------------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------------

    @api.model
    def _cron_send(self):
        """Send what is due, a commit after each batch; running it twice sends once."""
        after = 0
        while True:
            domain = self._due_domain() & Domain("id", ">", after)
            due = self.sudo().search(domain, order="id", limit=_BATCH)
            if not due:
                return
            after = due[-1].id
            for subscription in due:
                subscription._send_news()
            remaining = self.sudo().search_count(domain & Domain("id", ">", after))
            if not self.env["ir.cron"]._commit_progress(len(due), remaining=remaining):
                return

    @api.model
    def _due_domain(self):
        now = fields.Datetime.now()
        due = Domain.OR(
            Domain("frequency", "=", frequency) & Domain("last_at", "<=", now - period)
            for frequency, period in _PERIODS.items()
        )
        return due & Domain("user_id.active", "=", True)

    def _send_news(self):
        """Mail what is new since the last time; nothing when nothing is."""
        self.ensure_one()
        now = fields.Datetime.now()
        reader = self._as_reader()
        try:
            offers = reader._news(self.last_at)
        except ValidationError as error:
            self.write({"problem": str(error), "last_at": now})
            return
        if offers and self.user_id.email:
            reader._mail_news(offers)
        self.write({"last_at": now, "problem": False})

    def _as_reader(self):
        """Return the subscription with rights, branches and language of its user."""
        user = self.user_id
        return (
            self.with_user(user)
            .sudo(False)
            .with_context(
                lang=user.lang,
                tz=user.tz,
                allowed_company_ids=user.company_ids.ids,
            )
        )

    def _news(self, since):
        """Return the offers of the saved search that left the house since then.

        :raise ValidationError: the search cannot be run any more
        """
        domain = self._saved_domain()
        if since:
            domain &= Domain("date_last_sent", ">", since)
        try:
            return self.env["offer.offer"].search(
                domain, order="date_last_sent desc, id desc", limit=MAX_OFFERS + 1
            )
        except (ValueError, KeyError, TypeError) as error:
            raise self._broken() from error

    def _saved_domain(self):
        saved_sudo = self.filter_id.sudo()
        if saved_sudo.user_ids and self.env.user not in saved_sudo.user_ids:
            raise ValidationError(
                self.env._("This saved search is not shared with you any more.")
            )
        try:
            return Domain(
                safe_eval(
                    saved_sudo.domain,
                    {
                        "uid": self.env.uid,
                        "time": safe_time,
                        "datetime": safe_datetime,
                        "context_today": lambda: fields.Date.context_today(self),
                    },
                )
            )
        except (ValueError, KeyError, TypeError, SyntaxError) as error:
            raise self._broken() from error

    def _broken(self):
        return ValidationError(
            self.env._(
                "“%(search)s” cannot be run any more. Save it anew in the offers.",
                search=self.filter_id.sudo()._offer_name(),
            )
        )
