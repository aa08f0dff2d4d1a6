"""Which records end up as one customer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.cluster import Link, clusters

NO_NUMBER = frozenset()


def certain(left, right, score=0.99):
    return Link(left, right, score, is_certain=True)


def probable(left, right, score=0.8):
    return Link(left, right, score, is_certain=False)


def without_numbers(_record):
    return NO_NUMBER


def test_certain_links_are_followed_from_one_to_the_next():
    found = clusters([certain(1, 2), certain(3, 2), certain(3, 9)], without_numbers)

    assert found == [(1, 2, 3, 9)]


def test_groups_of_certain_links_are_joined():
    links = [certain(1, 2, 0.999), certain(3, 4, 0.998), certain(4, 5), certain(2, 3)]

    assert clusters(links, without_numbers) == [(1, 2, 3, 4, 5)]


def test_probable_link_joins_two_single_records():
    assert clusters([probable(7, 3)], without_numbers) == [(3, 7)]


def test_nothing_is_concluded_over_a_probable_link():
    found = clusters([probable(1, 2, 0.9), probable(2, 3, 0.8)], without_numbers)

    assert found == [(1, 2)]


def test_probable_links_between_all_of_them_make_one_group():
    links = [certain(1, 2), probable(1, 3), probable(3, 2)]

    assert clusters(links, without_numbers) == [(1, 2, 3)]


def test_different_valid_tax_numbers_are_never_in_one_group():
    numbers = {1: frozenset({"PL1"}), 3: frozenset({"PL3"})}
    links = [certain(1, 2, 0.995), certain(2, 3, 0.99)]

    found = clusters(links, lambda record: numbers.get(record, NO_NUMBER))

    assert found == [(1, 2)]


def test_groups_that_share_one_of_several_tax_numbers_are_joined():
    numbers = {1: frozenset({"PL1", "DE9"}), 2: frozenset({"PL1"})}

    assert clusters([certain(1, 2)], numbers.__getitem__) == [(1, 2)]


def test_a_link_within_a_group_changes_nothing():
    links = [certain(1, 2), certain(2, 3), certain(1, 3)]

    assert clusters(links, without_numbers) == [(1, 2, 3)]


def test_without_links_there_are_no_groups():
    assert clusters([], without_numbers) == []


LINKS = st.lists(
    st.builds(
        Link,
        st.integers(0, 9),
        st.integers(10, 19),
        st.sampled_from([0.5, 0.9, 0.99]),
        st.booleans(),
    ),
    max_size=30,
)


@given(links=LINKS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_links_does_not_matter(links, order):
    unique = list({(link.left, link.right): link for link in links}.values())
    mixed = unique[:]
    order.shuffle(mixed)
    swapped = [Link(x.right, x.left, x.score, x.is_certain) for x in mixed]

    assert clusters(swapped, without_numbers) == clusters(unique, without_numbers)


@given(links=LINKS)
def test_no_group_holds_clashing_numbers(links):
    def number(record):
        return frozenset({str(record % 3)}) if record % 4 else NO_NUMBER

    for group in clusters(links, number):
        assert len({number(record) for record in group} - {NO_NUMBER}) <= 1


@pytest.mark.parametrize("count", [2, 50])
def test_a_star_of_certain_links_is_one_group(count):
    found = clusters([certain(0, n) for n in range(1, count)], without_numbers)

    assert found == [tuple(range(count))]
