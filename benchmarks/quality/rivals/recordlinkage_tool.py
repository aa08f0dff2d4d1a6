"""recordlinkage: ECM without answers, and logistic regression with answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import recordlinkage

from .records import Answers, Clean, Scores, pair_of

_ANSWERS = 3000
_SEED = 7
_ALIKE = 0.85


def find_ecm(records: list[Clean], _answers: Answers) -> Scores:
    """Return the pairs with the probability of an unsupervised Fellegi-Sunter model."""
    features = _features(records)
    binary = (features >= _ALIKE).astype(int)
    varied = binary.loc[:, binary.nunique() > 1]
    model = recordlinkage.ECMClassifier(init="jaro", binarize=None)
    model.fit(varied)
    return _scores(model.prob(varied))


def find_logistic(records: list[Clean], answers: Answers) -> Scores:
    """Return the pairs with the probability of a model that saw 3,000 answers."""
    features = _features(records)
    chosen = np.random.default_rng(_SEED).permutation(len(features))[:_ANSWERS]
    known = features.iloc[chosen]
    same = known.index[[answers.same(*pair) for pair in known.index]]
    model = recordlinkage.LogisticRegressionClassifier()
    model.fit(known, same)
    return _scores(model.prob(features))


def _scores(probabilities: pd.Series) -> Scores:
    return {pair_of(*pair): float(p) for pair, p in probabilities.items()}


def _features(records: list[Clean]) -> pd.DataFrame:
    frame = _frame(records)
    index = recordlinkage.Index()
    for column in ("vat", "email", "domain", "phone", "mobile"):
        if frame[column].notna().any():
            index.block(column)
    index.sortedneighbourhood("name", window=7)
    index.block(["zip_code", "name_start"])
    index.block(["city", "name_start"])
    pairs = index.index(frame)
    compare = recordlinkage.Compare()
    for column in ("vat", "email", "domain", "phone", "mobile", "registry", "zip_code"):
        compare.exact(column, column, label=column)
    compare.exact("phone", "mobile", label="phone_mobile")
    for column in ("name", "street", "city", "contact"):
        compare.string(column, column, method="jarowinkler", label=column)
    return compare.compute(pairs, frame).fillna(0)


def _frame(records: list[Clean]) -> pd.DataFrame:
    rows = [
        {
            "record_id": r.record_id,
            "name": r.sorted_name,
            "name_start": r.name[:4],
            "phone": r.phone,
            "mobile": r.phones[1] if len(r.phones) > 1 else "",
            **{
                name: getattr(r, name)
                for name in ("vat", "registry", "email", "domain", "street", "city")
            },
            "zip_code": r.zip_code,
            "contact": r.contact,
        }
        for r in records
    ]
    frame = pd.DataFrame(rows).set_index("record_id")
    return frame.mask(frame == "")
