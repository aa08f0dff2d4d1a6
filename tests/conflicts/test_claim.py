from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflicts import Standing, Term, extended, standing

START = date(2026, 1, 1)
DAYS = st.integers(-40, 200).map(lambda number: START + timedelta(days=number))
CONTACTS = st.lists(DAYS, max_size=8)
TERMS = st.builds(
    lambda length, days: Term(START, START + timedelta(days=length), days),
    st.integers(0, 90),
    st.integers(1, 90),
)
ORDER = (Standing.RELEASED, Standing.ENDING, Standing.LIVE)


def day(number):
    return START + timedelta(days=number)


@pytest.mark.parametrize(
    ("contacts", "end"),
    [
        ([], 30),
        ([day(10)], 40),
        ([day(30)], 60),
        ([day(31)], 30),
        ([day(-1)], 30),
        ([day(50), day(25)], 80),
        ([day(200)], 30),
    ],
    ids=["none", "within", "last day", "too late", "before", "chain", "future"],
)
def test_contacts_extend_from_within(contacts, end):
    term = extended(Term(START, day(30), 30), contacts, day(100))

    assert term == Term(START, day(end), 30)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (day(0), Standing.LIVE),
        (day(23), Standing.LIVE),
        (day(24), Standing.ENDING),
        (day(30), Standing.ENDING),
        (day(31), Standing.RELEASED),
    ],
)
def test_standing(today, expected):
    assert standing(Term(START, day(30), 30), today, 7) == expected


def test_the_end_of_time_is_no_error():
    term = Term(START, date.max, 30)

    assert extended(term, [date.max], date.max).end == date.max


@given(TERMS, CONTACTS, CONTACTS, DAYS)
def test_more_contacts_never_shorten(term, contacts, more, today):
    few = extended(term, contacts, today)

    assert term.end <= few.end <= extended(term, contacts + more, today).end


@given(TERMS, CONTACTS, DAYS)
def test_twice_is_once_in_any_order(term, contacts, today):
    once = extended(term, contacts, today)

    assert extended(once, contacts, today) == once
    assert extended(term, reversed(contacts), today) == once


@given(TERMS, CONTACTS, DAYS, DAYS)
def test_every_day_or_seldom_is_the_same(term, contacts, one_day, other_day):
    """A review that was left out for a while changes nothing."""
    first, last = sorted((one_day, other_day))
    between = extended(term, contacts, first)

    assert extended(between, contacts, last) == extended(term, contacts, last)


@given(TERMS, CONTACTS, DAYS, st.integers(0, 30))
def test_contacts_never_lower_the_standing(term, contacts, today, warn_days):
    without = standing(term, today, warn_days)
    with_them = standing(extended(term, contacts, today), today, warn_days)

    assert ORDER.index(with_them) >= ORDER.index(without)


@given(TERMS, DAYS)
def test_nothing_releases_before_the_end(term, today):
    assert (standing(term, today, 7) == Standing.RELEASED) == (today > term.end)
