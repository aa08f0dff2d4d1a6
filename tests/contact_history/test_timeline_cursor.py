from __future__ import annotations

import base64
import contextlib
import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timeline_strategies import cursors

from timeline import Cursor, CursorError


def _opaque(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@given(cursors)
def test_decoding_gives_back_what_was_encoded(cursor: Cursor) -> None:
    text = cursor.encode()
    if len(text) <= 300:
        assert Cursor.decode(text) == cursor


def test_ordinary_cursor_is_short_and_safe_in_an_address() -> None:
    text = Cursor(
        datetime.fromisoformat("2026-11-23T08:30:00"), "interaction", 2**31 - 1
    ).encode()

    assert len(text) < 120
    assert text.replace("-", "").replace("_", "").rstrip("=").isalnum()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("A" * 301, "too_long", id="too long"),
        pytest.param("", "malformed", id="empty"),
        pytest.param("żółw", "malformed", id="not ascii"),
        pytest.param("A", "malformed", id="not base64"),
        pytest.param("////", "malformed", id="not utf-8"),
        pytest.param(_opaque("text"), "malformed", id="not a list"),
        pytest.param(_opaque(["a", "b"]), "malformed", id="too few parts"),
        pytest.param(
            base64.urlsafe_b64encode(b"[" * 200).decode(), "malformed", id="deep"
        ),
        pytest.param(_opaque([1, "s", 1]), "bad_value", id="time no text"),
        pytest.param(
            _opaque(["2026-11-23T08:30:00", 2, 1]), "bad_value", id="source no text"
        ),
        pytest.param(_opaque(["soon", "s", 1]), "bad_value", id="no time"),
        pytest.param(
            _opaque(["2026-11-23T08:30:00+01:00", "s", 1]), "bad_value", id="zone"
        ),
        pytest.param(
            _opaque(["2026-11-23T08:30:00", "s", True]), "bad_value", id="id is bool"
        ),
        pytest.param(
            _opaque(["2026-11-23T08:30:00", "s", "1"]), "bad_value", id="id is text"
        ),
        pytest.param(
            _opaque(["2026-11-23T08:30:00", "s", 0]), "bad_value", id="id is zero"
        ),
        pytest.param(
            _opaque(["2026-11-23T08:30:00", "s", 1, "up"]), "bad_value", id="way"
        ),
        pytest.param(_opaque([1, 2, 3, 4, 5]), "malformed", id="too many parts"),
        pytest.param(
            _opaque(["2026-11-23T08:30:00", "s", 2**31]), "bad_value", id="id too large"
        ),
    ],
)
def test_foreign_text_is_refused_with_a_code(text: str, code: str) -> None:
    with pytest.raises(CursorError) as caught:
        Cursor.decode(text)

    assert caught.value.code == code


@given(st.text(max_size=400))
def test_no_text_at_all_does_anything_but_decode_or_refuse(text: str) -> None:
    with contextlib.suppress(CursorError):
        assert Cursor.decode(text).id > 0
