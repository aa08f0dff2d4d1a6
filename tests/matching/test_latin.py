import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.latin import fold, latinise, skeleton


@pytest.mark.parametrize(
    ("typed", "latin"),
    [
        ("Łódź", "lodz"),
        ("Żółć", "zolc"),
        ("Müller", "mueller"),
        ("Mu\u0308ller", "mueller"),
        ("Straße", "strasse"),
        ("Παπαδόπουλος", "papadopoulos"),
        ("Χρήστος", "christos"),
        ("Αγγελική Ευαγγέλου", "angeliki evangelou"),
        ("Μαΐου", "maiou"),
        ("ВОДКА", "vodka"),
        ("ＡＣＭＥ", "acme"),
        ("plain ascii", "plain ascii"),
    ],
)
def test_other_scripts_become_latin(typed, latin):
    assert latinise(typed, 100) == latin


@pytest.mark.parametrize(
    ("mixed", "greek"),
    [
        # Latin X, A, P, I within Greek words, and a whole word of Latin shapes.
        ("XAPIΣIAΔH", "ΧΑΡΙΣΙΑΔΗ"),
        ("etaipeia Ελλάς", "εταιρεια Ελλάς"),
    ],
)
def test_letters_of_the_same_shape_are_repaired(mixed, greek):
    assert latinise(mixed, 100) == latinise(greek, 100)


def test_latin_word_with_a_greek_letter_stays_latin():
    assert latinise("GΟLD", 100) == "gold"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mueller", "muller"),
        ("papadopoulos", "papadopulos"),
        ("anthopwleio", "anthopoleio"),
        ("michanikh", "michaniki"),
        ("szymanski", "shymanski"),
        ("waclaw", "vaclav"),
        ("schmitt", "shmit"),
        ("mpillas", "billas"),
    ],
)
def test_spellings_of_one_sound_fold_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("kowal", "nowak"), ("adam", "ada")])
def test_other_words_stay_apart(one, other):
    assert fold(one) != fold(other)


def test_skeleton_keeps_the_first_letter():
    assert skeleton("adamovik") == "admvk"


@given(st.text(max_size=60))
def test_any_text_becomes_plain_and_stays(text):
    latin = latinise(text, 60)

    assert latin.isascii()
    assert latinise(latin, 10_000) == latin


def test_length_is_capped():
    assert len(latinise("a" * 10_000, 200)) == 200
