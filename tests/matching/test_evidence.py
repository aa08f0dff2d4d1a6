"""What compare() promises whatever is compared."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    CODES,
    DEFAULT_SCHEME,
    Evidence,
    Match,
    Party,
    Verdict,
    compare,
    load_scheme,
    normalise,
)
from matching.features import FEATURES, observe

SCHEMES = ["card-2026-11", "points-2026-11c", "points-2026-11d", "persons-2026-11c"]
# Few values, so that records meet and clash often.
NAMES = """Łącznik Sp. z o.o.|Lacznik|Łącznik Instalacje|Łącznik Transport|Łacznik Łódź
    |Łącznik Kraków GmbH|Jan Nowak|J. Nowak|Janina Nowak|Nowak Adam|A. Nowak|Adam Novák
    |FHU Nowak Jan|Szkoła nr 5|Szkoła nr 7|Kal-Dan|Kaldan Hotel|Kal Danx 5|KDH|Hotel
    |Kal Dan Hotel|Pimit|Pigit|Κάλνταν Α.Ε.||Bar i Grill|Transport Bar|J. A. Nowak"""
VATS = ["5260001246", "1234563218", "5260001247", "PL 526-000-12-46", "987"]
EMAILS = """biuro@kaldan.pl|info@kaldan.pl|jan.nowak@wp.pl|jan.nowak@wp.com|j@op.pl
    |nowak@lacznik.pl|lodz@lacznik.pl|jannowak1@wp.pl|x@kaldan.com|biuro@kaldam.pl"""
PHONES = ["601234567", "601234568", "602345678", "221234567", "22 123 45 68", "612345"]
STREETS = """Długa 5|Długa 5/3|Długa 5/4|Dluga 55|Dlugga 5|Długa|Długa 17|Krótka 5
    |Jana Długa 5|Jana Pawła 5|Jana Dobrego 5|Jana Dobrego 9|Długa 5a"""


def some(text, most):
    values = [value.strip() for value in text.split("|")]
    return st.lists(st.sampled_from(values), max_size=most).map(tuple)


def one(text):
    return st.sampled_from(["", *(value.strip() for value in text.split("|"))])


PARTIES = st.builds(
    Party,
    name=one(NAMES),
    is_company=st.sampled_from([True, False, None]),
    vats=some("|".join(VATS), 1),
    registry_numbers=some("0000639475|0000639476|0000111222", 2),
    emails=some(EMAILS, 2),
    phones=some("|".join(PHONES), 2),
    websites=some("kaldan.pl|lacznik.pl|pimit.pl", 1),
    street=one(STREETS),
    city=one("Łódź|Lodz|Kraków|Warszawa|Warzawa|Warsaw"),
    zip=one("90-001|90-002|31-100"),
    country=st.sampled_from([None, "PL", "DE"]),
    contact_persons=some("Jan Nowak|Jan Nowaq|Adam Nowak|Ewa", 2),
    bank_accounts=some("PL61109010140000|PL61109010140001", 1),
)
PROFILES = PARTIES.map(normalise)


@st.composite
def pairs(draw):
    left, right = draw(PROFILES), draw(PROFILES)
    shared = sorted(left.keys & right.keys)
    counts = {key: draw(st.sampled_from([2, 4, 6, 30])) for key in shared}
    return left, right, counts


def swapped(evidence):
    return tuple(Evidence(e.code, e.points, e.right, e.left) for e in evidence)


@pytest.mark.parametrize("name", SCHEMES)
@settings(max_examples=100)
@given(pair=pairs())
def test_swapping_the_sides_swaps_the_values_only(name, pair):
    left, right, counts = pair
    there = compare(left, right, counts, load_scheme(name))
    back = compare(right, left, counts, load_scheme(name))

    assert there == Match(back.score, back.points, back.verdict, swapped(back.evidence))


@pytest.mark.parametrize("name", SCHEMES)
@settings(max_examples=100)
@given(pair=pairs())
def test_rows_and_base_add_up_to_the_points(name, pair):
    scheme = load_scheme(name)
    found = compare(*pair, scheme)

    total = scheme.base + sum(row.points for row in found.evidence)
    assert math.isclose(total, found.points, abs_tol=1e-9)
    assert 0 <= found.score <= 1
    assert {row.code for row in found.evidence} <= CODES


@given(pairs())
def test_weightiest_evidence_comes_first(pair):
    weights = [abs(row.points) for row in compare(*pair).evidence]

    assert weights == sorted(weights, reverse=True)


@settings(max_examples=100)
@given(pairs())
def test_each_feature_speaks_at_most_once(pair):
    codes = [found[0] for found in observe(*pair)]

    assert len(codes) == len(set(codes))


@given(PROFILES)
def test_nothing_in_common_with_nobody(profile):
    found = compare(profile, normalise(Party()), {})

    # A lone brand or contact person has nothing to meet.
    assert found.verdict is None


@given(pairs())
def test_clashing_tax_numbers_are_never_more_than_a_group(pair):
    found = compare(*pair)

    if "vat_differs" in {row.code for row in found.evidence}:
        assert found.verdict in {None, Verdict.SAME_GROUP}


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_compared(one_text, other_text, third_text):
    left, right = (
        normalise(
            Party(
                name=name,
                emails=(third_text, name),
                phones=(third_text,),
                street=third_text,
                city=name,
                contact_persons=(third_text,),
            )
        )
        for name in (one_text, other_text)
    )

    assert 0 <= compare(left, right, {}).score <= 1


def test_every_scheme_weighs_every_code():
    for name in SCHEMES:
        assert set(load_scheme(name).points) == set(load_scheme(SCHEMES[0]).points)


def test_every_feature_says_what_it_sees():
    assert all(look.__doc__ for look in FEATURES.values())


def test_default_scheme_is_a_named_version():
    assert DEFAULT_SCHEME is load_scheme("points-2026-11d")
