import pytest
from hypothesis import given
from hypothesis import strategies as st
from proposal_builders import TODAY, line, offer, proposals

from conflicts import Severity, assess, assess_case, grade

VERDICTS = st.sampled_from(["probable", "certain"])
SHARES = st.floats(0, 1)
PERCENTS = st.floats(0, 100)
DAYS = st.integers(1, 400)


@pytest.mark.parametrize(
    ("verdict", "share", "percent", "days", "expected"),
    [
        ("certain", 1.0, 15.0, 30, Severity.HIGH),
        ("certain", 1.0, 0.0, 30, Severity.MEDIUM),
        ("probable", 1.0, 5.0, 1, Severity.MEDIUM),
        ("probable", 0.1, 1.0, 1, Severity.LOW),
        ("unheard of", 0.0, 0.0, 1, Severity.LOW),
    ],
)
def test_grades(verdict, share, percent, days, expected):
    assert grade(verdict, share, percent, days)[0] == expected


def test_every_grade_gives_its_reasons():
    _severity, reasons = grade("certain", 0.5, 12.34, 30)

    assert [(reason.code, reason.value) for reason in reasons] == [
        ("identity", "certain"),
        ("overlap", "50"),
        ("spread", "12.3"),
        ("time", "30"),
    ]


@given(VERDICTS, SHARES, SHARES, PERCENTS, PERCENTS, DAYS, DAYS)
def test_more_never_lowers_the_severity(verdict, share, share2, pct, pct2, days, days2):
    low = grade(verdict, min(share, share2), min(pct, pct2), min(days, days2))[0]
    high = grade(verdict, max(share, share2), max(pct, pct2), max(days, days2))[0]

    assert high.rank >= low.rank


@given(SHARES, PERCENTS, DAYS)
def test_surer_identity_never_lowers_the_severity(share, percent, days):
    probable = grade("probable", share, percent, days)[0]

    assert grade("certain", share, percent, days)[0].rank >= probable.rank


def test_offers_of_one_side_never_collide():
    assert assess(offer("w", line("a")), offer("w", line("a")), "certain") is None


def test_offers_at_different_times_never_collide():
    past = TODAY.replace(year=2025)
    old = offer("w", line("a"), start=past, end=past)

    assert assess(old, offer("k", line("a")), "certain") is None


def test_offers_of_different_things_never_collide():
    assert assess(offer("w", line("a")), offer("k", line("b")), "certain") is None


@given(proposals("w"), proposals("k"), VERDICTS)
def test_assessment_is_symmetric(left, right, verdict):
    there, back = assess(left, right, verdict), assess(right, left, verdict)

    assert (there is None) == (back is None)
    if there and back:
        assert (there.severity, there.reasons) == (back.severity, back.reasons)
        assert (there.overlap, there.spread) == (back.overlap, back.spread)


def test_case_takes_the_worst_pair_and_the_widest_spread():
    offers = [
        offer("w", line("a", amount=100.0)),
        offer("k", line("a", amount=99.0)),
        offer("g", line("a", amount=60.0)),
    ]
    case = assess_case(offers, lambda _left, _right: "certain")

    assert case is not None
    assert len(case.pairs) == 3
    assert {case.widest.left, case.widest.right} == {"g", "w"}
    assert case.worst.severity == Severity.HIGH


def test_comparison_of_products_beats_one_of_totals():
    offers = [
        offer("w", line("a", amount=100.0)),
        offer("k", line("a", amount=90.0)),
        offer("g", total=1.0),
    ]
    case = assess_case(offers, lambda _left, _right: "certain")

    assert case is not None
    assert case.widest.spread.basis == "products"


def test_offers_to_different_customers_never_collide():
    offers = [offer(side, line("a")) for side in ("w", "k", "g")]
    strangers = {frozenset(("w", "k")), frozenset(("w", "g"))}

    def verdict_of(left, right):
        return None if frozenset((left, right)) in strangers else "certain"

    case = assess_case(offers, verdict_of)

    assert case is not None
    assert [{pair.left, pair.right} for pair in case.pairs] == [{"g", "k"}]
    assert assess_case(offers[:2], verdict_of) is None


def test_case_without_collision_is_none():
    offers = [offer("w", line("a")), offer("k", line("b"))]

    assert assess_case(offers, lambda _left, _right: "certain") is None


@given(proposals("w"), proposals("k"), proposals("g"), VERDICTS)
def test_case_does_not_depend_on_the_order(left, middle, right, verdict):
    there = assess_case([left, middle, right], lambda _a, _b: verdict)
    back = assess_case([right, middle, left], lambda _a, _b: verdict)

    assert there == back


@given(proposals("w"), proposals("k"), proposals("g"), VERDICTS)
def test_another_offer_never_makes_a_case_milder(left, middle, right, verdict):
    small = assess_case([left, middle], lambda _a, _b: verdict)
    large = assess_case([left, middle, right], lambda _a, _b: verdict)

    if small:
        assert large is not None
        assert large.worst.severity.rank >= small.worst.severity.rank
