"""What other records of a customer say, and that it only ever speaks when heard."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import (
    DEFAULT_SCHEME,
    Look,
    Party,
    Verdict,
    conclude,
    first_look,
    hear,
    normalise,
    observe,
)
from matching.thirds import AGAINST_CODES, THIRD_CODES, Third, heard

C, P, O, G = (  # noqa: E741 -- a table reads better with one letter each
    Look(Verdict.CERTAIN, 8.0),
    Look(Verdict.PROBABLE, 2.0),
    Look(Verdict.POSSIBLE, -3.0),
    Look(Verdict.SAME_GROUP, 1.0),
)
some_thirds = st.lists(
    st.builds(Third, st.sampled_from([C, P]), st.sampled_from([None, C, P, O, G])),
    max_size=6,
)
LEFT = normalise(Party(name="Kaldan Hotel", is_company=True, city="Kraków"))
RIGHT = normalise(Party(name="Kaldan", is_company=True, phones=("601 602 603",)))
GROUP = (
    normalise(Party(name="Kaldan", vats=("5260001246",), country="PL")),
    normalise(Party(name="Kaldan", vats=("1234563218",), country="PL")),
)


@pytest.mark.parametrize(
    ("thirds", "support", "codes"),
    [
        ([Third(C, C)], 8.0, {"third_certain"}),
        ([Third(C, O), Third(C, P)], 2.0, {"third_probable"}),
        ([Third(P, C)], 2.0, {"third_probable"}),
        ([Third(C, O)], -3.0, {"third_possible"}),
        ([Third(C, C), Third(C, None)], 8.0, {"third_certain", "third_rival"}),
        # fits less well than the other of the two does
        ([Third(P, None)], -16.0, {"third_none"}),
        ([Third(C, G)], -16.0, {"third_none", "third_rival", "third_group"}),
        ([Third(P, G), Third(C, P)], 2.0, {"third_probable"}),
    ],
)
def test_third_records_are_put_into_codes(thirds, support, codes):
    said = heard(thirds, 3.0, DEFAULT_SCHEME)

    assert said.support == support
    assert {said.best, *said.against} == codes


@given(some_thirds.filter(bool))
def test_order_of_third_records_does_not_matter(thirds):
    said = heard(thirds, 3.0, DEFAULT_SCHEME)

    assert heard(thirds[::-1], 3.0, DEFAULT_SCHEME) == said
    assert {said.best, *said.against} <= THIRD_CODES


@given(some_thirds)
def test_rows_add_up_with_third_records_too(thirds):
    match = conclude(observe(LEFT, RIGHT, {}), DEFAULT_SCHEME, thirds)

    total = DEFAULT_SCHEME.base + sum(row.points for row in match.evidence)
    assert match.points == pytest.approx(total)


def test_a_third_record_lifts_a_doubtful_pair_and_another_one_sinks_it():
    seen = observe(LEFT, RIGHT, {})
    alone = conclude(seen)

    def points(*thirds):
        return conclude(seen, DEFAULT_SCHEME, thirds).points

    assert points(Third(C, C)) > points(Third(C, P)) > alone.points
    assert points(Third(C, None)) < alone.points
    assert points(Third(C, G)) < points(Third(C, None))


@given(some_thirds)
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

    assert conclude(seen, DEFAULT_SCHEME, [Third(C, C)]) == conclude(seen)
    assert conclude(seen).verdict == Verdict.SAME_GROUP


def test_a_scheme_without_third_records_does_not_hear_them():
    seen = observe(LEFT, RIGHT, {})
    deaf = replace(DEFAULT_SCHEME, thirds={}, support=())

    assert conclude(seen, deaf, [Third(C, None)]) == conclude(seen, deaf)


def test_every_shipped_weight_is_of_a_known_code_with_a_weight_for_each_first_look():
    assert set(DEFAULT_SCHEME.thirds) == AGAINST_CODES
    assert {len(points) for points in DEFAULT_SCHEME.thirds.values()} == {4}


def test_more_support_never_weighs_less():
    edges = DEFAULT_SCHEME.support_from

    assert len(DEFAULT_SCHEME.support) == 4
    assert list(edges) == sorted(edges)
    for points in DEFAULT_SCHEME.support:
        assert len(points) == len(edges) + 1
        assert list(points) == sorted(points)
