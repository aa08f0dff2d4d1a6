import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Key, Kind, Party, Verdict, judge, keys
from matching.exact.evidence import CODES, Evidence, compare
from matching.exact.scheme import EXACT_SCHEME

VAT = Key(Kind.VAT, "PL5260001246")
OTHER_VAT = Key(Kind.VAT, "PL1234563218")
TAX = Key(Kind.TAX, "PL5260001247")
MAIL = Key(Kind.EMAIL, "biuro@lacznik.example")
PHONE = Key(Kind.PHONE, "+48221234567")
COMMON = EXACT_SCHEME.rare_holders + 1


def verdict(left, right, holders=None):
    return judge(compare(frozenset(left), frozenset(right), holders or {}))


@pytest.mark.parametrize(
    ("shared", "common", "expected"),
    [
        ([VAT], [], Verdict.CERTAIN),
        ([VAT], [VAT], Verdict.CERTAIN),
        ([MAIL, PHONE], [], Verdict.CERTAIN),
        ([MAIL, TAX], [], Verdict.CERTAIN),
        ([MAIL], [], Verdict.PROBABLE),
        ([PHONE], [], Verdict.PROBABLE),
        ([TAX], [], Verdict.PROBABLE),
        ([MAIL, PHONE], [PHONE], Verdict.PROBABLE),
        ([MAIL], [MAIL], Verdict.POSSIBLE),
        ([MAIL, PHONE], [MAIL, PHONE], Verdict.POSSIBLE),
        ([], [], None),
    ],
)
def test_verdicts(shared, common, expected):
    assert verdict(shared, shared, dict.fromkeys(common, COMMON)) == expected


def test_two_valid_tax_numbers_outweigh_everything_else():
    left, right = [VAT, MAIL, PHONE], [OTHER_VAT, MAIL, PHONE]

    assert verdict(left, right) == Verdict.POSSIBLE


def test_two_tax_numbers_and_nothing_in_common_is_nobody():
    assert verdict([VAT], [OTHER_VAT]) is None


def test_one_of_several_tax_numbers_is_enough():
    assert verdict([VAT, OTHER_VAT], [OTHER_VAT]) == Verdict.CERTAIN


def test_same_record_is_certain_whatever_else_is_seen():
    evidence = [Evidence("same_record", "", ""), Evidence("vat_differs", "a", "b")]

    assert judge(evidence) == Verdict.CERTAIN


def test_evidence_shows_both_values_of_a_clash():
    evidence = compare(frozenset([VAT]), frozenset([OTHER_VAT]), {})

    assert evidence == (Evidence("vat_differs", VAT.value, OTHER_VAT.value),)


def test_keys_of_a_party():
    party = Party(
        vats=("526-000-12-46",),
        emails=("Biuro@lacznik.example",),
        phones=("22 123 45 67", ""),
        country="PL",
    )

    assert keys(party) == {VAT, MAIL, PHONE}


def test_unknown_country_is_tried_at_every_home():
    party = Party(vats=("526-000-12-46",), home_countries=("DE", "PL"))

    # The German reading does not check, so only the Polish one is left.
    assert keys(party) == {VAT}


def test_known_country_is_not_guessed_again():
    party = Party(phones=("22 123 45 67",), country="GR", home_countries=("PL",))

    assert PHONE not in keys(party)


KEY_SETS = st.frozensets(
    st.sampled_from([VAT, OTHER_VAT, TAX, MAIL, PHONE, Key(Kind.EMAIL, "a@b.pl")])
)
HOLDERS = st.dictionaries(st.sampled_from([MAIL, PHONE, TAX]), st.integers(0, 9))


@given(KEY_SETS, KEY_SETS, HOLDERS)
def test_swapping_the_sides_changes_nothing(left, right, holders):
    there, back = compare(left, right, holders), compare(right, left, holders)

    assert judge(there) == judge(back)
    assert {(e.code, e.left, e.right) for e in there} == {
        (e.code, e.right, e.left) for e in back
    }


@given(KEY_SETS, KEY_SETS, HOLDERS, st.sampled_from([MAIL, PHONE]))
def test_one_more_shared_value_never_lowers_the_verdict(left, right, holders, more):
    before = verdict(left, right, holders)
    after = verdict(left | {more}, right | {more}, holders)

    assert after is not None
    assert before is None or after.rank >= before.rank


@given(KEY_SETS, HOLDERS)
def test_who_shares_nothing_is_nobody(left, holders):
    assert verdict(left, [], holders) is None


@given(st.text(max_size=50), st.text(max_size=50), st.text(max_size=50))
def test_any_typed_text_gives_keys(vat, email, phone):
    party = Party(
        vats=(vat,), emails=(email,), phones=(phone,), home_countries=("PL", "GR")
    )

    assert all(key.value for key in keys(party))


def test_comparison_and_verdict_know_the_same_codes():
    every = [VAT, TAX, MAIL, PHONE]
    rare = compare(frozenset(every), frozenset(every), {})
    common = compare(frozenset(every), frozenset(every), dict.fromkeys(every, COMMON))
    clash = compare(frozenset([VAT]), frozenset([OTHER_VAT]), {})

    seen = {item.code for item in (*rare, *common, *clash)}
    assert seen | {"same_record"} == CODES
    # Whatever speaks for a match leads to a verdict.
    for code in CODES - {"vat_differs"}:
        assert judge([Evidence(code, "", "")]) is not None
