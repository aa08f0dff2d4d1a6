from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import formatLang

from ..insight import PERIODS, Choice, ChoiceError

MANAGER = "contact_history.contact_history_group_manager"
# What stands behind a figure, and the views it is shown in.
LISTS = {
    "waiting": "contact_history.contact_response_action",
    "turns": "contact_history.contact_response_report_action",
    "contacts": "contact_history.contact_interaction_action_report",
}
_VIEW_ORDER = ("list", "pivot", "graph", "form")


class ContactDashboard(models.AbstractModel):
    """Figures of contacts and of how fast they were answered, on one page.

    All of it is read with the reader's own rights: of the branches switched on, and
    without confidential contacts of others. Each figure comes with a ``link``: which
    list stands behind it, and the domain of its rows. An addon adds figures by
    extending ``_tiles`` and ``_sections``.
    """

    _name = "contact.dashboard"
    _description = "Dashboard of the Contact History"

    @api.model
    @api.readonly
    def read_figures(self, choice=None):
        """Return the figures of a choice as plain data.

        :param dict choice: ``period`` (week, month, quarter or year), ``company_ids``,
            ``channels`` and ``mine``, each optional; see ``insight.Choice``
        :return: dict of ``choice``, ``options``, ``tiles``, ``sections``, ``lists`` and
            ``is_empty``
        :raise AccessError: for who has no access to contacts
        :raise ValidationError: for a choice that no client of ours sends
        """
        self.env["contact.response"].check_access("read")
        self.env["contact.interaction"].check_access("read")
        choice = self._parse(choice)
        # Days of pictures are those of the reader's clock.
        self = self.with_context(tz=self.env.tz.zone)  # noqa: PLW0642
        return {
            "choice": self._choice_dict(choice),
            "options": self._options(),
            "tiles": self._tiles(choice),
            "sections": self._sections(choice),
            "lists": {code: self._list_action(code) for code in LISTS},
            "can_export": self.env.user.has_group("base.group_allow_export"),
            "is_empty": self._is_empty(choice),
        }

    @api.model
    def _tiles(self, choice):
        """Return the figures on top of the page, in their order.

        Extend it to add some: call ``super()`` and put in dicts made by ``_tile``.

        :param choice: ``insight.Choice``
        """
        return [
            self._waiting_tile(choice),
            *self._time_tiles(choice),
            *self._contact_tiles(choice),
        ]

    @api.model
    def _sections(self, choice):
        """Return the parts of the page below the tiles, in their order.

        Extend it to add some. A part is a dict of ``kind`` (chart, table, heat, mix or
        moves), ``code``, ``label`` and what its kind needs.

        :param choice: ``insight.Choice``
        """
        return [
            *self._time_sections(choice),
            *self._contact_sections(choice),
            *self._mix_sections(choice),
        ]

    @api.model
    def _is_empty(self, choice):
        contacts = self.env["contact.interaction"]
        waiting = self.env["contact.response"]
        return not (
            contacts.search_count(self._contact_domain(choice), limit=1)
            or waiting.search_count(self._waiting_domain(choice), limit=1)
        )

    # ------------------------------------------------------------------
    # What was chosen
    # ------------------------------------------------------------------

    @api.model
    def _parse(self, values):
        channels = dict(self._channels())
        try:
            choice = Choice.from_values(values, channels)
        except ChoiceError as error:
            raise ValidationError(
                self.env._(
                    "The dashboard cannot be shown by “%(name)s” like that.",
                    name=error.name,
                )
            ) from error
        known = set(self.env.companies._ids)
        # A branch that was remembered and is switched off now is not asked for.
        kept = tuple(one for one in choice.company_ids if one in known)
        return Choice(choice.period, kept, choice.channels, choice.mine)

    @api.model
    def _choice_dict(self, choice):
        return {
            "period": choice.period,
            "company_ids": list(choice.company_ids),
            "channels": list(choice.channels),
            "mine": choice.mine,
        }

    @api.model
    def _options(self):
        # sudo: names of the reader's own branches
        companies_sudo = self.env.companies.sudo()
        return {
            "periods": [
                {"code": code, "label": label}
                for code, label in self._period_labels().items()
            ],
            "companies": [{"id": one.id, "name": one.name} for one in companies_sudo],
            "channels": [
                {"code": code, "label": label} for code, label in self._channels()
            ],
        }

    @api.model
    def _period_labels(self):
        labels = {
            "week": self.env._("7 days"),
            "month": self.env._("30 days"),
            "quarter": self.env._("3 months"),
            "year": self.env._("12 months"),
        }
        return {code: labels[code] for code in PERIODS}

    @api.model
    def _channels(self):
        field = self.env["contact.interaction"]._fields["channel"]
        return field._description_selection(self.env)

    @api.model
    def _chosen_domain(self, choice):
        """Return the condition of branches, channels and person."""
        companies = choice.company_ids or self.env.companies._ids
        domain = Domain("company_id", "in", companies)
        if choice.channels:
            domain &= Domain("channel", "in", choice.channels)
        if choice.mine:
            domain &= Domain("user_id", "=", self.env.uid)
        return domain

    @api.model
    def _span_domain(self, field, span):
        """Return the condition of a time, as text: domains go to the client, too."""
        start, end = (fields.Datetime.to_string(moment) for moment in span)
        return Domain(field, ">=", start) & Domain(field, "<", end)

    # ------------------------------------------------------------------
    # Words and links
    # ------------------------------------------------------------------

    @api.model
    def _tile(self, code, label, value, note, link, **more):
        """Return a figure for the top of the page.

        :param str value: formatted
        :param dict link: see ``_link``
        :param more: ``parts`` (dicts of label, value, tone and link), ``trend``
            ("better" or "worse") and ``before`` (text)
        """
        return {
            "code": code,
            "label": label,
            "value": value,
            "note": note,
            "link": link,
            "parts": more.get("parts", []),
            "trend": more.get("trend") or False,
            "before": more.get("before") or "",
        }

    @api.model
    def _link(self, to, domain, name):
        """Return what is opened by pressing a figure.

        :param str to: one of ``LISTS``
        """
        return {"to": to, "domain": list(domain), "name": name}

    @api.model
    def _list_action(self, code):
        action = self.env["ir.actions.act_window"]._for_xml_id(LISTS[code])
        views = [view for view in action["views"] if view[1] in _VIEW_ORDER]
        views.sort(key=lambda view: _VIEW_ORDER.index(view[1]))
        return {**action, "views": views, "context": {}}

    @api.model
    def _minutes(self, minutes):
        if minutes is None:
            return "–"
        if minutes < 1:
            return self.env._("less than a minute")
        if minutes < 60:
            return self.env._("%(count)s min", count=round(minutes))
        return self.env._(
            "%(count)s h", count=formatLang(self.env, minutes / 60, digits=1)
        )

    @api.model
    def _percent(self, share):
        if share is None:
            return "–"
        return self.env._("%(share)s %%", share=round(share))

    @api.model
    def _number(self, value):
        return formatLang(self.env, value or 0, digits=0)

    @api.model
    def _trend(self, now, before, is_less_better):
        """Return whether it got better or worse; a twentieth more or less is neither.

        :return: "better", "worse" or None
        """
        if now is None or before is None or abs(now - before) <= abs(before) / 20:
            return None
        return "better" if (now < before) == is_less_better else "worse"
