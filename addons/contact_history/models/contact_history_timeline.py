import logging
from dataclasses import replace

from odoo import api, fields, models
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
    def _read_page(self, partners, cursor=None, limit=None, filters=None, start=None):
        """Return one page of the timeline of ``partners``.

        :param partners: res.partner, in superuser mode, access checked before.
        :param cursor: text of a page before, or None.
        :param limit: number of entries, or None for the default.
        :param filters: dict as the client sent it, or None.
        :param start: text of a moment (UTC) that the page ends before, or None.
        :return: tuple of ``timeline.Page`` and the sources that failed.
        :raise ValidationError: on input that no client of ours sends.
        """
        position = self._parse_cursor(cursor) or self._parse_start(start)
        limit = self._parse_limit(limit)
        filters = self._parse_filters(filters)
        is_top = not cursor and not filters.is_active

        def read(source):
            entries = source._read_entries(partners, position, limit + 1, filters)
            planned = source._read_planned(partners) if is_top else ()
            pinned = source._read_pinned(partners) if is_top else ()
            return [
                [self._to_entry(source, row) for row in rows]
                for rows in (entries, planned, pinned)
            ]

        answers, failed = self._ask(self._get_wanted_sources(filters), read)
        page = merge_pages([entries for entries, *_top in answers], limit, position)
        if start and not cursor:
            back = replace(position, newer=True)
            page = replace(page, previous_cursor=back)
        if is_top:
            page = replace(page, **self._merge_top(answers))
        return page, failed

    @api.model
    def _merge_top(self, answers):
        planned = [entry for _page, entries, _pinned in answers for entry in entries]
        pinned = [entry for _page, _planned, entries in answers for entry in entries]
        return {
            "planned": tuple(sorted(planned, key=lambda entry: entry.sort_key)),
            "pinned": tuple(
                sorted(pinned, key=lambda entry: entry.sort_key, reverse=True)
            ),
        }

    @api.model
    def _get_wanted_sources(self, filters):
        return [
            source
            for source in self._get_sources()
            if not filters.kinds or source._source_kind in filters.kinds
        ]

    @api.model
    def _ask(self, sources, read):
        """Return what the sources answer, and those that are broken.

        All of them at once, as a savepoint each costs two queries; only when one
        fails, one by one.
        """
        try:
            with self.env.cr.savepoint(flush=False):
                return [read(source) for source in sources], []
        except Exception:  # pylint: disable=broad-except
            # Said of which source by the second try.
            _logger.info("Contact history: asking one by one", exc_info=True)
        answers, failed = [], []
        for source in sources:
            answer = self._ask_one(source, read)
            if answer is None:
                failed.append(source)
            else:
                answers.append(answer)
        return answers, failed

    @api.model
    def _ask_one(self, source, read):
        """Return the answer of one source, or None when it is broken."""
        try:
            # A broken query would take the other sources with it.
            with self.env.cr.savepoint(flush=False):
                return read(source)
        except Exception:  # pylint: disable=broad-except
            # The one place for it: sources come from other addons, and one that
            # fails must not take the whole history away from the reader.
            _logger.exception("Contact history: source %s failed", source._name)
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
    def _parse_start(self, start):
        if not start:
            return None
        try:
            return Cursor.at(fields.Datetime.to_datetime(start))
        except (TypeError, ValueError) as error:
            raise ValidationError(
                self.env._(
                    "“%(start)s” is not a day of the contact history.", start=start
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
