import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.legal import split_legal_form
from matching.names import NameParts, parse_name, repair, spell_out


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("Łącznik Sp. z o.o.", "llc_pl"),
        ("Łącznik spółka z ograniczoną odpowiedzialnością", "llc_pl"),
        ("SPÓŁKA Z O.O. Łącznik", "llc_pl"),
        ("Łącznik Sp.zo.o.", "llc_pl"),
        ("Łącznik sp z o o sp k", "lp_pl"),
        ("Łącznik spółka jawna", "gp_pl"),
        ("Łącznik S.A.", "sa"),
        ("Φάρμα Α.Ε.", "sa"),
        ("Φάρμα Ανώνυμη Εταιρεία", "sa"),
        ("Φάρμα Ι.Κ.Ε.", "ike"),
        ("Farma Etairia Periorismenhs Euthunhs", "epe"),
        ("Meier GmbH", "gmbh"),
        ("Meier Gesellschft mit beschränkter Haftung", "gmbh"),
        ("Meier GmbH & Co. KG", "gmbh_kg"),
        ("Meier GmbH und Co. Kommanditgesellschaft", "gmbh_kg"),
        ("Offene Hanndelsgesellschaft Meier", "ohg"),
        ("Meier UG (haftungsbeschränkt)", "ug"),
        ("Acme, Inc.", "inc"),
        ("Acme Limited Liability Company", "llc"),
        ("Acme Publicc Limited Company", "plc"),
        ("Acme Ltd", "ltd"),
        ("Acme", ""),
    ],
)
def test_legal_forms_of_any_spelling_and_place(typed, form):
    assert parse_name(typed).legal_form == form


def test_name_of_nothing_but_a_legal_form_keeps_it():
    assert split_legal_form(("gmbh",)) == (("gmbh",), "")


def test_initials_in_front_are_no_legal_form():
    assert parse_name("A. E. Smith", is_person=False).legal_form == ""
    assert parse_name("A. E. Smith", is_person=True).words == ("a", "e", "smit")


@pytest.mark.parametrize(
    ("typed", "words", "kinds"),
    [
        ("P.P.H.U. Łącznik Sp. z o.o.", ("laknik",), "c"),
        ("Łącznik Instalacje", ("laknik", "instalakie"), "cs"),
        ("Łącznik Instalajce", ("laknik", "instalaike"), "cs"),
        ("Hotel", ("hotel",), "c"),
        ("Kal-Dan", ("kal", "dan"), "cg"),
        ("Łącznik Polska", ("laknik", "polska"), "cp"),
        ("ΑΦΟΙ Παππά", ("avi", "papa"), "sc"),
        ("Α/ΦΟΙ Παππά", ("avi", "papa"), "sc"),
        ("Transport Kasia Nowak", ("transport", "katazina", "novak"), "sgc"),
    ],
)
def test_words_of_firms(typed, words, kinds):
    parts = parse_name(typed)

    assert (parts.words, parts.kinds) == (words, kinds)


def test_own_city_in_a_name_is_a_place_even_with_a_typing_error():
    parts = parse_name("Kamex Grudziondz", frozenset({"grudiadz", "grudiondz"}))

    assert parts.kinds == "cp"


def test_numbers_are_kept_apart():
    parts = parse_name("Szkoła Podstawowa nr 032")

    assert parts.numbers == ("32",)
    assert "032" not in parts.words


def test_persons_have_full_given_names_and_no_titles():
    parts = parse_name("Pani Kasia Nowak", is_person=True)

    assert (parts.words, parts.kinds) == (("katazina", "novak"), "gc")


def test_greek_short_form_is_the_full_name():
    short = parse_name("Γιάννης Παππάς", is_person=True)
    full = parse_name("Ιωάννης Παππάς", is_person=True)

    assert short.words == full.words


@pytest.mark.parametrize(
    ("typed", "country", "full"),
    [
        ("Lena", "GR", "Eleni"),
        ("Lena", "DE", "Magdalena"),
        ("Kate", "GB", "Catherine"),
        ("Gogo", "GR", "Georgia"),
        ("Georgia", "GR", "Georgia"),
        ("Basia", "", "Barbara"),
    ],
)
def test_short_names_are_what_people_of_the_country_mean(typed, country, full):
    short = parse_name(f"{typed} Nowak", is_person=True, country=country)

    assert short == parse_name(f"{full} Nowak", is_person=True, country=country)


@pytest.mark.parametrize(
    "mailbox", ["kelsey_farley@aol.com", "kelseyfarley7@aol.com", "farley.kelsey@a.pl"]
)
def test_initial_is_spelled_out_as_in_the_mailbox(mailbox):
    parts = spell_out(parse_name("K. Farley", is_person=True), [mailbox])

    assert parts == NameParts(("kelsei", "varlei"), "gc", (), "")


@pytest.mark.parametrize(
    "mailbox", ["ivan_farley@aol.com", "office@aol.com", "k.farley@aol.com"]
)
def test_other_mailboxes_spell_nothing_out(mailbox):
    name = parse_name("K. Farley", is_person=True)

    assert spell_out(name, [mailbox]) == name


def test_known_given_name_from_a_mailbox_is_one():
    parts = spell_out(parse_name("J. Nowak", is_person=True), ["jan.nowak@wp.pl"])

    assert parts.kinds == "gc"


def test_full_name_needs_no_mailbox():
    name = parse_name("Jan Nowak", is_person=True)

    assert spell_out(name, ["adam.nowak@wp.pl"]) == name


def test_word_is_corrected_by_the_own_domain():
    assert repair(parse_name("Elektro Gspix"), ["gapix.de"]).words[-1] == "gapih"


@pytest.mark.parametrize("domain", ["gapix.de", "another.de", "ab.de"])
def test_right_and_foreign_words_stay(domain):
    name = parse_name("Gapix")

    assert repair(name, [domain]) == name


@given(st.text(max_size=80), st.booleans())
def test_any_name_can_be_read(text, is_person):
    parts = parse_name(text, is_person=is_person)

    assert len(parts.words) == len(parts.kinds) <= 12
