"""Payloads read the same with the fast library and without it."""

import importlib
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import canonical_json, parsing

INTEGERS = st.integers(-(2**63), 2**63 - 1)
PLAIN = st.recursive(
    st.none() | st.booleans() | INTEGERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(PLAIN)
def test_canonical_texts_read_the_same(value):
    text = canonical_json(value)

    assert parsing.loads(text) == json.loads(text) == value


@pytest.mark.parametrize("text", ["", "{", "[1,]", "[" * 100_000])
def test_what_is_no_json_is_the_same_error(text):
    with pytest.raises((ValueError, RecursionError)):
        parsing.loads(text)


def test_python_alone_is_enough(monkeypatch):
    monkeypatch.setitem(sys.modules, "orjson", None)
    try:
        assert importlib.reload(parsing)._library is json
    finally:
        monkeypatch.undo()
        importlib.reload(parsing)
    assert parsing._library is not json
