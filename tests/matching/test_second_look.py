"""Which third records a scan hears, and which pairs only they bring up."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import DEFAULT_SCHEME, Look, Party, Verdict, compare, normalise
from matching.scan import scan
from matching.second_look import FirstLook
from matching.thirds import Third

C, P, O, G = (  # noqa: E741 -- a table reads better with one letter each
    Look(Verdict.CERTAIN, 6.25),
    Look(Verdict.PROBABLE, 1.5),
    Look(Verdict.POSSIBLE, -3.75),
    Look(Verdict.SAME_GROUP, -2.0),
)
looks = st.dictionaries(
    st.sampled_from(list(combinations(range(7), 2))), st.sampled_from([C, P, O, G])
)


def first_look(found):
    return FirstLook((*pair, look) for pair, look in found.items())


@given(looks)
def test_looks_are_kept_in_either_order(found):
    first = first_look(found)

    for left, right in combinations(range(7), 2):
        assert first.look(left, right) == found.get((left, right))
        assert first.look(right, left) == first.look(left, right)


@pytest.mark.parametrize(
    ("points", "kept"), [(3.3, 3.25), (-0.1, -0.25), (99.0, 31.75), (-99.0, -31.75)]
)
def test_points_are_kept_in_quarters(points, kept):
    first = first_look({(0, 1): Look(Verdict.PROBABLE, points)})

    assert first.look(0, 1).points == kept


def test_third_records_are_those_that_are_one_of_either_side():
    first = first_look({(0, 1): C, (0, 2): P, (1, 3): C, (2, 3): C, (0, 3): G})

    # 1 is like nobody here, 3 is of the group
    assert first.thirds(0, 2) == [Third(C, None), Third(C, G)]
    assert first.thirds(0, 1) == [Third(P, None), Third(C, G)]
    assert first.thirds(1, 2) == [Third(C, P), Third(C, C), Third(C, C), Third(P, C)]


@given(looks)
def test_third_records_do_not_depend_on_the_side(found):
    first = first_look(found)

    for left, right in combinations(range(7), 2):
        assert sorted(map(str, first.thirds(left, right))) == sorted(
            map(str, first.thirds(right, left))
        )


@pytest.mark.parametrize(
    ("found", "pairs"),
    [
        ({(0, 1): C, (1, 2): C}, [(0, 2)]),
        ({(0, 1): C, (1, 2): P}, [(0, 2)]),
        ({(0, 2): P, (1, 2): C}, [(0, 1)]),
        ({(0, 1): P, (1, 2): P}, []),
        ({(0, 1): C, (1, 2): C, (0, 2): G}, []),
        ({(0, 1): C, (1, 2): G}, []),
    ],
)
def test_two_steps_bring_up_a_pair_when_one_is_certain(found, pairs):
    first = first_look(found)

    steps = [(left, right) for left in range(3) for right in first.brought_up(left)]
    assert steps == pairs


def test_customers_with_many_records_are_heard_within_bounds():
    many = {(0, other): C for other in range(1, 200)}

    assert len(first_look(many).same(0)) == 8


def test_a_scan_finds_what_only_a_third_record_connects():
    box = ("zakupy@kaldan.example",)
    whole = Party(
        name="Kaldan Hotel",
        vats=("5260001246",),
        emails=box,
        phones=("601602603",),
        city="Kraków",
        country="PL",
    )
    by_number = Party(name="Kaldan Hotel", vats=("PL5260001246",), city="Kraków")
    by_contact = Party(name="Kaldan Hotel", emails=box, phones=("601602603",))
    profiles = [normalise(party) for party in (by_number, by_contact, whole)]
    alone = compare(profiles[0], profiles[1], {})

    found = {(pair.left, pair.right): pair.match for pair in scan(profiles)}

    assert found[0, 2].verdict == found[1, 2].verdict == Verdict.CERTAIN
    assert found[0, 1].points > alone.points
    assert "third_certain" in {row.code for row in found[0, 1].evidence}


def test_a_scan_finds_records_that_have_nothing_in_common_but_a_third():
    box, number = ("zakupy@kaldan.example",), ("601602603",)
    place = {"city": "Kraków", "street": "Długa 4", "zip": "31-147", "country": "PL"}
    legal = Party(name="KH Inwestycje", vats=("PL5260001246",), **place)
    guests = Party(name="Kaldan Hotel", emails=box, phones=number, country="PL")
    whole = Party(
        name="Kaldan Hotel", vats=("5260001246",), emails=box, phones=number, **place
    )
    profiles = [normalise(party) for party in (legal, guests, whole)]
    assert not set(profiles[0].all_keys) & set(profiles[1].all_keys)

    found = {(pair.left, pair.right): pair.match for pair in scan(profiles)}

    assert compare(profiles[0], profiles[1], {}).verdict is None
    assert found[0, 1].verdict == Verdict.CERTAIN


parties = st.builds(
    Party,
    name=st.sampled_from(["Kaldan Hotel", "Kaldan", "Caldan Hotel", "Bar Kaldan"]),
    vats=st.sampled_from([(), ("5260001246",), ("1234563218",)]),
    phones=st.sampled_from([(), ("601602603",), ("601602604",)]),
    city=st.sampled_from(["", "Kraków", "Gdańsk"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(parties, max_size=7))
def test_a_scan_does_not_depend_on_the_order_of_the_register(register):
    profiles = [normalise(party) for party in register]
    size = len(profiles)

    forwards = {(p.left, p.right): p.match for p in scan(profiles)}
    backwards = {
        (size - 1 - p.right, size - 1 - p.left): p.match for p in scan(profiles[::-1])
    }

    assert {pair: (m.verdict, round(m.points, 6)) for pair, m in forwards.items()} == {
        pair: (m.verdict, round(m.points, 6)) for pair, m in backwards.items()
    }
    assert DEFAULT_SCHEME.thirds
