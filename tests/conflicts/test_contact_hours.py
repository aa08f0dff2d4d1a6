import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflicts import usual_hours

COUNTS = st.dictionaries(st.integers(0, 23), st.integers(0, 50))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, None),
        ({9: 4}, None),
        ({9: 5}, (7, 10)),
        ({9: 2, 10: 3, 11: 2, 16: 1}, (9, 12)),
        (dict.fromkeys(range(24), 1), None),
        ({23: 9}, (21, 24)),
    ],
    ids=["none", "too few", "one hour", "a morning", "all day", "before midnight"],
)
def test_hours(counts, expected):
    assert usual_hours(counts) == expected


@given(COUNTS)
def test_hours_hold_at_least_half(counts):
    found = usual_hours(counts)

    if found:
        inside = sum(counts.get(hour, 0) for hour in range(*found))
        assert 2 * inside >= sum(counts.values())
        assert 0 <= found[0] < found[1] <= 24
