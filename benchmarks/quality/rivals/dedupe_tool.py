"""dedupe 3 with 300 answers, chosen by its own active learning."""

from __future__ import annotations

import random

import dedupe
import numpy as np

from .records import Answers, Clean, Scores, pair_of

_ANSWERS = 300
_SAMPLE = 1500
_SEED = 7


def find(records: list[Clean], answers: Answers) -> Scores:
    """Return the pairs with the probability that dedupe gives them."""
    random.seed(_SEED)
    np.random.seed(_SEED)
    data = {record.record_id: _fields(record) for record in records}
    filled = {name for row in data.values() for name, value in row.items() if value}
    tool = dedupe.Dedupe([v for v in _variables() if v.field in filled], num_cores=1)
    tool.prepare_training(data, sample_size=_SAMPLE)
    _answer(tool, answers)
    tool.train(recall=0.95, index_predicates=False)
    scored = tool.score(tool.pairs(data))
    return {pair_of(*map(str, row["pairs"])): float(row["score"]) for row in scored}


def _fields(record: Clean) -> dict:
    return {
        "record_id": record.record_id,
        "name": record.sorted_name or None,
        "vat": record.vat or None,
        "email": record.email or None,
        "domain": record.domain or None,
        "phones": frozenset(record.phones) or None,
        "street": record.street or None,
        "city": record.city or None,
        "zip_code": record.zip_code or None,
    }


def _variables() -> list:
    variables = dedupe.variables
    return [
        # Predicates that need an index (String, Text) cost minutes and gigabytes here.
        variables.ShortString("name"),
        variables.ShortString("vat", has_missing=True),
        variables.ShortString("email", has_missing=True),
        variables.Exact("domain", has_missing=True),
        variables.Set("phones", has_missing=True),
        variables.ShortString("street", has_missing=True),
        variables.ShortString("city", has_missing=True),
        variables.ShortString("zip_code", has_missing=True),
    ]


def _answer(tool: dedupe.Dedupe, answers: Answers) -> None:
    for _each in range(_ANSWERS):
        (pair,) = tool.uncertain_pairs()
        same = answers.same(pair[0]["record_id"], pair[1]["record_id"])
        kind = "match" if same else "distinct"
        tool.mark_pairs({"match": [], "distinct": [], kind: [pair]})
