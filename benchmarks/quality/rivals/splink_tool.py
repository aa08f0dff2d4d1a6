"""Splink 4 on DuckDB, trained without answers as its guide tells."""

from __future__ import annotations

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from .records import Answers, Clean, Scores, pair_of

_LEAST_PROBABILITY = 0.001
_SEED = 7


def find(records: list[Clean], _answers: Answers) -> Scores:
    """Return the pairs with their match weight."""
    frame = _frame(records)
    filled = {name for name in frame.columns if frame[name].notna().mean() > 0.01}
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[c for name, c in _comparisons() if name in filled],
        blocking_rules_to_generate_predictions=_rules(filled),
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    linker = Linker(frame, settings, DuckDBAPI(), set_up_basic_logging=False)
    _train(linker, filled)
    found = linker.inference.predict(threshold_match_probability=_LEAST_PROBABILITY)
    table = found.as_pandas_dataframe()
    columns = zip(
        table["record_id_l"], table["record_id_r"], table["match_weight"], strict=True
    )
    return {pair_of(left, right): float(weight) for left, right, weight in columns}


def _frame(records: list[Clean]) -> pd.DataFrame:
    rows = [
        {
            "record_id": r.record_id,
            "name": r.sorted_name or None,
            "name_start": r.name[:4] or None,
            "first_word": r.name.partition(" ")[0] or None,
            "last_word": r.name.rpartition(" ")[2] or None,
            "vat": r.vat or None,
            "registry": r.registry or None,
            "email": r.email or None,
            "domain": r.domain or None,
            "phones": list(r.phones) or None,
            "street": r.street or None,
            "city": r.city or None,
            "zip_code": r.zip_code or None,
        }
        for r in records
    ]
    return pd.DataFrame(rows)


def _comparisons():
    yield "name", cl.NameComparison("name").configure(term_frequency_adjustments=True)
    yield "vat", cl.LevenshteinAtThresholds("vat", 1)
    yield "registry", cl.ExactMatch("registry")
    yield "email", cl.EmailComparison("email")
    yield "domain", cl.ExactMatch("domain").configure(term_frequency_adjustments=True)
    yield "phones", cl.ArrayIntersectAtSizes("phones", [1])
    yield "street", cl.JaroWinklerAtThresholds("street", [0.95, 0.85])
    city = cl.JaroWinklerAtThresholds("city", [0.9])
    yield "city", city.configure(term_frequency_adjustments=True)
    yield "zip_code", cl.LevenshteinAtThresholds("zip_code", 1)


def _rules(filled: set[str]) -> list:
    phones = block_on("phones", arrays_to_explode=["phones"])
    rules = [
        ({"vat"}, block_on("vat")),
        ({"registry"}, block_on("registry")),
        ({"email"}, block_on("email")),
        ({"domain"}, block_on("domain")),
        ({"phones"}, phones),
        ({"name"}, block_on("name")),
        ({"city"}, block_on("name_start", "city")),
        ({"city"}, block_on("last_word", "city")),
        ({"zip_code"}, block_on("zip_code", "name_start")),
        ({"zip_code", "street"}, block_on("zip_code", "street")),
        ({"street"}, block_on("street", "name_start")),
    ]
    return [rule for needs, rule in rules if needs <= filled]


def _train(linker: Linker, filled: set[str]) -> None:
    sure = [name for name in ("vat", "email") if name in filled]
    deterministic = [block_on(name) for name in sure] or [block_on("name")]
    training = linker.training
    training.estimate_probability_two_random_records_match(deterministic, recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=_SEED)
    for name in ("vat", "email", "name", "street", "zip_code"):
        if name in filled:
            training.estimate_parameters_using_expectation_maximisation(block_on(name))
