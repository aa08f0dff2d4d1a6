"""Fit what third records weigh: ``fit_thirds.py SCHEME.json DIRECT.json NAME ...``.

``SCHEME.json`` gets the tables ``support`` and ``thirds``. The registers (as for
``fit.py``; ``held`` is the other half of the development data) are looked at with
``DIRECT.json``, which must not have seen them: on records that a scheme was fitted on,
third records look better than they are.

Trees of depth two, each of which may ask for the verdict of the first look and one
thing that third records say, so that they add up to one row of a table for each.
"""

import json
import sys
from bisect import bisect_right
from pathlib import Path

import lightgbm
import numpy as np
from fit import register
from registers import ROOT, load, split

from matching import parse_scheme
from matching.evidence import conclude
from matching.scheme import _LEVEL_NAMES, _LEVELS
from matching.second_look import FirstLook
from matching.thirds import Look, heard

SHARED = ROOT.parent / "shared/data/customers_dev"
# Points of support from which on the next weight holds.
SUPPORT = (-8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)
AGAINST = ("third_rival", "third_group")
MOST_SUPPORT = len(SUPPORT)
PARAMETERS = {
    "objective": "binary",
    "max_depth": 2,
    "num_leaves": 4,
    "learning_rate": 0.1,
    "min_data_in_leaf": 20,
    "lambda_l2": 2,
    "monotone_constraints": [0, 1, -1, -1],
    "interaction_constraints": [[0, 1], [0, 2], [0, 3]],
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
}
ROUNDS = 300


def labelled(name):
    """Register by name; ``held`` is what ``dev`` of ``fit.py`` leaves out."""
    if name != "held":
        return register(name)
    files = f"{SHARED}_records.csv.gz", f"{SHARED}_relations.csv.gz"
    return load(*files, split(*files)[1])


def looked_at(found, scheme):
    """Yield pair, observations and thirds of every pair that has a third record."""
    numbers = {record: number for number, record in enumerate(sorted(found.profiles))}
    names = sorted(found.profiles)
    seen = {pair: found.observe(*pair) for pair in found.candidates()}
    matches = {pair: conclude(codes, scheme) for pair, codes in seen.items()}
    first = FirstLook(
        (numbers[left], numbers[right], Look(match.verdict, match.points))
        for (left, right), match in matches.items()
        if match.verdict
    )
    for left in range(len(names)):
        for right in first.brought_up(left):
            seen[names[left], names[right]] = found.observe(names[left], names[right])
    for pair, codes in seen.items():
        thirds = first.thirds(*(numbers[record] for record in pair))
        if thirds:
            yield pair, codes, thirds


def example(codes, thirds, scheme):
    """Columns level, support, rival, group; and the points of the first look."""
    match = conclude(codes, scheme)
    said = heard(thirds, match.points, scheme)
    row = [
        _LEVELS.index(match.verdict),
        bisect_right(SUPPORT, said.support),
        *(code in said.against for code in AGAINST),
    ]
    return row, match.points


def examples(names, scheme):
    """All examples of all registers, without those of the rules above the score."""
    rows, points, labels = [], [], []
    for name in names:
        found = labelled(name)
        for pair, codes, thirds in looked_at(found, scheme):
            label = found.label(*pair)
            if label < 0 or conclude(codes, scheme).verdict == "same_group":
                continue
            row, direct = example(codes, thirds, scheme)
            rows.append(row)
            points.append(direct)
            labels.append(label)
    return np.array(rows, float), np.array(points), np.array(labels)


def tables(model):
    """Points of support and of what speaks against it, by verdict of the first look.

    In log2 odds; what speaks against is relative to a third record that fits well.
    """

    def points(level, support=MOST_SUPPORT, rival=0, group=0):
        raw = model.predict([[level, support, rival, group]], raw_score=True)[0]
        return raw / np.log(2)

    columns = range(len(SUPPORT) + 1)
    support, thirds = {"from": list(SUPPORT)}, {code: {} for code in AGAINST}
    for number, level in enumerate(_LEVEL_NAMES):
        best = points(number)
        support[level] = [round(points(number, column), 2) for column in columns]
        thirds["third_rival"][level] = round(points(number, rival=1) - best, 2)
        thirds["third_group"][level] = round(points(number, group=1) - best, 2)
    return {"support": support, "thirds": thirds}


def main(out, direct, *names):
    """Fit and write."""
    scheme = parse_scheme(Path(direct).read_text(encoding="utf-8"))
    rows, points, labels = examples(names, scheme)
    data = lightgbm.Dataset(rows, labels, init_score=points * np.log(2))
    model = lightgbm.train(PARAMETERS, data, ROUNDS)
    whole = json.loads(Path(out).read_text(encoding="utf-8"))
    whole |= tables(model)
    Path(out).write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
