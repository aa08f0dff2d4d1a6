"""What an uninstalled addon leaves behind, found by comparing the whole database.

A snapshot before the installation and one after the removal must be equal: the schema,
each row of the tables that describe Odoo (models, views, rules, jobs …), and the number
of rows everywhere else. No text anywhere may still name the addon or its models.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable

from devkit.postgres import Server
from devkit.testing.outcome import Finding

# Objects of extensions (pg_trgm) are PostgreSQL's, not Odoo's.
_NOT_OF_EXTENSION = (
    "NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')"
)

SCHEMA = {
    "table": """
        SELECT table_name || ' ' || table_type FROM information_schema.tables
        WHERE table_schema = 'public'""",
    "column": """
        SELECT concat_ws(' ', table_name || '.' || column_name, data_type,
                         character_maximum_length, is_nullable, column_default)
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraint": """
        SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "index": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "sequence": """
        SELECT sequence_name FROM information_schema.sequences
        WHERE sequence_schema = 'public'""",
    "trigger": """
        SELECT concat_ws(' ', tgrelid::regclass, pg_get_triggerdef(oid))
        FROM pg_trigger WHERE NOT tgisinternal""",
    "function": f"""
        SELECT o.oid::regprocedure::text FROM pg_proc o
        WHERE o.pronamespace = 'public'::regnamespace AND {_NOT_OF_EXTENSION}""",
    "type": f"""
        SELECT o.typname FROM pg_type o
        WHERE o.typnamespace = 'public'::regnamespace AND o.typtype IN ('e', 'd')
        AND {_NOT_OF_EXTENSION}""",
    "extension": "SELECT extname FROM pg_extension",
}

# Tables whose rows describe Odoo itself: each row must be what it was.
_DESCRIBING = re.compile(
    r"ir_(?!attachment|cron_trigger|cron_progress|profile|logging|config_parameter$)\w+"
    r"|res_groups\w*|rel_\w*group\w*|mail_template\w*|mail_message_subtype"
    r"|mail_activity_type\w*|mail_alias\w*|decimal_precision|digest_\w+|web_tour_tour"
    r"|ir_config_parameter|report_paperformat|res_company|uom_uom|utm_\w+"
)
_VOLATILE = (
    "create_date",
    "create_uid",
    "write_date",
    "write_uid",
    "nextcall",
    "lastcall",
    "failure_count",
    "first_failure_date",
    "number_next",
    "latest_version",
    "published_version",
)

# Rows that the work between the snapshots makes in Odoo's own tables, and that stay.
_MAY_GROW = re.compile(
    r"sale_order\w*|mail_(message|mail|followers|notification|tracking_value)\w*"
    r"|message_attachment_rel|ir_attachment|bus_bus|ir_cron_(trigger|progress)"
    r"|contact_interaction\w*|contact_disclosure|res_device_log|account_\w+|utm_\w+"
    r"|res_users_log|discuss_\w+|orm_signaling_\w+"
)


@dataclasses.dataclass(frozen=True)
class Snapshot:
    """A database's schema, descriptive rows and row counts.

    :param facts: for each kind of fact the set of its texts.
    :param counts: number of rows of each table.
    """

    facts: dict[str, frozenset[str]]
    counts: dict[str, int]


def take(server: Server, database: str) -> Snapshot:
    """Read the snapshot of ``database``; some seconds."""
    facts = {
        kind: frozenset(_texts(server, database, query))
        for kind, query in SCHEMA.items()
    }
    tables = _tables(server, database)
    for table in filter(_DESCRIBING.fullmatch, tables):
        facts[f"row of {table}"] = frozenset(_rows(server, database, table))
    return Snapshot(facts, _counts(server, database, tables))


def differences(before: Snapshot, after: Snapshot) -> list[Finding]:
    """Return a finding for each kind of fact that is not what it was."""
    findings = []
    for kind in sorted({*before.facts, *after.facts}):
        old, new = (
            before.facts.get(kind, frozenset()),
            after.facts.get(kind, frozenset()),
        )
        lines = [f"left: {text}" for text in sorted(new - old)]
        lines += [f"gone: {text}" for text in sorted(old - new)]
        if lines:
            findings.append(Finding(f"{len(lines)} × {kind}", _some(lines)))
    return [*findings, *_count_differences(before, after)]


def _count_differences(before: Snapshot, after: Snapshot) -> Iterable[Finding]:
    for table in sorted({*before.counts, *after.counts}):
        old, new = before.counts.get(table), after.counts.get(table)
        described = f"row of {table}" in before.facts
        if old != new and not described and not _MAY_GROW.fullmatch(table):
            yield Finding(f"{table} had {old} rows, now it has {new}")


def mentions(
    server: Server, database: str, words: Iterable[str], innocent: Iterable[str] = ()
) -> list[Finding]:
    """Find texts in any table that name one of ``words``.

    :param innocent: columns (``table.column``) that may: they hold the module's own
        entry in the list of available modules, or what people wrote.
    """
    pattern = rf"(^|[^[:alnum:]_.])({'|'.join(map(re.escape, words))})([^[:alnum:]_]|$)"
    findings = []
    for table, column in _text_columns(server, database):
        if f"{table}.{column}" in set(innocent):
            continue
        query = (
            f'SELECT left("{column}"::text, 200) FROM "{table}"'
            f" WHERE \"{column}\"::text ~ '{pattern}' LIMIT 5"
        )
        found = _texts(server, database, query)
        if found:
            findings.append(Finding(f"{table}.{column} names it", "\n".join(found)))
    return findings


def _text_columns(server: Server, database: str) -> list[list[str]]:
    return server.query(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c"
        " JOIN information_schema.tables t USING (table_schema, table_name)"
        " WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
        " AND c.data_type IN ('character varying', 'text', 'jsonb') ORDER BY 1, 2",
        database,
    )


def _tables(server: Server, database: str) -> list[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    return [row[0] for row in server.query(query, database)]


def _rows(server: Server, database: str, table: str) -> list[str]:
    volatile = ", ".join(f"'{name}'" for name in _VOLATILE)
    return _texts(
        server,
        database,
        f'SELECT left((to_jsonb(o) - ARRAY[{volatile}])::text, 2000) FROM "{table}" o',
    )


def _counts(server: Server, database: str, tables: list[str]) -> dict[str, int]:
    counts = " UNION ALL ".join(
        f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables
    )
    return {table: int(count) for table, count in server.query(counts, database)}


def _texts(server: Server, database: str, query: str) -> list[str]:
    """Return the only column of ``query``; by JSON, because texts may hold newlines."""
    wrapped = f"SELECT coalesce(jsonb_agg(t.x), '[]') FROM ({query}) t(x)"
    return [str(text) for text in json.loads(server.query(wrapped, database)[0][0])]


def _some(lines: list[str], limit: int = 25) -> str:
    shown = [line[:300] for line in lines[:limit]]
    if len(lines) > limit:
        shown.append(f"… and {len(lines) - limit} more")
    return "\n".join(shown)
