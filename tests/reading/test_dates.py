from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import find_dates, parse_date
from reading.dates import days_after, find_days
from reading.folding import fold

DAY = date(2026, 12, 31)
dates = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "31.12.2026",
        "31. 12. 2026",
        "31/12/2026",
        "31-12-2026",
        "31.12.26",
        "2026-12-31",
        "2026/12/31",
        "12/31/2026",
        "31 grudnia 2026 r.",
        "31. Dezember 2026",
        "31 December 2026",
        "December 31, 2026",
        "Dec 31st 2026",
        "31 Δεκεμβρίου 2026",
        "Ισχύει έως 31/12/2026",
    ],
)
def test_one_day_in_many_ways(text):
    assert parse_date(text) == DAY


@given(dates, st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]))
def test_what_is_written_is_read(day, form):
    assert parse_date(day.strftime(form)) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31.13.2026",
        "30.02.2026",
        "1.1.1800",
        "5 words 2026",
        "12.5",
        "1.2.3.4.2026",
    ],
)
def test_what_is_no_date(text):
    assert parse_date(text) is None


def test_two_dates_are_not_one():
    assert parse_date("1.2.2026 - 3.4.2026") is None
    assert [one.value for one in find_dates("1.2.2026 - 3.4.2026")] == [
        date(2026, 2, 1),
        date(2026, 4, 3),
    ]


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(
    "names",
    [
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września "
        "października listopada grudnia",
        "Januar Februar März April Mai Juni Juli August September Oktober November "
        "Dezember",
        "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου "
        "Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
        "January February March April May June July August September October November "
        "December",
    ],
    ids=["polish", "german", "greek", "english"],
)
def test_months_of_four_languages(month, names):
    assert parse_date(f"5 {names.split()[month - 1]} 2026") == date(2026, month, 5)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ważna 30 dni", 30),
        ("gültig 14 Tage", 14),
        ("valid for 60 days", 60),
        ("ισχύει 15 ημέρες", 15),
        ("0 days", None),
        ("soon", None),
    ],
)
def test_number_of_days(text, days):
    assert find_days(fold(text)) == days


def test_days_beyond_the_calendar():
    assert days_after(date(2026, 12, 1), 30) == DAY
    assert days_after(date.max, 1) is None


@given(st.text(max_size=80))
def test_no_text_makes_it_fail(text):
    for found in find_dates(fold(text)):
        assert 0 <= found.start < found.end <= len(text)
