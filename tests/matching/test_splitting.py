"""Keys that too many share, split by what else their holders have in common."""

from array import array
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Key, Kind, Party, normalise
from matching.batch import (
    Candidate,
    Caps,
    add_keys,
    add_pairs,
    blocks,
    candidates,
    new_partitions,
)
from matching.hopeless import is_hopeless
from matching.scan import scan
from matching.splitting import MARKS, marks, split

WORD = Key(Kind.WORD, "baltik")
STREET = Key(Kind.STREET, "polna|7")
PHONE = Key(Kind.PHONE, "601602603")


def known(*cities):
    """Return marks of records of which nothing but a number for the city is known."""
    return array("H", (n for city in cities for n in (city, *[0] * (MARKS - 1))))


def proposed(key, known_marks, count):
    partitions, ranges = new_partitions(), new_partitions()
    for record in range(count):
        add_keys(partitions, record, [key])
    for block in (block for partition in partitions for block in blocks(partition)):
        add_pairs(ranges, block, 1000, Caps(), known_marks)
    return [pair for part in ranges for pair in candidates(part)]


@pytest.mark.parametrize(
    ("key", "places", "names"),
    [
        pytest.param(WORD, 0, 0, id="word"),
        pytest.param(STREET, 1, 0, id="address"),
        pytest.param(PHONE, 0, 0, id="telephone of a call centre"),
    ],
)
def test_key_of_many_proposes_those_with_a_mark_in_common(key, places, names):
    cities = [*range(1, 100), 50]

    found = proposed(key, known(*cities), 100)

    assert found == [Candidate(49, 99, strong=0, places=places, names=names)]


def test_weak_block_that_is_backed_up_by_a_mark_proposes():
    found = proposed(WORD, known(*range(1, 12), 4), 12)

    assert [(pair.left, pair.right, pair.names) for pair in found] == [(3, 11, 0)]


def test_key_of_few_is_not_split():
    (pair,) = proposed(WORD, known(7, 7), 2)

    assert pair.names == 1


def test_what_is_not_known_is_nothing_in_common():
    assert proposed(WORD, known(*[0] * 100), 100) == []


def test_mark_that_all_have_proposes_nobody():
    assert proposed(WORD, known(*[7] * 5000), 5000) == []


def test_group_that_is_still_too_large_is_split_again():
    # Ten in each of three cities, of whom two have the street in common as well.
    rows = [(city, street) for city in (1, 2, 3) for street in (*range(1, 10), 9)]
    marked = array("H", (n for row in rows for n in (*row, *[0] * (MARKS - 2))))

    groups = list(split(range(30), marked, 8))

    assert [8, 9] in groups
    assert [18, 19] in groups
    assert all(1 < len(group) <= 8 for group in groups)


MARKED = st.lists(st.tuples(*[st.integers(0, 3)] * MARKS), max_size=30)


@given(rows=MARKED, size=st.integers(2, 8))
def test_groups_have_a_mark_in_common_and_are_small(rows, size):
    marked = array("H", (number for row in rows for number in row))

    for group in split(range(len(rows)), marked, size):
        assert 1 < len(group) <= size
        assert all(
            any(a == b != 0 for a, b in zip(rows[one], rows[other], strict=True))
            for one, other in combinations(group, 2)
        )


@given(name=st.text(), city=st.text(), street=st.text())
def test_any_customer_has_marks(name, city, street):
    found = marks(normalise(Party(name=name, city=city, street=street)))

    assert len(found) == MARKS
    assert all(0 <= number < 65536 for number in found)


def test_unknown_values_make_no_mark():
    assert marks(normalise(Party())) == (0,) * MARKS


def test_spelling_and_order_change_no_mark_of_a_name():
    left = marks(normalise(Party(name="Nowak Łucja", is_company=False)))
    right = marks(normalise(Party(name="ŁUCJA NOWAK", is_company=False)))

    assert sum(1 for a, b in zip(left, right, strict=True) if a and a == b) == 3


def test_mark_in_common_asks_for_names_that_are_nearly_equal():
    split_only = Candidate(0, 1, strong=0, places=0, names=0)
    names = "Joanna Nowak", "Joanna Nowakk", "Janina Nowicka"
    first, near, other = (
        normalise(Party(name=name, phones=(f"60160260{n}",)))
        for n, name in enumerate(names)
    )

    assert not is_hopeless(split_only, first, near)
    assert is_hopeless(split_only, first, other)


def test_scan_finds_a_usual_name_at_one_address():
    cities = "Radom", "Gdynia"
    people = [
        normalise(
            Party(
                name="Jan Kowalski",
                is_company=False,
                city=cities[number % 2],
                street=f"Polna {number}",
                phones=(f"6016026{number:02d}",),
            )
        )
        for number in range(80)
    ]
    again = normalise(
        Party(name="Kowalski Jan", is_company=False, city="Gdynia", street="Polna 11")
    )

    found = {(pair.left, pair.right) for pair in scan([*people, again])}

    assert (11, 80) in found
    assert len(found) < 10
