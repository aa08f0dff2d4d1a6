"""Who belongs together."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgements import Link, components

PAIRS = st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda p: p[0] != p[1])
LINKS = st.lists(
    st.builds(
        lambda pair, strength: Link(*pair, strength),
        PAIRS,
        st.sampled_from([1.0, 2.0, 3.0, math.inf]),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("links", "apart", "expected"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param([(1, 2, 5)], [], [{1, 2}], id="one link"),
        pytest.param([(1, 2, 5), (2, 3, 5)], [], [{1, 2, 3}], id="chain"),
        pytest.param(
            [(1, 2, 5), (3, 4, 5)], [], [{1, 2}, {3, 4}], id="two groups, by oldest"
        ),
        pytest.param([(1, 2, 5), (2, 1, 3)], [], [{1, 2}], id="both directions"),
        pytest.param([(1, 2, 5)], [(2, 1)], [], id="cut directly"),
        pytest.param(
            [(1, 2, 9), (2, 3, 5)], [(1, 3)], [{1, 2}], id="weaker link gives way"
        ),
        pytest.param(
            [(1, 2, 5), (2, 3, 9)], [(1, 3)], [{2, 3}], id="whichever is weaker"
        ),
        pytest.param(
            [(1, 2, 9), (3, 4, 9), (2, 3, 5)],
            [(1, 4)],
            [{1, 2}, {3, 4}],
            id="cut through others",
        ),
        pytest.param(
            [(1, 2, 9), (2, 3, math.inf)], [(1, 3)], [{2, 3}], id="people first"
        ),
        pytest.param([(1, 2, 5)], [(7, 8)], [{1, 2}], id="others' quarrels"),
    ],
)
def test_groups(links, apart, expected):
    found = components([Link(*link) for link in links], apart)

    assert list(found) == expected


@given(LINKS, st.lists(PAIRS, max_size=6), st.randoms())
def test_order_and_direction_change_nothing(links, apart, random):
    mixed = [Link(link.right, link.left, link.strength) for link in links]
    random.shuffle(mixed)
    turned = [(right, left) for left, right in apart]
    random.shuffle(turned)

    assert components(mixed, turned) == components(links, apart)


@given(LINKS, st.lists(PAIRS, max_size=6))
def test_who_is_apart_is_never_brought_together(links, apart):
    for group in components(links, apart):
        for left, right in apart:
            assert not {left, right} <= group


@given(LINKS)
def test_nobody_is_in_two_groups_or_alone(links):
    groups = components(links, [])

    assert sum(map(len, groups)) == len(frozenset().union(*groups))
    assert all(len(group) > 1 for group in groups)
