"""What compare() promises whatever is compared."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    CODES,
    DEFAULT_SCHEME,
    Evidence,
    Key,
    Kind,
    Match,
    Party,
    Verdict,
    compare,
    load_scheme,
    normalise,
)
from matching.exact.evidence import Evidence as ExactEvidence
from matching.features import FEATURES, observe
from matching.features.pair import Pair

SCHEMES = ["card-2026-11", "points-2026-11", "persons-2026-11"]
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


def holders_of(kind, value, number):
    return {Key(kind, value): number}


LAC = {"is_company": True, "country": "PL"}
PERSON = {"is_company": False}
SEEN = [
    ("name_equal_unique", {"name": "Łącznik"}, {"name": "LACZNIK"}, 2),
    ("name_equal_rare", {"name": "Łącznik"}, {"name": "LACZNIK"}, 4),
    ("name_equal_some", {"name": "Łącznik"}, {"name": "LACZNIK"}, 9),
    ("name_equal_common", {"name": "Łącznik"}, {"name": "LACZNIK"}, 10),
    ("name_equal_initials", {"name": "J. Nowak"} | PERSON, {"name": "Nowak J."}, 2),
    ("name_close", {"name": "Infomax"}, {"name": "Infoomix"}, 2),
    ("name_near", {"name": "Infomaxet"}, {"name": "Inofmixet"}, 2),
    ("name_close", {"name": "Jakub Nowak"}, {"name": "Jakob Nowak"}, 2),
    ("name_near", {"name": "Kal Danex"}, {"name": "Kaldenex"}, 2),
    ("name_initials", {"name": "J. Nowak"}, {"name": "Jan Nowak"}, 2),
    ("name_initials_close", {"name": "J. Nowakk"}, {"name": "Jan Nowal"}, 2),
    ("name_contains", {"name": "Infomax Roltan"}, {"name": "Infomax"}, 2),
    ("name_contains_small", {"name": "Infomax Hotel"}, {"name": "Infomax"}, 2),
    ("name_small_words_differ", {"name": "Kamex Hotel"}, {"name": "Kamex Bau"}, 2),
    ("name_part", {"name": "Kamex Roltan"}, {"name": "Kamex Vitabud"}, 2),
    ("name_given_clash", {"name": "Jan Nowak"} | PERSON, {"name": "Ewa Nowak"}, 2),
    ("name_given_differs", {"name": "Qqq Nowak"} | PERSON, {"name": "Ewa Nowak"}, 2),
    ("name_given_only", {"name": "Ewa Żak"} | PERSON, {"name": "Ewa Nowak"}, 2),
    ("name_acronym", {"name": "Kamex Vitabud Roltan"}, {"name": "KVR"}, 2),
    ("name_fair", {"name": "Kamexvitabudoltanex"}, {"name": "Kanexvidabudolkaneg"}, 2),
    ("name_common_words", {"name": "Kamex Hotel"}, {"name": "Roltan Hotel"}, 2),
    ("name_differs", {"name": "Kamex"}, {"name": "Roltan"}, 2),
    ("word_rare", {"name": "Kamex Hotel"}, {"name": "Kamex"}, 4),
    ("word_some", {"name": "Kamex Hotel"}, {"name": "Kamex"}, 20),
    ("word_common", {"name": "Kamex Hotel"}, {"name": "Kamex"}, 21),
    ("rest_places", {"name": "Kamex Polska"}, {"name": "Kamex Hellas"}, 2),
    ("rest_mixed", {"name": "Kamex Roltan"}, {"name": "Kamex Hotel"}, 2),
    ("number_equal", {"name": "Kamex 5"}, {"name": "Kamexx 5"}, 2),
    ("number_one_side", {"name": "Kamex 5"}, {"name": "Kamex"}, 2),
    ("legal_differs", {"name": "Kamex GmbH"}, {"name": "Kamex AG"}, 2),
    ("kind_differs", {"is_company": True}, {"is_company": False}, 2),
    ("vat_typo", {"vats": ("5260001246",)}, {"vats": ("5260001247",)}, 2),
    ("vat_doubtful", {"vats": ("5260001246",)}, {"vats": ("9160001247",)}, 2),
    ("tax_equal", {"vats": ("5260001247",)}, {"vats": ("5260001247",)}, 2),
    ("registry_typo", {"registry_numbers": ("12345",)},
     {"registry_numbers": ("12346",)}, 2),
    ("phone_few", {"phones": ("221234567",)}, {"phones": ("221234567",)}, 4),
    ("phone_typo", {"phones": ("221234567",)}, {"phones": ("221234568",)}, 2),
    ("phone_differs", {"phones": ("612345",)}, {"phones": ("612346",)}, 2),
    ("mobile_differs", {"phones": ("601234567",)}, {"phones": ("609999999",)}, 2),
    ("email_close", {"emails": ("nowak@wp.pl",)}, {"emails": ("nowk@wp.pl",)}, 2),
    ("email_differs", {"emails": ("a@kamex.pl",)}, {"emails": ("b@wp.pl",)}, 2),
    ("email_differs_free", {"emails": ("a@op.pl",)}, {"emails": ("b@wp.pl",)}, 2),
    ("email_differs_free", {"emails": ("nowak1@op.pl",)},
     {"emails": ("nowak2@op.pl",)}, 2),
    ("email_places", {"emails": ("lodz@a.pl",), "city": "Łódź"},
     {"emails": ("biuro@a.pl",)}, 2),
    ("domain_few", {"websites": ("a.pl",)}, {"websites": ("a.pl",)}, 6),
    ("domain_common", {"websites": ("a.pl",)}, {"websites": ("a.pl",)}, 7),
    ("domain_name_equal", {"websites": ("a.pl",)}, {"websites": ("a.com",)}, 2),
    ("brand_is_name", {"websites": ("kamex.pl",)}, {"name": "Kamex"}, 2),
    ("street_common", {"street": "Długa 5"}, {"street": "Długa 5"}, 5),
    ("street_alike", {"street": "Długa"}, {"street": "Długa 5"}, 2),
    ("street_alike_house", {"street": "Jana Długa 5"}, {"street": "Długa 5"}, 2),
    ("street_alike_house", {"street": "Jana Dobra 5"}, {"street": "Janka Dobra 5"}, 2),
    ("street_house_close", {"street": "Długa 5"}, {"street": "Długa 5a"}, 2),
    ("street_house_close", {"street": "Długa 15"}, {"street": "Długa 16"}, 2),
    ("street_house_differs", {"street": "Długa 5"}, {"street": "Długa 17"}, 2),
    ("street_flat_differs", {"street": "Długa 5/1"}, {"street": "Długa 5/2"}, 2),
    ("street_part", {"street": "Jana Dobrego 5"}, {"street": "Jana Wielkiego 7"}, 2),
    ("street_part_house", {"street": "Pawla Dobrego 5"},
     {"street": "Pawla Wielkiego 5"}, 2),
    ("street_differs", {"street": "Długa 5"}, {"street": "Krótka 5"}, 2),
    ("street_differs_in_city", {"street": "Długa 5", "city": "Łódź"},
     {"street": "Krótka 5", "city": "Łódź"}, 2),
    ("city_close", {"city": "Kraków"}, {"city": "Krakuw"}, 2),
    ("city_close", {"city": "Bydg."}, {"city": "Bydgoszcz"}, 2),
    ("zip_close", {"zip": "90-001"}, {"zip": "90-002"}, 2),
    ("contact_equal", {"contact_persons": ("Jan Nowak",)},
     {"contact_persons": ("Nowak Jan",)}, 2),
    ("contact_close", {"contact_persons": ("Jan Nowak",)},
     {"contact_persons": ("Jan Nowat",)}, 2),
    ("contact_is_name", {"contact_persons": ("Jan Nowak",)},
     {"name": "FHU Jan Nowak"}, 2),
    ("contact_is_name", {"contact_persons": ("Nowak",)}, {"name": "Nowak"}, 2),
    ("contact_of_firm", {"contact_persons": ("Jan Nowak",), "name": "Kamex GmbH"},
     {"name": "Jan Nowak"} | PERSON, 2),
    ("identifiers_several", {"phones": ("221234567",), "emails": ("a@wp.pl",)},
     {"phones": ("221234567",), "emails": ("a@wp.pl",)}, 2),
    ("other_name_several", {"phones": ("221234567",), "emails": ("a@wp.pl",),
     "name": "Kamex"}, {"phones": ("221234567",), "emails": ("a@wp.pl",),
     "name": "Roltan"}, 2),
    ("other_name_persons", {"phones": ("221234567",), "name": "Jan Żak"} | PERSON,
     {"phones": ("221234567",), "name": "Ewa Nowak"} | PERSON, 2),
    ("other_name_vat", {"vats": ("5260001246",), "name": "Kamex"},
     {"vats": ("5260001246",), "name": "Roltan"}, 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "left", "right", "number"),
    SEEN,
    ids=[f"{number}-{row[0]}" for number, row in enumerate(SEEN)],
)
def test_what_is_seen(code, left, right, number):
    home = {"home_countries": ("PL",)}
    one_side, other = (normalise(Party(**home | side)) for side in (left, right))
    counts = dict.fromkeys(one_side.keys & other.keys, number)

    assert code in {found[0] for found in observe(one_side, other, counts)}


def test_fewest_holders_decide():
    profile = normalise(Party(phones=("221234567", "601234567"), country="PL"))
    counts = holders_of(Kind.PHONE, "221234567", 50)
    pair = Pair(profile, profile, counts)

    assert pair.fewest(Kind.PHONE, profile.phones) == (2, "601234567")


def test_two_sets_of_keys_are_still_compared_exactly():
    key = Key(Kind.VAT, "PL5260001246")

    assert compare(frozenset([key]), frozenset([key]), {}) == (
        ExactEvidence("vat_equal", key.value, key.value),
    )


def test_a_profile_and_a_set_cannot_be_compared():
    with pytest.raises(TypeError):
        compare(normalise(Party()), frozenset(), {})


def test_default_scheme_is_a_named_version():
    assert DEFAULT_SCHEME is load_scheme("points-2026-11")


@pytest.mark.parametrize(
    ("left", "right", "code"),
    [
        # Each word has one partner only, whichever side it is on.
        ("Kamex Kamet", "Kamek", "name_contains"),
        ("J. Jan Nowak", "Jerzy Nowak", "name_contains"),
        ("Kamex Nieruch.", "Kamex Nieruchomości", "name_close"),
        ("Kamex Nieruch. Nier.", "Kamex Nieruchomości", "name_contains"),
        ("Kamex Alarm Roltany", "Kamex Roltanowe Alarm", "name_near"),
        ("Optyk SokoleO ko", "Optyk Sokole Oko Elbląg", "name_contains"),
    ],
)
def test_words_of_two_names_are_paired_once(left, right, code):
    one_side, other = (normalise(Party(name=name)) for name in (left, right))

    assert compare(one_side, other, {}).evidence[0].code == code
