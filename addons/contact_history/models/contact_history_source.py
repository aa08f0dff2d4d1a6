from odoo import api, models
from odoo.fields import Domain


class ContactHistorySource(models.AbstractModel):
    """Something that feeds the timeline.

    A new source is a new model, nothing else::

        class ContactHistorySourceTicket(models.AbstractModel):
            _name = "contact.history.source.ticket"
            _inherit = "contact.history.source"
            _description = "Contact history: tickets"

            _source_code = "ticket"

            _source_kind = "ticket"

            def _read_entries(self, partners, before, limit, filters): ...

    The collector (``contact.history.timeline``) finds it through the registry.
    """

    _name = "contact.history.source"
    _description = "Contact history: source"

    # Short, unique and stable: part of the keys and of the order of equal times.
    _source_code = ""
    # Sources are asked, and failures shown, in this order.
    _source_sequence = 100
    # What the reader can choose it by; the ``kind`` of its entries.
    _source_kind = "interaction"

    @api.model
    def _is_available(self):
        """Return whether the source can be asked now.

        Override when it depends on an app, a setting or a group.
        """
        return True

    @api.model
    def _read_entries(self, partners, before, limit, filters):
        """Return the entries of ``partners`` that come after ``before``.

        Every source overrides this. Read with the reader's rights: ``partners``
        comes in superuser mode (see ``_contact_history_partners``), so search
        with ``self.env``, never through ``partners``. Of those behind the position
        the nearest, equal times by id: ``_domain_before`` makes the condition and
        ``_order_behind`` the order for it, whichever way the reader goes.

        Each entry is a dict. Needed: ``id`` (record id, int or decimal text)
        and ``occurred_at`` (naive UTC datetime). Possible: ``kind`` (default
        "interaction"; the client picks icon and layout by it), ``channel``,
        ``direction``, ``state``, ``label`` (translated badge), ``duration``
        (seconds), ``date_only`` (bool), ``certainty``, ``user_name``,
        ``company_name``, ``partner_name``, ``subject``, ``preview``,
        ``attachments`` (dicts of id, name, mimetype), ``res_model``, ``res_id``,
        ``level``, ``redacted``, ``reason``, ``thread``. Anything else is refused.

        :param partners: res.partner the page is about, in superuser mode.
        :param before: ``timeline.Cursor`` or None for the first page.
        :param int limit: return at most so many.
        :param filters: ``timeline.Filters``. When ``filters.is_active``, return
            only what matches; nothing, if your entries have no channel and no
            direction. ``filters.besides("branches")`` are those without the branch,
            for a source that can choose by it.
        :return: list of dicts, or of ``timeline.Entry``.
        """
        return []

    @api.model
    def _read_planned(self, partners):
        """Return what lies ahead with ``partners`` or is overdue, the next one first.

        Shown on top of the first page, never between the days. As ``_read_entries``,
        a few of them only.
        """
        return []

    @api.model
    def _read_pinned(self, partners):
        """Return what somebody has put on top, newest first. As ``_read_entries``."""
        return []

    @api.model
    def _failure_message(self):
        """Return what the reader is told when the source could not be read."""
        return self.env._(
            "A part of the history could not be loaded: %(part)s.",
            part=self.env["ir.model"]._get(self._name).name,
        )

    @api.model
    def _domain_before(self, before, field_name):
        """Return the condition for rows behind a position, the way the reader goes.

        It keeps a plain comparison of the time, so that PostgreSQL starts reading an
        index on (..., time DESC, id DESC) at the right place.

        :param before: ``timeline.Cursor`` or None.
        :param str field_name: the datetime field the source is ordered by.
        """
        if before is None:
            return Domain.TRUE
        own, other = self._source_code, before.source
        beyond, up_to = ("<", "<=")
        if before.newer:
            own, other = other, own
            beyond, up_to = (">", ">=")
        inclusive = Domain(field_name, up_to, before.occurred_at)
        if own < other:
            return inclusive
        exclusive = Domain(field_name, beyond, before.occurred_at)
        if own > other:
            return exclusive
        return inclusive & (exclusive | Domain("id", beyond, before.id))

    @api.model
    def _order_behind(self, before, field_name):
        """Return the order in which the nearest rows to a position come first."""
        way = "asc" if before and before.newer else "desc"
        return f"{field_name} {way}, id {way}"

    @api.model
    def _matches_filters(self, filters, channel=None, direction=None):
        """Return whether an entry of that channel and direction is wanted."""
        return (not filters.channels or channel in filters.channels) and (
            not filters.directions or direction in filters.directions
        )
