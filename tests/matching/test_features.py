"""Every observation of the features, one example each."""

import pytest

from matching import Key, Kind, Party, compare, normalise
from matching.features import observe
from matching.features.pair import Pair


def holders_of(kind, value, number):
    return {Key(kind, value): number}


PERSON = {"is_company": False}
SEEN = [
    ("name_equal_unique", {"name": "Łącznik"}, {"name": "LACZNIK"}, 2),
    ("name_equal_rare", {"name": "Łącznik"}, {"name": "LACZNIK"}, 4),
    ("name_equal_some", {"name": "Łącznik"}, {"name": "LACZNIK"}, 9),
    ("name_equal_common", {"name": "Łącznik"}, {"name": "LACZNIK"}, 10),
    ("name_equal_initials", {"name": "J. Nowak"} | PERSON, {"name": "Nowak J."}, 2),
    ("name_close", {"name": "Infomax"}, {"name": "Infoomix"}, 2),
    ("name_near", {"name": "Infomaxet"}, {"name": "Inofmixet"}, 2),
    ("name_close", {"name": "Jakub Nowak"}, {"name": "Jakob Nowak"}, 2),
    ("name_near", {"name": "Kal Danex"}, {"name": "Kaldenex"}, 2),
    ("name_initials", {"name": "J. Nowak"}, {"name": "Jan Nowak"}, 2),
    ("name_initials_close", {"name": "J. Nowakk"}, {"name": "Jan Nowal"}, 2),
    ("name_contains", {"name": "Infomax Roltan"}, {"name": "Infomax"}, 2),
    ("name_contains_small", {"name": "Infomax Hotel"}, {"name": "Infomax"}, 2),
    ("name_small_words_differ", {"name": "Kamex Hotel"}, {"name": "Kamex Bau"}, 2),
    ("name_part", {"name": "Kamex Roltan"}, {"name": "Kamex Vitabud"}, 2),
    ("name_given_clash", {"name": "Jan Nowak"} | PERSON, {"name": "Ewa Nowak"}, 2),
    ("name_given_clash", {"name": "Kamil Simon"} | PERSON,
     {"name": "Ewa Simon"}, 2),
    ("name_given_only", {"name": "Simon Kamil"} | PERSON,
     {"name": "Simon Ewa"}, 2),
    ("name_given_differs", {"name": "Qqq Nowak"} | PERSON, {"name": "Ewa Nowak"}, 2),
    ("name_given_only", {"name": "Ewa Żak"} | PERSON, {"name": "Ewa Nowak"}, 2),
    ("name_acronym", {"name": "Kamex Vitabud Roltan"}, {"name": "KVR"}, 2),
    ("name_fair", {"name": "Kamexvitabudoltanex"}, {"name": "Kanexvidabudolkaneg"}, 2),
    ("name_common_words", {"name": "Kamex Hotel"}, {"name": "Roltan Hotel"}, 2),
    ("name_differs", {"name": "Kamex"}, {"name": "Roltan"}, 2),
    ("word_rare", {"name": "Kamex Hotel"}, {"name": "Kamex"}, 4),
    ("word_some", {"name": "Kamex Hotel"}, {"name": "Kamex"}, 20),
    ("word_common", {"name": "Kamex Hotel"}, {"name": "Kamex"}, 21),
    ("word_common", {"name": "Kamex Hotel"}, {"name": "Kamex"}, 100),
    ("word_usual", {"name": "Kamex Hotel"}, {"name": "Kamex"}, 101),
    ("rest_places", {"name": "Kamex Polska"}, {"name": "Kamex Hellas"}, 2),
    ("rest_mixed", {"name": "Kamex Roltan"}, {"name": "Kamex Hotel"}, 2),
    ("rest_trades", {"name": "Kamex Transport"}, {"name": "Kamex Piekarnia"}, 2),
    ("rest_trades", {"name": "Kamex Truckinb"}, {"name": "Kamex Texttiles"}, 2),
    ("rest_same_trade", {"name": "Kamex Drukarnia"}, {"name": "Kamex Poligrafia"}, 2),
    ("rest_small", {"name": "Kamex Grupa"}, {"name": "Kamex Serwis"}, 2),
    ("number_equal", {"name": "Kamex 5"}, {"name": "Kamexx 5"}, 2),
    ("number_one_side", {"name": "Kamex 5"}, {"name": "Kamex"}, 2),
    ("legal_differs", {"name": "Kamex GmbH"}, {"name": "Kamex AG"}, 2),
    ("kind_differs", {"is_company": True}, {"is_company": False}, 2),
    ("vat_typo", {"vats": ("5260001246",)}, {"vats": ("5260001247",)}, 2),
    ("vat_doubtful", {"vats": ("5260001246",)}, {"vats": ("9160001247",)}, 2),
    ("tax_equal", {"vats": ("5260001247",)}, {"vats": ("5260001247",)}, 2),
    ("registry_typo", {"registry_numbers": ("12345",)},
     {"registry_numbers": ("12346",)}, 2),
    ("phone_few", {"phones": ("221234567",)}, {"phones": ("221234567",)}, 4),
    ("phone_typo", {"phones": ("221234567",)}, {"phones": ("221234568",)}, 2),
    ("phone_differs", {"phones": ("612345",)}, {"phones": ("612346",)}, 2),
    ("mobile_differs", {"phones": ("601234567",)}, {"phones": ("609999999",)}, 2),
    ("email_close", {"emails": ("nowak@wp.pl",)}, {"emails": ("nowk@wp.pl",)}, 2),
    ("email_differs", {"emails": ("a@kamex.pl",)}, {"emails": ("b@wp.pl",)}, 2),
    ("email_differs_free", {"emails": ("a@op.pl",)}, {"emails": ("b@wp.pl",)}, 2),
    ("email_differs_free", {"emails": ("nowak1@op.pl",)},
     {"emails": ("nowak2@op.pl",)}, 2),
    ("email_places", {"emails": ("lodz@a.pl",), "city": "Łódź"},
     {"emails": ("biuro@a.pl",)}, 2),
    ("email_other_place", {"emails": ("warsaw@a.pl",)},
     {"emails": ("gdansk@a.pl",)}, 2),
    ("email_other_place", {"emails": ("pacanow@a.pl",), "city": "Pacanów"},
     {"emails": ("gdansk@a.pl",)}, 2),
    ("domain_few", {"websites": ("a.pl",)}, {"websites": ("a.pl",)}, 6),
    ("domain_common", {"websites": ("a.pl",)}, {"websites": ("a.pl",)}, 7),
    ("domain_name_equal", {"websites": ("a.pl",)}, {"websites": ("a.com",)}, 2),
    ("brand_is_name", {"websites": ("kamex.pl",)}, {"name": "Kamex"}, 2),
    ("street_common", {"street": "Długa 5"}, {"street": "Długa 5"}, 5),
    ("street_alike", {"street": "Długa"}, {"street": "Długa 5"}, 2),
    ("street_alike_house", {"street": "Jana Długa 5"}, {"street": "Długa 5"}, 2),
    ("street_alike_house", {"street": "Jana Dobra 5"}, {"street": "Janka Dobra 5"}, 2),
    ("street_house_close", {"street": "Długa 5"}, {"street": "Długa 5a"}, 2),
    ("street_house_close", {"street": "Długa 15"}, {"street": "Długa 16"}, 2),
    ("street_house_differs", {"street": "Długa 5"}, {"street": "Długa 17"}, 2),
    ("street_flat_differs", {"street": "Długa 5/1"}, {"street": "Długa 5/2"}, 2),
    ("street_part", {"street": "Jana Dobrego 5"}, {"street": "Jana Wielkiego 7"}, 2),
    ("street_part_house", {"street": "Pawla Dobrego 5"},
     {"street": "Pawla Wielkiego 5"}, 2),
    ("street_differs", {"street": "Długa 5"}, {"street": "Krótka 5"}, 2),
    ("street_differs_in_city", {"street": "Długa 5", "city": "Łódź"},
     {"street": "Krótka 5", "city": "Łódź"}, 2),
    ("city_close", {"city": "Kraków"}, {"city": "Krakuw"}, 2),
    ("city_close", {"city": "Bydg."}, {"city": "Bydgoszcz"}, 2),
    ("city_close", {"city": "Gorzów Wlkp."}, {"city": "Gorzów Wielkopolski"}, 2),
    ("city_close", {"city": "Greater London"}, {"city": "London"}, 2),
    ("city_close", {"city": "By."}, {"city": "Bytom"}, 2),
    ("city_differs", {"city": "Bielawa"}, {"city": "Biała Podlaska"}, 2),
    ("zip_close", {"zip": "90-001"}, {"zip": "90-002"}, 2),
    ("contact_equal", {"contact_persons": ("Jan Nowak",)},
     {"contact_persons": ("Nowak Jan",)}, 2),
    ("contact_close", {"contact_persons": ("Jan Nowak",)},
     {"contact_persons": ("Jan Nowat",)}, 2),
    ("contact_mailbox", {"contact_persons": ("Jan Nowak",)},
     {"emails": ("j.nowak@kamex.pl",)}, 2),
    ("contact_mailbox", {"contact_persons": ("Nowak Jan",)},
     {"emails": ("nowakjan77@wp.pl",), "contact_persons": ("Ewa Lis",)}, 2),
    ("contact_differs", {"contact_persons": ("Jan Nowak",), "emails": ("lis@a.pl",)},
     {"contact_persons": ("Ewa Lis",), "emails": ("lis@a.pl",)}, 2),
    ("contact_is_name", {"contact_persons": ("Jan Nowak",)},
     {"name": "FHU Jan Nowak"}, 2),
    ("contact_is_name", {"contact_persons": ("Nowak",)}, {"name": "Nowak"}, 2),
    ("contact_of_firm", {"contact_persons": ("Jan Nowak",), "name": "Kamex GmbH"},
     {"name": "Jan Nowak"} | PERSON, 2),
    ("identifiers_several", {"phones": ("221234567",), "emails": ("a@wp.pl",)},
     {"phones": ("221234567",), "emails": ("a@wp.pl",)}, 2),
    ("other_name_several", {"phones": ("221234567",), "emails": ("a@wp.pl",),
     "name": "Kamex"}, {"phones": ("221234567",), "emails": ("a@wp.pl",),
     "name": "Roltan"}, 2),
    ("other_name_persons", {"phones": ("221234567",), "name": "Jan Żak"} | PERSON,
     {"phones": ("221234567",), "name": "Ewa Nowak"} | PERSON, 2),
    ("other_name_vat", {"vats": ("5260001246",), "name": "Kamex"},
     {"vats": ("5260001246",), "name": "Roltan"}, 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "left", "right", "number"),
    SEEN,
    ids=[f"{number}-{row[0]}" for number, row in enumerate(SEEN)],
)
def test_what_is_seen(code, left, right, number):
    home = {"home_countries": ("PL",)}
    one_side, other = (normalise(Party(**home | side)) for side in (left, right))
    counts = dict.fromkeys(one_side.keys & other.keys, number)

    assert code in {found[0] for found in observe(one_side, other, counts)}


def test_fewest_holders_decide():
    profile = normalise(Party(phones=("221234567", "601234567"), country="PL"))
    counts = holders_of(Kind.PHONE, "221234567", 50)
    pair = Pair(profile, profile, counts)

    assert pair.fewest(Kind.PHONE, profile.phones) == (2, "601234567")


@pytest.mark.parametrize(
    ("left", "right", "code"),
    [
        # Each word has one partner only, whichever side it is on.
        ("Kamex Kamet", "Kamek", "name_contains"),
        ("J. Jan Nowak", "Jerzy Nowak", "name_contains"),
        ("Kamex Nieruch.", "Kamex Nieruchomości", "name_close"),
        ("Kamex Nieruch. Nier.", "Kamex Nieruchomości", "name_contains"),
        ("Kamex Alarm Roltany", "Kamex Roltanowe Alarm", "name_near"),
        ("Optyk SokoleO ko", "Optyk Sokole Oko Elbląg", "name_contains"),
    ],
)
def test_words_of_two_names_are_paired_once(left, right, code):
    one_side, other = (normalise(Party(name=name)) for name in (left, right))

    assert compare(one_side, other, {}).evidence[0].code == code
