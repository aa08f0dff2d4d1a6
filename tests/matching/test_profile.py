import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import (
    PROFILE_VERSION,
    Key,
    Kind,
    Party,
    Profile,
    ProfileError,
    choose_scheme,
    normalise,
)

FIRM = Party(
    name="P.H.U. Łącznik Instalacje Sp. z o.o.",
    is_company=True,
    vats=("NIP: 526-000-12-46",),
    registry_numbers=("KRS 0000639475",),
    emails=("Biuro@lacznik.pl",),
    phones=("22 123 45 67 wew. 3",),
    websites=("www.lacznik.pl",),
    street="ul. Długa 5/3",
    city="Warsaw",
    zip="00-950",
    country="pl",
    contact_persons=("Pan Jan Kowalski", ""),
    bank_accounts=("61 1090 1014 0000 0712 1981 2874",),
)


def test_profile_of_a_firm():
    profile = normalise(FIRM)

    assert profile.name == FIRM.name
    assert profile.is_person is False
    assert (profile.words, profile.kinds) == (("laknik", "instalakie"), "cs")
    assert profile.legal_form == "llc_pl"
    assert profile.vats == ("PL5260001246",)
    assert profile.tax_numbers == ("5260001246",)
    assert profile.registry_numbers == ("639475",)
    assert profile.phones == ("221234567",)
    assert profile.domains == ("lacznik.pl",)
    assert (profile.street, profile.house, profile.flat) == ("dluga", "5", "3")
    assert (profile.city, profile.zip, profile.country) == ("varsava", "00950", "PL")
    assert profile.contacts == ("ian kovalski",)


def test_every_kind_of_key():
    found = normalise(FIRM).all_keys
    person = normalise(
        Party(
            name="Jan Nowak 7",
            is_company=False,
            street="Długa 5",
            city="Łódź",
            zip="90-001",
        )
    )

    kinds = {key.kind for key in found | person.all_keys}
    assert kinds == set(Kind)
    assert normalise(FIRM).keys < found
    assert Key(Kind.VAT, "PL5260001246") in found
    assert Key(Kind.TAX, "5260001246") in found


def test_strong_kinds_identify():
    strong = {kind for kind in Kind if kind.is_strong}

    assert strong == {
        Kind.VAT,
        Kind.TAX,
        Kind.REGISTRY,
        Kind.PHONE,
        Kind.EMAIL,
        Kind.BANK,
    }


def test_nothing_known_gives_no_key():
    assert normalise(Party()).keys == frozenset()


@pytest.mark.parametrize(
    ("party", "is_person"),
    [
        (Party(name="Jan Nowak", is_company=True), False),
        (Party(name="Acme", is_company=False), True),
        (Party(name="Jan Nowak"), True),
        (Party(name="J. Nowak"), True),
        (Party(name="Jan Nowak Sp. z o.o."), False),
        (Party(name="Jan Nowak", vats=("5260001246",), country="PL"), False),
        (Party(name="Łącznik"), None),
        (Party(name="Jan"), None),
        (Party(), None),
    ],
)
def test_persons_are_told_by_their_names(party, is_person):
    assert normalise(party).is_person is is_person


def test_tax_number_under_a_wrong_country_is_found_by_the_home_countries():
    party = Party(vats=("526-000-12-46",), country="GR", home_countries=("PL", "DE"))

    assert normalise(party).vats == ("PL5260001246",)


def test_tax_number_with_a_wrong_check_digit_is_doubtful():
    profile = normalise(Party(vats=("526-000-12-47",), country="PL"))

    assert profile.vats == ()
    assert profile.tax_numbers == ("5260001247",)


def test_phone_without_prefix_is_read_at_the_only_home():
    party = Party(phones=("48221234567",), home_countries=("PL",))

    assert normalise(party).phones == ("221234567",)


def test_dump_is_short_and_versioned():
    text = normalise(FIRM).dump()

    assert json.loads(text)[0] == PROFILE_VERSION
    assert len(text) < 700


@pytest.mark.parametrize("text", ["", "{", "null", "3", "[]"])
def test_unreadable_profiles_are_refused(text):
    with pytest.raises(ProfileError) as caught:
        Profile.load(text)

    assert caught.value.code == "profile_unreadable"


@pytest.mark.parametrize("text", ["[0]", f"[{PROFILE_VERSION}]"])
def test_profiles_of_another_version_are_refused(text):
    with pytest.raises(ProfileError) as caught:
        Profile.load(text)

    assert caught.value.code == "profile_version"


WORDS = st.text(max_size=25)
VALUES = st.lists(WORDS, max_size=3).map(tuple)
PARTIES = st.builds(
    Party,
    name=st.text(max_size=60),
    is_company=st.sampled_from([True, False, None]),
    vats=VALUES,
    registry_numbers=VALUES,
    emails=VALUES,
    phones=VALUES,
    websites=VALUES,
    street=WORDS,
    city=WORDS,
    zip=WORDS,
    country=st.sampled_from([None, "PL", "GR", "DE", "XX"]),
    contact_persons=VALUES,
    bank_accounts=VALUES,
    home_countries=st.sampled_from([(), ("PL",), ("PL", "GR")]),
)


@given(PARTIES)
def test_dump_and_load_are_inverse(party):
    profile = normalise(party)

    assert Profile.load(profile.dump()) == profile
    assert all(key.value for key in profile.keys)


@given(PARTIES)
def test_normalising_twice_gives_the_same(party):
    assert normalise(party) == normalise(party)


def test_lengths_are_capped():
    many = ("1" * 5000,) * 5000
    party = Party("a b " * 9000, None, many, many, many, many, many, "s" * 9000)
    profile = normalise(party)

    assert len(profile.dump()) < 10_000
    assert len(profile.keys) < 200


def test_register_of_persons_without_identifiers_has_its_own_scheme():
    person = normalise(Party(name="Jan Nowak", is_company=False, city="Łódź"))
    known = normalise(Party(name="Jan Nowak", is_company=False, phones=("601234567",)))

    assert choose_scheme([person] * 20).name == "persons-2026-11c"
    assert choose_scheme([person, known]).name == "points-2026-11d"
    assert choose_scheme([person, normalise(FIRM)]).name == "points-2026-11d"
    assert choose_scheme([]).name == "points-2026-11d"


def test_short_names_have_no_keys_of_a_place_but_their_numbers():
    profile = normalise(Party(name="AB 24", city="Gdynia", is_company=True))

    found = {key.kind for key in profile.all_keys - profile.keys}

    assert Kind.NUMBER_CITY in found
    assert not found & {Kind.ENDS_CITY, Kind.START_PLACE}


def test_words_of_two_letters_say_nothing_about_a_place():
    profile = normalise(Party(name="Xi", city="Gdynia", is_company=True))

    assert Kind.ENDS_CITY not in {key.kind for key in profile.all_keys}
