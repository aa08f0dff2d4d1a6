"""Fit a scheme from labelled registers: ``python fit.py OUT.json NAME=WEIGHT[/N] ...``.

With ``/N`` only every N-th pair of a register is taken. A register is ``dev`` (the fit
half of the development data, split by groups of related customers), ``dev_all``, or the
start of two files ``…_records.csv.gz`` and ``…_relations.csv.gz``.
What is in the scheme and why: docs/matching.md.

Trees of depth two are grown by LightGBM. Every path asks about one or two features, so
that all trees together are a table for each feature and one for each pair of features:
the scheme. Tables are taken relative to "missing", so that a missing value weighs 0.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import lightgbm
import numpy as np
from registers import ROOT, load, split

SCHEMES = ROOT / "addons/offer_repository/matching/schemes"
CARD = json.loads((SCHEMES / "card-2026-11.json").read_text(encoding="utf-8"))
SMALLEST = 0.03  # a pair of observations that adds less is left out
# What is seen in every pair of records is taken relative to this.
ANCHORS = {"identifiers": "identifiers_none"}
PARAMETERS = {
    "objective": "binary",
    "max_depth": 2,
    "num_leaves": 4,
    "learning_rate": 0.1,
    "min_data_in_leaf": 20,
    "lambda_l2": 4,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
    "num_threads": 1,
}
ROUNDS = 600


def feature_of(code):
    """Feature that an observation belongs to."""
    start = code.split("_")[0]
    return {"tax": "vat"}.get(start, start)


def bins():
    """Codes by feature, in the order of the card's points."""
    found = defaultdict(list)
    codes = sorted(CARD["points"], reverse=True)
    for code in sorted(codes, key=CARD["points"].get):
        found[feature_of(code)].append(code)
    return dict(sorted(found.items()))


BINS = bins()
NAMES = list(BINS)
# No stronger than this: synthetic registers overstate what these say.
MILD = {"legal_differs": -1.5, "domain_differs": -1.5, "domain_common": -1.0}
# What is set by hand because no register here has enough of it.
BY_HAND = {"number", "bank"}


def matrix(observations):
    """One row a pair, one column a feature; missing is not a number."""
    table = np.full((len(observations), len(NAMES)), np.nan)
    place = {
        c: (NAMES.index(f), i) for f, codes in BINS.items() for i, c in enumerate(codes)
    }
    for row, codes in enumerate(observations):
        for code in codes:
            column, value = place[code]
            if NAMES[column] not in BY_HAND:
                table[row, column] = value
    return table


def by_hand(observations):
    """Points of the card for what is not fitted, in natural log odds."""
    return np.log(2) * np.array(
        [
            sum(CARD["points"][c] for c in codes if feature_of(c) in BY_HAND)
            for codes in observations
        ]
    )


def register(name):
    """Labelled register by name; see the module."""
    shared = Path(ROOT).parent / "shared/data/customers_dev"
    start = shared if name.startswith("dev") else Path(name)
    records, relations = f"{start}_records.csv.gz", f"{start}_relations.csv.gz"
    has_relations = Path(relations).exists()
    only = split(records, relations)[0] if name == "dev" else None
    return load(records, relations if has_relations else None, only)


def examples(named_weights):
    """Observations, labels and weights of all candidate pairs."""
    observations, labels, weights = [], [], []
    for name, weight, every in named_weights:
        found = register(name)
        for left, right in found.candidates()[::every]:
            label = found.label(left, right)
            if label >= 0:
                observations.append([s[0] for s in found.observe(left, right)])
                labels.append(label)
                weights.append(weight)
    return observations, np.array(labels), np.array(weights)


def leaves(tree, path=()):
    """Yield every leaf's value with the splits that lead to it."""
    if "leaf_value" in tree:
        yield tree["leaf_value"], path
        return
    for side in ("left", "right"):
        yield from leaves(tree[f"{side}_child"], (*path, (tree, side)))


