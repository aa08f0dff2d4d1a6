"""Who is one customer and who only looks alike: the lists of the issue."""

import pytest

from matching import Key, Kind, Party, Verdict, compare, normalise

FIRM = {"is_company": True, "country": "PL"}
PERSON = {"is_company": False, "country": "PL"}
GREEK = {"is_company": True, "country": "GR"}
GERMAN = {"is_company": True, "country": "DE"}
VAT, OTHER_VAT = "526-000-12-46", "123-456-32-18"
PHONE, MOBILE = "22 123 45 67", "601 234 567"


def match(left, right, counts=None):
    return compare(normalise(Party(**left)), normalise(Party(**right)), counts or {})


def holders(record, number):
    """Every key of a record is held by so many."""
    return dict.fromkeys(normalise(Party(**record)).keys, number)


ONE_CUSTOMER = {
    "tax number with and without prefix": (
        {"name": "Łącznik Sp. z o.o.", "vats": (VAT,), **FIRM},
        {"name": "Lacznik", "vats": ("PL5260001246",), **FIRM},
    ),
    "Greek tax number with EL, name in Latin letters": (
        {"name": "Παπαδόπουλος Α.Ε.", "vats": ("EL 094259216",), **GREEK},
        {"name": "PAPADOPOULOS SA", "vats": ("094259216",), **GREEK},
    ),
    "legal form written out, phone in another format": (
        {"name": "Łącznik Sp. z o.o.", "phones": (PHONE,), "city": "Łódź", **FIRM},
        {
            "name": "Łącznik spółka z ograniczoną odpowiedzialnością",
            "phones": ("+48221234567 wew. 5",),
            "city": "Lodz",
            **FIRM,
        },
    ),
    "several phones in one field": (
        {"name": "Łącznik", "phones": ("22 123 45 67, 601 234 567",), **FIRM},
        {"name": "Łacznik", "phones": ("+48 601 234 567",), **FIRM},
    ),
    "umlauts and an abbreviated street": (
        {
            "name": "Müller Söhne GmbH",
            "street": "Hauptstraße 5",
            "city": "München",
            **GERMAN,
        },
        {
            "name": "Mueller Soehne",
            "street": "Hauptstr. 5",
            "city": "Munich",
            **GERMAN,
        },
    ),
    "word order and spacing": (
        {"name": "Kal-Dan Transport", "emails": ("biuro@kaldan.pl",), **FIRM},
        {"name": "TRANSPORT KALDAN", "emails": ("Biuro@Kaldan.PL",), **FIRM},
    ),
    "typing error and register number": (
        {"name": "Infomax", "registry_numbers": ("KRS 0000554286",), **FIRM},
        {"name": "Infomaks", "registry_numbers": ("554286",), **FIRM},
    ),
    "given name in its short form": (
        {"name": "Kasia Nowakowska", "phones": (MOBILE,), **PERSON},
        {"name": "Nowakowska Katarzyna", "phones": ("+48601234567",), **PERSON},
    ),
    "Greek short form in another script": (
        {"name": "Γιάννης Χαρισιάδης", "phones": ("6912345678",), **GREEK},
        {"name": "Ioannis Charisiadis", "phones": ("+306912345678",), **GREEK},
    ),
    "initial": (
        {"name": "M. Gajewski", "emails": ("m.gajewski@op.pl",), **PERSON},
        {"name": "Maciej Gajewski", "emails": ("m.gajewski@op.pl",), **PERSON},
    ),
    "moved": (
        {
            "name": "Infomax",
            "street": "Długa 5",
            "city": "Łódź",
            "phones": (PHONE, MOBILE),
            **FIRM,
        },
        {
            "name": "Infomax",
            "street": "Krótka 7",
            "city": "Kraków",
            "phones": (PHONE, MOBILE),
            **FIRM,
        },
    ),
    "firm and its owner": (
        {
            "name": "Salon Urody Afrodyta",
            "contact_persons": ("Igor Dubis",),
            "vats": (VAT,),
            "emails": ("igordubis@gmail.com",),
            **FIRM,
        },
        {
            "name": "Igor Dubis",
            "vats": (VAT,),
            "emails": ("igordubis@gmail.com",),
            **PERSON,
        },
    ),
    "bank account": (
        {"name": "Infomax", "bank_accounts": ("PL61 1090 1014 0000",), **FIRM},
        {"name": "Infomax SA", "bank_accounts": ("PL61109010140000",), **FIRM},
    ),
}


@pytest.mark.parametrize(
    ("left", "right"), ONE_CUSTOMER.values(), ids=ONE_CUSTOMER.keys()
)
def test_one_customer_is_found(left, right):
    found = match(left, right)

    assert found.verdict in {Verdict.CERTAIN, Verdict.PROBABLE}
    assert found.score > 0.5


@pytest.mark.parametrize(
    ("left", "right"), ONE_CUSTOMER.values(), ids=ONE_CUSTOMER.keys()
)
def test_one_customer_meets_under_a_key(left, right):
    one, other = normalise(Party(**left)), normalise(Party(**right))

    assert one.keys & other.keys


