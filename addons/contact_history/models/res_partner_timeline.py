from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# Whose contacts one may want to see: of the customer's latest ones.
PEOPLE_OF = 1000
CHART_MONTHS = 12


class ResPartner(models.Model):
    """What the page of the history can be narrowed by, and its chart."""

    _inherit = "res.partner"

    @api.readonly
    def contact_history_options(self):
        """Return what the reader can choose from.

        :return: dict of ``branches`` and ``people`` (dicts of id and name), and
            ``kinds`` (dicts of code and name).
        :raise AccessError: when the reader may not read the partner, or contacts.
        """
        ours = self._contact_history_ours()
        latest = self.env["contact.interaction"]._search(
            ours, order="occurred_at desc, id desc", limit=PEOPLE_OF
        )
        groups = self.env["contact.interaction"]._read_group(
            [("id", "in", latest), ("user_id", "!=", False)], ["user_id"]
        )
        # sudo: names of colleagues and branches, as Odoo shows them for any link.
        people_sudo = self.env.user.union(*(user for (user,) in groups)).sudo()
        branches_sudo = self.env["res.company"]._contact_history_companies()
        return {
            "branches": _choices(branches_sudo),
            "people": _choices(people_sudo),
            "kinds": [
                {
                    "code": source._source_kind,
                    "name": self.env["ir.model"]._get(source._name).name,
                }
                for source in self.env["contact.history.timeline"]._get_sources()
                if source._source_kind not in ("activity", "planned_meeting", "system")
            ],
        }

    @api.readonly
    def contact_history_chart(self):
        """Return how many contacts there were a month and channel.

        Of the reader's own branches, with the reader's rights, without automatic
        messages.

        :return: dict of ``months`` (first days, the oldest first) and ``series``
            (dicts of channel and values, the most used first).
        :raise AccessError: when the reader may not read the partner, or contacts.
        """
        months = self._contact_history_months()
        groups = self.env["contact.interaction"]._read_group(
            self._contact_history_ours()
            & Domain("is_automatic", "=", False)
            & Domain("occurred_at", ">=", months[0] - timedelta(days=1)),
            ["channel", "occurred_at:month"],
            ["__count"],
        )
        places = {month: place for place, month in enumerate(months)}
        series = {}
        for channel, month, count in groups:
            place = places.get(month.date())
            if place is not None:
                series.setdefault(channel, [0] * len(months))[place] += count
        ranked = sorted(series.items(), key=lambda item: (-sum(item[1]), item[0]))
        return {
            "months": [fields.Date.to_string(month) for month in months],
            "series": [{"channel": code, "values": values} for code, values in ranked],
        }

    def _contact_history_ours(self):
        """Return the condition for contacts of this customer, access checked."""
        self._contact_history_check()
        return _domain_of(self._contact_history_partners())

    def _contact_history_months(self):
        """Return the first days of the last twelve months, by the reader's clock."""
        month = fields.Date.context_today(self).replace(day=1)
        months = [month]
        while len(months) < CHART_MONTHS:
            month = (month - timedelta(days=1)).replace(day=1)
            months.insert(0, month)
        return months


def _domain_of(partners):
    customers = partners.commercial_partner_id
    return Domain("commercial_partner_id", "in", customers.ids)


def _choices(records_sudo):
    choices = [{"id": record.id, "name": record.name} for record in records_sudo]
    return sorted(choices, key=lambda choice: choice["name"].casefold())