def goes(split_, side, value):
    """Whether a value (``None`` is missing) takes this side of a split."""
    if value is None and split_["missing_type"] == "NaN":
        return split_["default_left"] == (side == "left")
    return ((value or 0) <= split_["threshold"]) == (side == "left")


def values_of(feature):
    """All values of a feature, missing first."""
    return [None, *range(len(BINS[NAMES[feature]]))]


def tables(model):
    """Sum of all trees as tables by one or two features."""
    found = defaultdict(lambda: defaultdict(float))
    for tree in model.dump_model()["tree_info"]:
        for value, path in leaves(tree["tree_structure"]):
            features = sorted({s["split_feature"] for s, _ in path})
            spans = [
                [
                    v
                    for v in values_of(f)
                    if all(goes(s, w, v) for s, w in path if s["split_feature"] == f)
                ]
                for f in features
            ]
            if len(features) == 2:
                for a in spans[0]:
                    for b in spans[1]:
                        found[tuple(features)][a, b] += value
            else:
                for a in spans[0] if features else ():
                    found[tuple(features)][(a,)] += value
    return found


def anchor(feature):
    """Value that weighs nothing."""
    name = NAMES[feature]
    return BINS[name].index(ANCHORS[name]) if name in ANCHORS else None


def anchored(found):
    """Base, points by code, and points by pair of codes; in log2 odds."""
    base, points, pairs = 0.0, defaultdict(float), defaultdict(float)
    for features, table in found.items():
        origin = tuple(anchor(f) for f in features)
        get = defaultdict(float, table)
        base += get[origin]
        for position, feature in enumerate(features):
            for value in values_of(feature):
                if value != origin[position] and value is not None:
                    cell = tuple(
                        value if i == position else o for i, o in enumerate(origin)
                    )
                    code = BINS[NAMES[feature]][value]
                    points[code] += get[cell] - get[origin]
        if len(features) == 2:
            for a in values_of(features[0]):
                for b in values_of(features[1]):
                    if None in (a, b) or a == origin[0] or b == origin[1]:
                        continue
                    extra = get[a, b] - get[a, origin[1]] - get[origin[0], b]
                    codes = BINS[NAMES[features[0]]][a], BINS[NAMES[features[1]]][b]
                    pairs["|".join(codes)] += extra + get[origin]
    scale = 1 / np.log(2)
    return (
        base * scale,
        {code: value * scale for code, value in points.items()},
        {both: value * scale for both, value in pairs.items()},
    )


def scheme(name, model):
    """Scheme as it is written to a file; thresholds are set by hand afterwards."""
    base, points, pairs = anchored(tables(model))
    fixed = {c: p for c, p in CARD["points"].items() if feature_of(c) in BY_HAND}
    mild = {code: max(points.get(code, 0.0), least) for code, least in MILD.items()}
    every = dict.fromkeys(CARD["points"], 0.0) | points | fixed | mild
    return {
        "name": name,
        "base": round(base, 2),
        "points": {code: round(value, 2) for code, value in sorted(every.items())},
        "pairs": {
            both: round(value, 2)
            for both, value in sorted(pairs.items())
            if abs(value) >= SMALLEST
        },
        "thresholds": {"certain": 4.5, "probable": 0, "possible": -4},
        "calibration": {"slope": 1, "offset": 0},
    }


def fit(named_weights):
    """Trees of depth two over all examples."""
    observations, labels, weights = examples(named_weights)
    data = lightgbm.Dataset(
        matrix(observations), labels, weight=weights, init_score=by_hand(observations)
    )
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def _weight(text):
    """Weight of a pair, and of how many one is taken."""
    weight, _, every = text.partition("/")
    return float(weight), int(every or 1)


def main(out, *sources):
    """Fit and write."""
    named = [s.rpartition("=") for s in sources]
    model = fit([(name, *_weight(weight)) for name, _, weight in named])
    text = json.dumps(scheme(Path(out).stem, model), indent=1)
    Path(out).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
