"""What other records of a customer say, and that it only ever speaks when heard."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import (
    DEFAULT_SCHEME,
    Party,
    Verdict,
    conclude,
    first_look,
    hear,
    normalise,
    observe,
)
from matching.thirds import THIRD_CODES, third_codes

C, P, O, G = (  # noqa: E741 -- a table reads better with one letter each
    Verdict.CERTAIN,
    Verdict.PROBABLE,
    Verdict.POSSIBLE,
    Verdict.SAME_GROUP,
)
verdicts = st.lists(st.sampled_from([None, *Verdict]), max_size=6)
LEFT = normalise(Party(name="Kaldan Hotel", is_company=True, city="Kraków"))
RIGHT = normalise(Party(name="Kaldan", is_company=True, phones=("601 602 603",)))
GROUP = (
    normalise(Party(name="Kaldan", vats=("5260001246",), country="PL")),
    normalise(Party(name="Kaldan", vats=("1234563218",), country="PL")),
)


@pytest.mark.parametrize(
    ("thirds", "codes"),
    [
        ([], set()),
        ([C], {"third_certain"}),
        ([O, P], {"third_probable"}),
        ([O, C, None], {"third_certain", "third_apart_one"}),
        ([None], {"third_none", "third_apart_one"}),
        ([None, O, None], {"third_possible", "third_apart_several"}),
        ([G], {"third_none", "third_group"}),
        ([G, P], {"third_probable", "third_group"}),
    ],
)
def test_third_records_are_put_into_codes(thirds, codes):
    assert set(third_codes(thirds)) == codes


@given(verdicts)
def test_order_of_third_records_does_not_matter(thirds):
    assert third_codes(thirds) == third_codes(thirds[::-1])
    assert set(third_codes(thirds)) <= THIRD_CODES


@given(verdicts)
def test_rows_add_up_with_third_records_too(thirds):
    match = conclude(observe(LEFT, RIGHT, {}), DEFAULT_SCHEME, thirds)

    total = DEFAULT_SCHEME.base + sum(row.points for row in match.evidence)
    assert match.points == pytest.approx(total)


def test_a_third_record_lifts_a_doubtful_pair_and_another_one_sinks_it():
    seen = observe(LEFT, RIGHT, {})
    alone = conclude(seen)

    assert conclude(seen, DEFAULT_SCHEME, [C]).points > alone.points
    assert conclude(seen, DEFAULT_SCHEME, [None, None]).points < alone.points
    assert (
        conclude(seen, DEFAULT_SCHEME, [G]).points
        < conclude(seen, DEFAULT_SCHEME, [P]).points
    )


@given(verdicts)
def test_what_third_records_said_can_be_taken_away_again(thirds):
    for seen in (observe(LEFT, RIGHT, {}), observe(*GROUP, {})):
        alone = conclude(seen)
        heard = hear(alone, thirds, DEFAULT_SCHEME)
        again = first_look(heard, DEFAULT_SCHEME)

        assert again.points == pytest.approx(alone.points)
        assert (again.verdict, set(again.evidence)) == (
            alone.verdict,
            set(alone.evidence),
        )


def test_rules_above_the_score_stand_whatever_third_records_say():
    seen = observe(*GROUP, {})

    assert conclude(seen, DEFAULT_SCHEME, [C, C]) == conclude(seen)
    assert conclude(seen).verdict == Verdict.SAME_GROUP


def test_a_scheme_without_third_records_does_not_hear_them():
    seen = observe(LEFT, RIGHT, {})
    deaf = replace(DEFAULT_SCHEME, thirds={})

    assert conclude(seen, deaf, [C, C]) == conclude(seen, deaf)


def test_every_shipped_weight_is_of_a_known_code_with_a_weight_for_each_first_look():
    assert set(DEFAULT_SCHEME.thirds) == THIRD_CODES
    assert {len(points) for points in DEFAULT_SCHEME.thirds.values()} == {4}