AT_HOME = {"street": "Długa 5/3", "city": "Warszawa", "zip": "00-950"}
LOOK_ALIKES = {
    "other branch of a group, other tax number": (
        {"name": "Infomax Sp. z o.o.", "vats": (VAT,), "phones": (PHONE,), **FIRM},
        {
            "name": "Infomax Sp. z o.o.",
            "vats": (OTHER_VAT,),
            "phones": (PHONE,),
            **FIRM,
        },
    ),
    "other firm with the accountant's phone": (
        {"name": "Solarimet", "phones": (PHONE,), **FIRM},
        {"name": "Zagrajek Bracia", "phones": (PHONE,), **FIRM},
    ),
    "other firm at one address": (
        {"name": "Solarimet", **AT_HOME, **FIRM},
        {"name": "Zagrajek Bracia", **AT_HOME, **FIRM},
    ),
    "franchise in another city": (
        {
            "name": "Zdrowa Półka Chrzanów",
            "city": "Chrzanów",
            "emails": ("chrzanow@polka.pl",),
            **FIRM,
        },
        {
            "name": "Zdrowa Półka Łódź",
            "city": "Łódź",
            "emails": ("lodz@polka.pl",),
            **FIRM,
        },
    ),
    "household": (
        {"name": "Anna Wiśniewska", "phones": (PHONE, MOBILE), **AT_HOME, **PERSON},
        {
            "name": "Piotr Wiśniewski",
            "phones": (PHONE, "602 345 678"),
            **AT_HOME,
            **PERSON,
        },
    ),
    "common name and nothing else": (
        {"name": "Jan Kowalski", "emails": ("jkowal@wp.pl",), **PERSON},
        {"name": "Jan Kowalski", "emails": ("kowalski7@op.pl",), **PERSON},
    ),
    "common name in another city": (
        {"name": "Jan Kowalski", "city": "Łódź", **PERSON},
        {"name": "Jan Kowalski", "city": "Kraków", **PERSON},
    ),
    "numbered firms of one owner": (
        {
            "name": "Alfigen Immobilien 20",
            "phones": (PHONE,),
            "emails": ("kontakt@alfigen.eu",),
            **FIRM,
        },
        {
            "name": "Alfigen Immobilien 35",
            "phones": (PHONE,),
            "emails": ("kontakt@alfigen.eu",),
            **FIRM,
        },
    ),
    "numbered schools of one city": (
        {"name": "Szkoła Podstawowa nr 32", "city": "Poznań", **FIRM},
        {"name": "Szkoła Podstawowa nr 53", "city": "Poznań", **FIRM},
    ),
    "near name": (
        {"name": "Pimit", "city": "Poznań", "emails": ("biuro@pimit.pl",), **FIRM},
        {"name": "Pigit", "city": "Poznań", "emails": ("biuro@pigit.pl",), **FIRM},
    ),
    "woman and man of one given name": (
        {"name": "Kamil Żak", **AT_HOME, **PERSON},
        {"name": "Kamila Żak", **AT_HOME, **PERSON},
    ),
    "nothing known of either": ({}, {}),
}


@pytest.mark.parametrize(
    ("left", "right"), LOOK_ALIKES.values(), ids=LOOK_ALIKES.keys()
)
def test_look_alikes_are_not_taken_for_one(left, right):
    found = match(left, right, holders(left, 12))

    assert found.verdict in {None, Verdict.POSSIBLE, Verdict.SAME_GROUP}


def test_clashing_tax_numbers_make_a_group_of_alike_names():
    left, right = LOOK_ALIKES["other branch of a group, other tax number"]

    assert match(left, right).verdict == Verdict.SAME_GROUP


def test_clashing_tax_numbers_of_strangers_are_nothing():
    left = {"name": "Solarimet", "vats": (VAT,), **FIRM}
    right = {"name": "Zagrajek Bracia", "vats": (OTHER_VAT,), **FIRM}

    assert match(left, right).verdict is None


def test_two_units_of_one_payer_are_a_group():
    left = {"name": "Gmina Września Szkoła nr 5", "vats": (VAT,), **FIRM}
    right = {"name": "Gmina Września Szkoła nr 7", "vats": (VAT,), **FIRM}

    assert match(left, right).verdict == Verdict.SAME_GROUP


def test_two_recipients_of_one_payer_with_nothing_else_in_common_are_a_group():
    left = {"name": "Biblioteka", "vats": (VAT,), "phones": (PHONE,), **FIRM}
    left |= {"street": "Długa 5", "city": "Łódź"}
    right = {"name": "Przedszkole Tęcza", "vats": (VAT,), "phones": (MOBILE,), **FIRM}
    right |= {"street": "Krótka 7", "city": "Łódź"}

    assert match(left, right).verdict == Verdict.SAME_GROUP


def test_contact_person_beside_the_firm_is_a_group():
    firm = {
        "name": "Notidomi A.E.",
        "contact_persons": ("Σουμέλα Μεϊμάρη",),
        **GREEK,
    }
    person = {"name": "Soumela Meimari", "is_company": False, "country": "GR"}

    assert match(firm, person).verdict == Verdict.SAME_GROUP


def test_shared_value_weighs_less_when_many_hold_it():
    left = {"name": "Solarimet", "phones": (PHONE,), **FIRM}
    right = {"name": "Solarimet Medica", "phones": (PHONE,), **FIRM}
    common = {Key(Kind.PHONE, "221234567"): 40}

    assert match(left, right, common).points < match(left, right).points


def test_tax_number_with_one_wrong_digit_is_no_clash():
    left = {"name": "Infomax", "vats": (VAT,), "city": "Łódź", **FIRM}
    right = {"name": "Infomax", "vats": ("526-000-12-47",), "city": "Łódź", **FIRM}

    assert match(left, right).verdict in {Verdict.CERTAIN, Verdict.PROBABLE}
