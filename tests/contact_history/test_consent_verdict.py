"""Who may be contacted, from what was said and when."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent import PURPOSES, Statement, decide

NOW = datetime(2026, 3, 10, 12)  # noqa: DTZ001  Odoo's moments have no zone


def said(*decisions, days_ago=10):
    """Return statements, the first one the oldest, a day between two of them."""
    return [
        Statement(number, NOW - timedelta(days=days_ago - number), decision)
        for number, decision in enumerate(decisions)
    ]


def ask(own=(), house=(), purpose="service", needs_consent=False, is_blacklisted=False):
    return decide(
        own,
        house,
        purpose,
        needs_consent=needs_consent,
        is_blacklisted=is_blacklisted,
    )


@pytest.mark.parametrize(
    ("decisions", "allowed", "reason"),
    [
        ((), True, "unasked"),
        (("refused",), False, "refused"),
        (("granted",), True, "granted"),
        (("refused", "granted"), True, "granted"),
        (("granted", "refused"), False, "refused"),
        (("refused", "withdrawn"), True, "unasked"),
        (("refused", "preferred"), True, "granted"),
    ],
)
def test_newest_word_counts(decisions, allowed, reason):
    verdict = ask(said(*decisions))

    assert (verdict.is_allowed, verdict.reason) == (allowed, reason)


@pytest.mark.parametrize(
    ("decisions", "allowed"),
    [((), False), (("granted",), True), (("granted", "withdrawn"), False)],
)
def test_silence_is_no_consent_where_it_is_needed(decisions, allowed):
    verdict = ask(said(*decisions), purpose="marketing", needs_consent=True)

    assert verdict.is_allowed is allowed


def test_wish_for_a_channel_is_no_consent_to_advertising():
    wish = said("preferred")

    assert not ask(wish, purpose="marketing", needs_consent=True).is_allowed
    assert not ask(said("refused", "preferred"), purpose="marketing").is_allowed


def test_own_word_counts_before_that_of_the_company():
    assert not ask((), said("refused")).is_allowed
    assert ask(said("granted"), said("refused", days_ago=1)).is_allowed


def test_blacklist_stops_all_but_service():
    assert ask(is_blacklisted=True).is_allowed
    verdict = ask(said("granted"), purpose="feedback", is_blacklisted=True)
    assert (verdict.is_allowed, verdict.reason) == (False, "blacklisted")


def test_verdict_names_the_statement_that_decided():
    assert ask(said("granted", "refused")).statement_id == 1
    assert ask().statement_id is None


def test_unknown_purpose_is_refused():
    with pytest.raises(ValueError, match="unknown_purpose"):
        ask(purpose="spying")


@given(
    st.lists(st.sampled_from(["granted", "refused", "preferred", "withdrawn"])),
    st.sampled_from(PURPOSES),
    st.booleans(),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_order_of_reading_does_not_matter(
    decisions, purpose, needs_consent, is_blacklisted, chance
):
    statements = said(*decisions)
    mixed = chance.sample(statements, len(statements))
    options = {"needs_consent": needs_consent, "is_blacklisted": is_blacklisted}

    assert ask(mixed, (), purpose, **options) == ask(statements, (), purpose, **options)


@given(st.lists(st.sampled_from(["granted", "refused", "preferred", "withdrawn"])))
def test_nobody_is_contacted_after_a_last_refusal(decisions):
    for purpose in PURPOSES:
        assert not ask(said(*decisions, "refused"), purpose=purpose).is_allowed
