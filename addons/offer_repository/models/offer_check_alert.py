from datetime import timedelta

from odoo import api, fields, models

from .offer_check import LIMITED_KINDS

_PERIOD = timedelta(hours=24)


class OfferCheckAlert(models.Model):
    """A user was shown many customers of other branches and worked with few of them.

    One a user and day at most, told to the managers of his branch.
    """

    _name = "offer.check.alert"
    _description = "Look-up Alert"
    _inherit = ["mail.activity.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "user_id"

    date = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    shown_count = fields.Integer(string="Customers Shown", readonly=True)
    used_count = fields.Integer(
        string="Customers Worked With",
        readonly=True,
        help="Customers and quotations that the user made in the same time.",
    )

    _user_date_uniq = models.UniqueIndex(
        "(user_id, date)",
        "The user has an alert for this day already.",
    )

    @api.model
    def _cron_watch(self):
        """Look for users who look up much more than they work with."""
        today = fields.Date.today()
        alerted = self.search([("date", "=", today)]).user_id
        for user, company, shown in self._read_shown():
            limit = company.offer_fishing_limit
            if user in alerted or shown < limit:
                continue
            used = self._count_used(user)
            if shown - used >= limit:
                self._alert(user, company, shown, used)
                alerted |= user

    @api.model
    def _read_shown(self):
        """Return user, branch and number of customers shown, of the last day."""
        return self.env["contact.disclosure"]._read_group(
            [
                ("kind", "in", LIMITED_KINDS),
                ("date", ">", fields.Datetime.now() - _PERIOD),
            ],
            ["user_id", "company_id"],
            ["partner_id:count_distinct"],
        )

    @api.model
    def _count_used(self, user):
        """Count what came of looking up: customers and quotations made."""
        domain = [
            ("create_uid", "=", user.id),
            ("create_date", ">", fields.Datetime.now() - _PERIOD),
        ]
        partners = self.env["res.partner"].with_context(active_test=False)
        orders = self.env["sale.order"].search_fetch(domain, ["partner_id"])
        return partners.search_count(domain) + len(orders.partner_id)

    @api.model
    def _alert(self, user, company, shown, used):
        alert = self.create(
            {
                "date": fields.Date.today(),
                "user_id": user.id,
                "company_id": company.id,
                "shown_count": shown,
                "used_count": used,
            }
        )
        for manager in self.env["offer.check"]._managers_of(company) - user:
            words = alert.with_context(lang=manager.lang)
            words._offer_todo(
                manager,
                words.env._("Many look-ups, little work"),
                words.env._(
                    "Within a day %(user)s was shown %(shown)s customers of other "
                    "branches and made %(used)s customers or quotations.",
                    user=user.name,
                    shown=shown,
                    used=used,
                ),
            )
