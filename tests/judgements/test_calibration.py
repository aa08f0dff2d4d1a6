"""How right the comparison was, and what another threshold would do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgements import CodeRecord, Decision, Thresholds, code_records, outcome

PHONE = frozenset({"phone_equal"})
BOTH = frozenset({"phone_equal", "vat_equal"})
DECISIONS = st.lists(
    st.builds(
        Decision,
        st.floats(0, 1),
        st.sampled_from([PHONE, BOTH, frozenset()]),
        st.sampled_from([True, False, None]),
        st.booleans(),
    ),
    max_size=20,
)


def test_record_counts_decided_pairs_only():
    found = code_records(
        [
            Decision(0.9, BOTH, True),
            Decision(0.9, PHONE, True),
            Decision(0.4, PHONE, False),
            Decision(0.4, BOTH, None),
        ]
    )

    assert found == (CodeRecord("phone_equal", 3, 2), CodeRecord("vat_equal", 1, 1))
    assert found[0].share_same == pytest.approx(2 / 3)


def test_without_decisions_there_is_no_record():
    assert code_records([Decision(0.9, BOTH, None)]) == ()


@pytest.mark.parametrize(("certain", "probable"), [(0.5, 0.6), (1.1, 0.5), (0.5, -0.1)])
def test_thresholds_out_of_order_are_refused(certain, probable):
    with pytest.raises(ValueError, match="thresholds_out_of_order"):
        Thresholds(certain, probable)


def test_outcome_of_thresholds():
    pairs = [
        Decision(0.99, BOTH, True),
        Decision(0.97, BOTH, False),
        Decision(0.95, BOTH, None),
        Decision(0.80, PHONE, True),
        Decision(0.30, PHONE, True),
        Decision(0.99, BOTH, False, can_rise=False),
    ]

    strict = outcome(pairs, Thresholds(0.98, 0.7))
    mild = outcome(pairs, Thresholds(0.95, 0.2))

    assert (strict.certain, strict.probable) == (1, 3)
    assert (strict.certain_right, strict.certain_wrong, strict.missed) == (1, 0, 1)
    assert (mild.certain, mild.probable) == (3, 2)
    assert (mild.certain_right, mild.certain_wrong, mild.missed) == (1, 1, 0)


@given(DECISIONS, st.floats(0, 1), st.floats(0, 1))
def test_raising_the_bar_never_makes_more_certain(pairs, one, other):
    low, high = sorted((one, other))

    assert (
        outcome(pairs, Thresholds(high, 0.0)).certain
        <= outcome(pairs, Thresholds(low, 0.0)).certain
    )
