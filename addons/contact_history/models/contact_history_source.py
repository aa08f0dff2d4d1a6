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

            def _read_entries(self, partners, before, limit, filters): ...

    The collector (``contact.history.timeline``) finds it through the registry.
    """

    _name = "contact.history.source"
    _description = "Contact history: source"

    # Short, unique and stable: part of the keys and of the order of equal times.
    _source_code = ""
    # Sources are asked, and failures shown, in this order.
    _source_sequence = 100

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
        with ``self.env``, never through ``partners``. Newest first, equal times
        by id, descending; ``_domain_before`` makes the condition for it.

        Each entry is a dict. Needed: ``id`` (record id, int or decimal text)
        and ``occurred_at`` (naive UTC datetime). Possible: ``kind`` (default
        "interaction"; the client picks icon and layout by it), ``channel``,
        ``direction``, ``state``, ``label`` (translated badge), ``duration``
        (seconds), ``date_only`` (bool), ``certainty``, ``user_name``,
        ``company_name``, ``partner_name``, ``subject``, ``preview``,
        ``attachments`` (dicts of id, name, mimetype), ``res_model``, ``res_id``,
        ``level``, ``redacted``, ``reason``. Anything else is refused.

        :param partners: res.partner the page is about, in superuser mode.
        :param before: ``timeline.Cursor`` or None for the first page.
        :param int limit: return at most so many.
        :param filters: ``timeline.Filters``. When ``filters.is_active``, return
            only what matches; nothing, if your entries have no channel and no
            direction.
        :return: list of dicts, or of ``timeline.Entry``.
        """
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
        """Return the condition for rows after a position, newest first.

        It keeps a plain ``<=`` on the time, so that PostgreSQL starts reading
        an index on (..., time DESC, id DESC) at the right place.

        :param before: ``timeline.Cursor`` or None.
        :param str field_name: the datetime field the source is ordered by.
        """
        if before is None:
            return Domain.TRUE
        until = Domain(field_name, "<=", before.occurred_at)
        if self._source_code < before.source:
            return until
        earlier = Domain(field_name, "<", before.occurred_at)
        if self._source_code > before.source:
            return earlier
        return until & (earlier | Domain("id", "<", before.id))

    @api.model
    def _matches_filters(self, filters, channel=None, direction=None):
        """Return whether an entry of that channel and direction is wanted."""
        return (not filters.channels or channel in filters.channels) and (
            not filters.directions or direction in filters.directions
        )
