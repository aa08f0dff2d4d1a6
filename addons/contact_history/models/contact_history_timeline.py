import logging

from odoo import api, models
from odoo.exceptions import ValidationError

from ..timeline import (
    Cursor,
    CursorError,
    Entry,
    Filters,
    FiltersError,
    merge_pages,
)

_logger = logging.getLogger(__name__)

PAGE_LIMIT = 40
MAX_LIMIT = 200


class ContactHistoryTimeline(models.AbstractModel):
    """Collector: asks every source and merges what they deliver."""

    _name = "contact.history.timeline"
    _description = "Contact history: timeline"

    @api.model
    def _get_sources(self):
        """Return the available sources, found through Odoo's registry."""
        names = self.env.registry.descendants(["contact.history.source"], "_inherit")
        sources = [self.env[name] for name in names if self.env[name]._source_code]
        sources.sort(key=lambda source: (source._source_sequence, source._source_code))
        return [source for source in sources if source._is_available()]

    @api.model
    def _read_page(self, partners, cursor, limit, filters):
        """Return one page of the timeline of ``partners``.

        :param partners: res.partner, in superuser mode, access checked before.
        :param cursor: text of a page before, or None.
        :param limit: number of entries, or None for the default.
        :param filters: dict as the client sent it, or None.
        :return: tuple of ``timeline.Page`` and the sources that failed.
        :raise ValidationError: on input that no client of ours sends.
        """
        before = self._parse_cursor(cursor)
        limit = self._parse_limit(limit)
        filters = self._parse_filters(filters)
        pages, failed = [], []
        for source in self._get_sources():
            entries = self._ask(source, partners, before, limit + 1, filters)
            if entries is None:
                failed.append(source)
            else:
                pages.append(entries)
        return merge_pages(pages, limit), failed

    @api.model
    def _ask(self, source, partners, before, limit, filters):
        """Return the entries of one source, or None when it is broken."""
        try:
            # A broken query would take the other sources with it.
            with self.env.cr.savepoint(flush=False):
                rows = source._read_entries(partners, before, limit, filters)
                return [self._to_entry(source, row) for row in rows]
        except Exception:  # pylint: disable=broad-except
            # The one place for it: sources come from other addons, and one that
            # fails must not take the whole history away from the reader.
            _logger.exception(
                "Contact history: source %s failed for partners %s",
                source._name,
                partners.ids[:5],
            )
            return None

    @api.model
    def _to_entry(self, source, row):
        if isinstance(row, Entry):
            return row
        return Entry.from_values(source._source_code, row)

    @api.model
    def _parse_cursor(self, cursor):
        if not cursor:
            return None
        try:
            return Cursor.decode(str(cursor))
        except CursorError as error:
            raise ValidationError(
                self.env._(
                    "The position in the contact history is not valid (%(code)s). "
                    "Reload the page.",
                    code=error.code,
                )
            ) from error

    @api.model
    def _parse_limit(self, limit):
        if limit is None:
            return PAGE_LIMIT
        if type(limit) is not int or not 1 <= limit <= MAX_LIMIT:
            raise ValidationError(
                self.env._(
                    "A page of the contact history has 1 to %(max)s entries, "
                    "not %(limit)s.",
                    max=MAX_LIMIT,
                    limit=limit,
                )
            )
        return limit

    @api.model
    def _parse_filters(self, filters):
        try:
            return Filters.from_values(filters or None)
        except FiltersError as error:
            raise ValidationError(
                self.env._(
                    "The contact history cannot be filtered by “%(name)s” like "
                    "that (%(code)s).",
                    name=error.name,
                    code=error.code,
                )
            ) from error
