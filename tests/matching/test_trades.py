"""Lines of business, and words that are nearly known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.latin import fold, latinise
from matching.near import NearWords
from matching.trades import trades_of
from matching.vocabulary import lines_of_business


@pytest.mark.parametrize(
    ("words", "trades"),
    [
        (("transport",), {"transport"}),
        (("Μεταφορές",), {"transport"}),
        (("Spedition", "Bäckerei"), {"transport", "bakery"}),
        (("Piek",), {"bakery"}),  # cut
        (("truckinb",), {"transport"}),  # mistyped
        (("stol",), {"wood"}),
        (("elek",), set()),  # electric, or electronics
        (("tra",), set()),
        (("baltik", "grupa"), set()),
    ],
)
def test_words_tell_lines_of_business(words, trades):
    assert trades_of(fold(latinise(word, 50)) for word in words) == trades


def test_no_word_stands_for_two_lines_of_business():
    known = lines_of_business()

    assert all(trades_of([word]) == {trade} for word, trade in known.items())


@given(st.text("abc", max_size=5), st.sets(st.text("abc", min_size=1, max_size=5)))
def test_near_words_are_found_without_comparing_with_all(word, known):
    near = NearWords(known).of(word)

    assert near == sorted(near)
    assert set(near) <= known
    assert (word in near) == (word in known)
