from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import PREVIEW_LENGTH, shorten


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        pytest.param(None, 20, None, id="nothing"),
        pytest.param(" \n\t ", 20, None, id="white space"),
        pytest.param("Dzień  dobry,\n pani", 20, "Dzień dobry, pani", id="one line"),
        pytest.param("exactly ten", 11, "exactly ten", id="just fits"),
        pytest.param("one two, three four", 12, "one two…", id="cut at a word"),
        pytest.param("Donaudampfschifffahrt", 10, "Donaudamp…", id="long word"),
        pytest.param("a Donaudampfschifffahrt", 10, "a Donauda…", id="long second"),
    ],
)
def test_shortening(text: str | None, length: int, expected: str | None) -> None:
    assert shorten(text, length) == expected


@given(st.text(max_size=2000))
def test_preview_fits_and_is_one_line(text: str) -> None:
    preview = shorten(text)

    if preview is None:
        assert not text.split()
    else:
        assert len(preview) <= PREVIEW_LENGTH
        assert preview == " ".join(preview.split())


def test_only_the_beginning_of_a_very_long_text_is_looked_at() -> None:
    assert shorten(" " * 1_000_000 + "end") is None
