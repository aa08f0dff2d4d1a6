import pytest
from hypothesis import given
from hypothesis import strategies as st

from finding import Marker, parse_query
from matching import latinise


def plain(text):
    return latinise(text, 100_000)


def marker(question, near=None):
    return Marker(parse_query(question, plain), near or {}, plain)


def shown(segments):
    return "".join(f"[{s.text}]" if s.is_hit else s.text for s in segments)


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("lacznik", "Zakład ŁĄCZNIK sp. z o.o.", "Zakład [ŁĄCZNIK] sp. z o.o."),
        ("tokar", "Tokarka CX", "[Tokarka] CX"),
        ("CX-400", "Lathe CX-400", "Lathe [CX]-[400]"),
        ("michan", "Μηχανουργείο", "[Μηχανουργείο]"),
        ("nothing", "Lathe", "Lathe"),
        ("ab", "abc ab", "abc [ab]"),
        ("lathe -used", "used lathe", "used [lathe]"),
    ],
)
def test_hits_are_marked_as_written(question, text, marked):
    assert shown(marker(question).mark(text)) == marked


def test_near_words_are_marked():
    assert (
        shown(marker("nowka", {"nowka": ["nowak"]}).mark("Jan Nowak")) == "Jan [Nowak]"
    )


def test_excerpt_is_cut_around_most_hits_at_spaces():
    text = "lathe " + "filler " * 60 + "a lathe of the mill with a mill " + "end " * 60

    excerpt = shown(marker("lathe mill").excerpt(text, 80))

    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert "[lathe] of the [mill] with a [mill]" in excerpt
    assert len(excerpt) < 110


def test_excerpt_of_short_text_is_all_of_it():
    assert shown(marker("lathe").excerpt("a lathe", 80)) == "a [lathe]"


def test_no_hit_no_excerpt():
    assert marker("lathe").excerpt("mill", 80) == ()


def test_forms_of_a_word_are_found_loosely():
    assert marker("machines").excerpt("one machine", 80) == ()
    assert shown(marker("machines").excerpt("one machine", 80, is_loose=True)) == (
        "one [machine]"
    )
    assert marker("machines").excerpt("one machete", 80, is_loose=True) == ()


def test_far_down_a_long_text_hits_are_found_as_typed():
    text = "filler " * 5000 + "the Lathe " + "filler " * 5000

    assert "[Lathe]" in shown(marker("lathe").excerpt(text, 80))
    assert marker("mill").excerpt(text, 80) == ()
    assert marker('"two words"').excerpt(text, 80) == ()


def test_hits_without_spaces_around_are_cut_hard():
    text = "x-" * 400 + "lathe" + "-x" * 400

    assert "[lathe]" in shown(marker("lathe").excerpt(text, 40))


@given(st.text(max_size=200), st.text(max_size=40))
def test_no_letter_is_lost(text, question):
    assert "".join(s.text for s in marker(question).mark(text)) == text
