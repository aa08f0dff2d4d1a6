import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.identifiers import (
    bank_accounts,
    brands,
    company_domains,
    is_mobile,
    national_numbers,
    registry_numbers,
)
from matching.vocabulary import is_free_mail


@pytest.mark.parametrize(
    ("typed", "country", "numbers"),
    [
        ("+48 22 123 45 67", None, ("221234567",)),
        ("0048221234567", None, ("221234567",)),
        ("22 123 45 67", "PL", ("221234567",)),
        ("48221234567", "PL", ("221234567",)),
        ("+49 (0) 421 50622150", None, ("42150622150",)),
        ("0421 506 22150", "DE", ("42150622150",)),
        # 00 within a number is no international prefix.
        ("0152 963 00192", "DE", ("15296300192",)),
        ("+48 518 023 008", "PL", ("518023008",)),
        ("22 123 45 67 wew. 21", "PL", ("221234567",)),
        ("22 123 45 67 ext 4", "PL", ("221234567",)),
        ("+30 210 5264446/22", "GR", ("2105264446",)),
        ("601 234 567, 602 345 678", "PL", ("601234567", "602345678")),
        ("601234567 / 602345678", "PL", ("601234567", "602345678")),
        ("601 234 567/602 345 678", "PL", ("601234567", "602345678")),
        ("22/123-45-67", "PL", ("221234567",)),
        ("+48 22/123-45-67", "PL", ("221234567",)),
        ("(0-22) 123-45-67/89", "PL", ("221234567",)),
        ("089/1234567", "DE", ("891234567",)),
        ("٢٢١٢٣٤٥٦٧", "PL", ("221234567",)),
        ("+999 1234567", None, ("9991234567",)),
        ("000000000", "PL", ()),
        ("123456789", "PL", ()),
        ("12345", "PL", ()),
        ("brak", "PL", ()),
    ],
)
def test_phones(typed, country, numbers):
    assert national_numbers([typed], country) == numbers


@pytest.mark.parametrize("number", ["601234567", "6912345678", "15296300192"])
def test_mobile_numbers(number):
    assert is_mobile(number)


@pytest.mark.parametrize("number", ["221234567", "2105264446", "42150622150"])
def test_landline_numbers(number):
    assert not is_mobile(number)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0000639475", "639475"),
        ("KRS 0000639475", "639475"),
        ("HRB 34003", "HRB34003"),
        ("000", None),
        ("0000000000", None),
    ],
)
def test_register_numbers(typed, number):
    assert registry_numbers([typed]) == ((number,) if number else ())


def test_bank_accounts():
    assert bank_accounts(["PL61 1090 1014 0000 0712 1981 2874", "123", "00000000"]) == (
        "PL61109010140000071219812874",
    )


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("HTTP://WWW.Kaldan.pl/kontakt", "kaldan.pl"),
        ("shop.kaldan.com.pl", "kaldan.com.pl"),
        ("shop.kaldan.co.uk", "kaldan.co.uk"),
        ("kaldan", None),
        ("gmail.com", None),
        ("www.example.com", None),
    ],
)
def test_domains_of_web_sites(website, domain):
    assert company_domains([website], []) == ((domain,) if domain else ())


def test_free_mail_is_no_domain_of_a_firm():
    assert company_domains([], ["a@gmail.com", "b@kaldan.pl"]) == ("kaldan.pl",)


@pytest.mark.parametrize(
    ("host", "is_free"),
    [
        ("gmail.com", True),
        ("outlook.de", True),
        ("yahoo.com.gr", True),
        ("poczta.onet.pl", True),
        ("outlook.consulting", False),
        ("kaldan.pl", False),
    ],
)
def test_free_mail_of_every_country_is_known(host, is_free):
    assert is_free_mail(host) is is_free


def test_what_domains_and_free_mailboxes_say_about_the_name():
    found = brands(["kaldan.pl"], ["jan.kowalski@wp.pl", "office@kaldan.pl"])

    assert list(found) == ["kaldan", "iankovalski"]


@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_text_can_be_read(values):
    for found in (
        national_numbers(values, "PL"),
        registry_numbers(values),
        bank_accounts(values),
        company_domains(values, values),
        tuple(brands(values, values)),
    ):
        assert isinstance(found, tuple)
