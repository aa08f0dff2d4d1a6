import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finding import index_words, parse_query
from matching import latinise


def plain(text):
    return latinise(text, 100_000)


def shown(text):
    """Return the clauses of a question, excluded ones with a minus."""
    return [
        ("-" if clause.is_excluded else "") + clause.tsquery()
        for clause in parse_query(text, plain).clauses
    ]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("łącznik", ["('lacznik':*)"]),
        ("Łącznik tokarka", ["('lacznik':*)", "('tokarka':*)"]),
        ("ab", ["('ab')"]),
        ('"two words"', ["('two' <-> 'words')"]),
        ("„two words”", ["('two' <-> 'words')"]),
        ('"never closed', ["('never' <-> 'closed')"]),
        ("lathe -used", ["('lathe':*)", "-('used')"]),
        ('-"second hand"', ["-('second' <-> 'hand')"]),
        ("CX-400", ["('cx' <-> '400':*) | 'cx400':*"]),
        ("12 345,67", ["('12' <-> '345' <-> '67') | '12345d67'"]),
        ("12345.67", ["('12345' <-> '67') | '12345d67'"]),
        ("S00012", ["('s00012':*) | 's12':*"]),
        ("- – … '", []),
        ("", []),
        ("nowak nowak", ["('nowak':*)"]),
    ],
)
def test_questions_as_people_type_them(text, clauses):
    assert shown(text) == clauses


def test_near_words_and_marks_are_alternatives():
    query = parse_query("nowka -krk", plain)

    assert query.wanted[0].tsquery(["nowak"]) == "('nowka':*) | 'nowak'"
    assert query.marked("§", {"nowka": ["nowak"]}) == "('§nowka':*) | '§nowak'"
    assert parse_query("a-b", plain).wanted[0].tsquery(mark="§") == "('§a' & '§b')"


def test_long_questions_are_cut():
    assert (
        len(parse_query(" ".join(f"word{n}" for n in range(99)), plain).clauses) == 12
    )


@given(st.text(max_size=400))
def test_any_text_is_a_question(text):
    for clause in parse_query(text, plain).clauses:
        assert clause.words
        assert re.fullmatch(r"[a-z0-9':*&|()<> -]+", clause.tsquery(["near"]))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_what_is_typed_as_it_is_written_is_found(text):
    words = set(index_words([text], plain).split())

    for clause in parse_query(f'"{text.replace(chr(34), " ")}"', plain).clauses:
        assert set(clause.words) <= words
