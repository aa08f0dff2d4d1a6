import pytest

from spreadsheet import date_pattern, money_pattern


@pytest.mark.parametrize(
    ("strftime", "pattern"),
    [
        ("%d.%m.%Y", "dd.mm.yyyy"),
        ("%m/%d/%Y", "mm/dd/yyyy"),
        ("%Y-%m-%d", "yyyy-mm-dd"),
        ("%-d %b %y", "dd mmm yy"),
        ("%A, %d %B %Y", "dddd, dd mmmm yyyy"),
        ("%j", "yyyy-mm-dd"),
        ("", "yyyy-mm-dd"),
        ('"=1', "yyyy-mm-dd"),
    ],
)
def test_date_format_of_a_language(strftime, pattern):
    assert date_pattern(strftime) == pattern


@pytest.mark.parametrize(
    ("currency", "digits", "pattern"),
    [
        ("PLN", 2, '#,##0.00\\ "PLN"'),
        ("JPY", 0, '#,##0\\ "JPY"'),
        ('"&A', 2, "#,##0.00"),
        ("", 3, "#,##0.000"),
    ],
)
def test_format_of_money(currency, digits, pattern):
    assert money_pattern(currency, digits) == pattern
