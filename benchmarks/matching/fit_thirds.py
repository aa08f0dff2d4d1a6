"""Fit what third records weigh: ``fit_thirds.py SCHEME.json DIRECT.json NAME ...``.

``SCHEME.json`` gets the table ``thirds``. The registers (as for ``fit.py``; ``held``
is the other half of the development data) are looked at with ``DIRECT.json``, which
must not have seen them: on records that a scheme was fitted on, third records look
better than they are.

Trees of depth two, each of which may ask for the verdict of the first look and one
thing that third records say, so that they add up to one row of the table for each code.
"""

import json
import sys
from pathlib import Path

import lightgbm
import numpy as np
from fit import register
from registers import ROOT, load, split

from matching import parse_scheme
from matching.evidence import conclude
from matching.scheme import _LEVELS
from matching.second_look import FirstLook
from matching.thirds import third_codes

SHARED = ROOT.parent / "shared/data/customers_dev"
BEST = ("third_none", "third_possible", "third_probable", "third_certain")
APART = ("third_apart_several", "third_apart_one")
NOTHING_APART = len(APART)
LIKE_ALL = len(BEST) - 1
PARAMETERS = {
    "objective": "binary",
    "max_depth": 2,
    "num_leaves": 4,
    "learning_rate": 0.1,
    "min_data_in_leaf": 20,
    "lambda_l2": 2,
    "monotone_constraints": [0, 1, 1, -1],
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
    verdicts = {pair: conclude(codes, scheme).verdict for pair, codes in seen.items()}
    first = FirstLook(
        (numbers[left], numbers[right], verdict)
        for (left, right), verdict in verdicts.items()
        if verdict
    )
    for left in range(len(names)):
        for right in first.brought_up(left):
            seen[names[left], names[right]] = found.observe(names[left], names[right])
    for pair, codes in seen.items():
        thirds = first.thirds(*(numbers[record] for record in pair))
        if thirds:
            yield pair, codes, thirds


def example(codes, thirds, scheme):
    """Columns level, best, apart, group; and the points of the first look."""
    match = conclude(codes, scheme)
    said = third_codes(thirds)
    row = [
        _LEVELS.index(match.verdict),
        next(BEST.index(code) for code in said if code in BEST),
        next((APART.index(code) for code in said if code in APART), NOTHING_APART),
        "third_group" in said,
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


def table(model):
    """Points of each code by verdict of the first look, in log2 odds."""

    def points(level, best=LIKE_ALL, apart=NOTHING_APART, group=0):
        raw = model.predict([[level, best, apart, group]], raw_score=True)[0]
        return raw / np.log(2)

    found = {}
    for number, level in enumerate(_LEVELS):
        for best, code in enumerate(BEST):
            found.setdefault(code, {})[level or "none"] = points(number, best)
        for apart, code in enumerate(APART):
            rest = points(number, apart=apart) - points(number)
            found.setdefault(code, {})[level or "none"] = rest
        rest = points(number, group=1) - points(number)
        found.setdefault("third_group", {})[level or "none"] = rest
    return {
        code: {str(level): round(value, 2) for level, value in by_level.items()}
        for code, by_level in sorted(found.items())
    }


def main(out, direct, *names):
    """Fit and write."""
    scheme = parse_scheme(Path(direct).read_text(encoding="utf-8"))
    rows, points, labels = examples(names, scheme)
    data = lightgbm.Dataset(rows, labels, init_score=points * np.log(2))
    model = lightgbm.train(PARAMETERS, data, ROUNDS)
    whole = json.loads(Path(out).read_text(encoding="utf-8"))
    whole["thirds"] = table(model)
    Path(out).write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
