"""pg_trgm in the embedded PostgreSQL: alike names, plus points for equal data."""

from __future__ import annotations

import csv
import io
import os

import psycopg2

from devkit import postgres
from devkit.layout import Layout

from .records import Answers, Clean, Scores, pair_of

_LEAST_SIMILARITY = 0.45
_DATABASE = "quality_bench"

_SCHEMA = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TEMPORARY TABLE customer
    (record_id text, name text, vat text, email text, phone text, city text);
"""
_QUERY = """
SELECT a.record_id, b.record_id,
       similarity(a.name, b.name)
       + CASE WHEN a.vat = b.vat THEN 0.6 WHEN a.vat <> b.vat THEN -0.4 ELSE 0 END
       + CASE WHEN a.email = b.email THEN 0.4 ELSE 0 END
       + CASE WHEN a.phone = b.phone THEN 0.4 ELSE 0 END
       + CASE WHEN a.city = b.city THEN 0.15 WHEN a.city <> b.city THEN -0.1 ELSE 0 END
  FROM customer a
  JOIN customer b ON a.name % b.name AND a.record_id < b.record_id
"""


def find(records: list[Clean], _answers: Answers) -> Scores:
    """Return the pairs of alike names with their points."""
    os.environ.update(postgres.prepare(Layout()).env)
    _execute_outside(f"DROP DATABASE IF EXISTS {_DATABASE}")
    _execute_outside(f"CREATE DATABASE {_DATABASE}")
    try:
        return _scores(records)
    finally:
        _execute_outside(f"DROP DATABASE {_DATABASE}")


def _execute_outside(statement: str) -> None:
    connection = psycopg2.connect(dbname="postgres")
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


def _scores(records: list[Clean]) -> Scores:
    connection = psycopg2.connect(dbname=_DATABASE)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(_SCHEMA)
            cursor.copy_expert("COPY customer FROM STDIN CSV", _as_csv(records))
            cursor.execute("CREATE INDEX ON customer USING gin (name gin_trgm_ops)")
            cursor.execute("ANALYZE customer")
            cursor.execute(
                "SET LOCAL pg_trgm.similarity_threshold = %s", (_LEAST_SIMILARITY,)
            )
            cursor.execute(_QUERY)
            return {pair_of(left, right): s for left, right, s in cursor.fetchall()}
    finally:
        connection.close()


def _as_csv(records: list[Clean]) -> io.StringIO:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(
        (r.record_id, r.name, r.vat, r.email, r.phone, r.city) for r in records
    )
    buffer.seek(0)
    return buffer
