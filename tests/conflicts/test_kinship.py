from hypothesis import given
from hypothesis import strategies as st

from conflicts import DEFAULT_SCHEME, Kinship, grade

A, B, C, A2 = 1, 2, 3, 11
FAMILY = {A: A, A2: A, B: B, C: C}
FAMILIES = st.sampled_from([A, B, C])
PAIRS = st.frozensets(st.frozensets(FAMILIES, min_size=2, max_size=2), max_size=3)
RECORDS = st.sampled_from(sorted(FAMILY))


def kin(*, different=(), grouped=(), counts=False, identity=None):
    pairs = (frozenset(map(frozenset, some)) for some in (different, grouped))
    return Kinship(FAMILY, identity or {}, *pairs, counts)


def test_records_of_one_family_are_one_customer():
    assert kin(grouped=[(A, B)]).verdict(A, A2) == "certain"


def test_guests_of_an_identity_are_probably_one_customer():
    assert kin().verdict(A, B) == "probable"


def test_a_group_counts_only_where_the_policy_says_so():
    assert kin(grouped=[(A, B)]).verdict(A2, B) is None
    assert kin(grouped=[(A, B)], counts=True).verdict(A2, B) == "same_group"


def test_a_group_reaches_over_a_company_between():
    chain = [(A, B), (B, C)]

    assert kin(grouped=chain, counts=True).verdict(A, C) == "same_group"
    assert kin(grouped=chain).verdict(A, C) is None


def test_a_group_reaches_around_a_ring_of_companies():
    ring = [(1, 2), (1, 3), (2, 3), (3, 4)]
    family = {one: one for one in range(1, 6)}
    kinship = Kinship(family, {}, frozenset(), frozenset(map(frozenset, ring)), True)

    assert kinship.verdict(1, 4) == "same_group"
    assert kinship.verdict(1, 5) == "probable"


def test_who_shares_an_identity_is_not_made_a_stranger_by_a_third_company():
    chain = [(A, B), (B, C)]

    assert kin(grouped=chain, identity={A: 5, C: 5}).verdict(A, C) == "probable"


def test_different_beats_every_group():
    chain = [(A, B), (B, C)]

    assert kin(different=[(A, C)], grouped=chain, counts=True).verdict(A, C) is None


@given(RECORDS, RECORDS, PAIRS, PAIRS, st.booleans())
def test_swapping_changes_nothing(left, right, different, grouped, counts):
    kinship = Kinship(FAMILY, {}, different, grouped, counts)

    assert kinship.verdict(left, right) == kinship.verdict(right, left)


@given(RECORDS, RECORDS, PAIRS, PAIRS)
def test_counting_groups_only_ever_adds_conflicts(left, right, different, grouped):
    off = Kinship(FAMILY, {}, different, grouped).verdict(left, right)
    on = Kinship(FAMILY, {}, different, grouped, True).verdict(left, right)

    assert off in (on, None)
    assert on == off or on == "same_group"


@given(st.floats(0, 1), st.floats(0, 100), st.integers(1, 400))
def test_a_group_is_never_graded_worse_than_one_customer(share, percent, days):
    ranks = [
        grade(verdict, share, percent, days)[0].rank
        for verdict, _points in DEFAULT_SCHEME.identity_points
    ]

    assert ranks == sorted(ranks, reverse=True)
