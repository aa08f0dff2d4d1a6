import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import normalise_phones

ONE_NUMBER = [
    ("22 123 45 67", "PL"),
    ("22/123-45-67", "PL"),
    ("(22) 123.45.67", "PL"),
    ("+48 22 123 45 67", None),
    ("0048 22 123 45 67", None),
    ("0048221234567", "DE"),
    ("+48 (0)22 123 45 67", "PL"),
    ("22 123 45 67 wew. 12", "PL"),
    ("22 123 45 67 ext. 12", "PL"),
    ("tel. 22 123 45 67", "PL"),
    ("２２１２３４５６７", "PL"),
    ("48221234567", "PL"),
]


@pytest.mark.parametrize(("value", "country"), ONE_NUMBER)
def test_ways_to_write_one_number_are_one(value, country):
    assert normalise_phones(value, country) == ("+48221234567",)


@pytest.mark.parametrize(
    "value",
    [
        "22 123 45 67 / 600 700 800",
        "22 123 45 67, 600-700-800",
        "221234567; +48600700800",
        "22 123 45 67 lub 600 700 800",
        "(22) 123 45 67 | 600 700 800 | 22 1234567",
    ],
)
def test_several_numbers_in_one_field(value):
    assert normalise_phones(value, "PL") == ("+48221234567", "+48600700800")


@pytest.mark.parametrize(
    ("value", "country", "expected"),
    [
        ("210 1234567", "GR", "+302101234567"),
        ("030/1234567", "DE", "+49301234567"),
        ("06 6982", "IT", "+39066982"),
    ],
)
def test_other_countries(value, country, expected):
    assert normalise_phones(value, country) == (expected,)


@pytest.mark.parametrize(
    "value", ["", "brak", "000000000", "12", "222 222 222", "999 999 999", "-"]
)
def test_dummies_and_words_are_no_numbers(value):
    assert normalise_phones(value, "PL") == ()


def test_without_country_a_local_number_means_nothing():
    assert normalise_phones("22 123 45 67", None) == ()


@given(st.text(max_size=300), st.none() | st.text(max_size=3))
def test_any_text_is_survived(value, country):
    normalise_phones(value, country)


@given(st.text("0123456789+/()-., x", max_size=60), st.sampled_from(["PL", "DE", "GR"]))
def test_normalising_twice_changes_nothing(value, country):
    for number in normalise_phones(value, country):
        assert normalise_phones(number, None) == (number,)
