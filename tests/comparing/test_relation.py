import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparing import price_relation


@pytest.mark.parametrize(
    ("price", "reference", "relation"),
    [
        (89.0, 100.0, "lower"),
        (90.0, 100.0, "within"),
        (110.0, 100.0, "within"),
        (111.0, 100.0, "higher"),
        (0.0, 100.0, "lower"),
        (100.0, 0.0, None),
        (-1.0, 100.0, None),
    ],
)
def test_relation_of_a_price(price, reference, relation):
    assert price_relation(price, reference, 10) == relation


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.integers(1, 100))
def test_relation_tells_one_of_three_things(price, reference, percent):
    assert price_relation(price, reference, percent) in {"lower", "within", "higher"}
