from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proposal_builders import LATER, TODAY, line, offer, proposals

from conflicts import (
    Spread,
    live_window,
    overlap_days,
    price_spread,
    product_overlap,
    signature,
)

MILL, LATHE = line("mill", amount=900.0), line("lathe", amount=100.0)


def test_small_offer_inside_a_large_one_overlaps_wholly():
    overlap = product_overlap(offer("w", MILL, LATHE), offer("k", MILL))

    assert (overlap.share, overlap.basis) == (1.0, "products")


def test_overlap_is_measured_in_value():
    left = offer("w", MILL, LATHE)
    right = offer("k", LATHE, line("press", amount=300.0))

    assert product_overlap(left, right).share == pytest.approx(0.25)


def test_different_products_do_not_overlap():
    overlap = product_overlap(offer("w", MILL), offer("k", LATHE))

    assert not overlap.exists


def test_category_alone_is_worth_half():
    left = offer("w", line("mill", category="machines"))
    right = offer("k", line("lathe", category="machines"))

    overlap = product_overlap(left, right)

    assert (overlap.share, overlap.basis) == (0.5, "category")


def test_offer_without_lines_may_overlap():
    assert product_overlap(offer("w"), offer("k", MILL)).exists


def test_lines_without_prices_count_by_number():
    free = line("mill", amount=0.0), line("lathe", amount=0.0)
    overlap = product_overlap(offer("w", *free), offer("k", free[0], line("x")))

    assert overlap.share == pytest.approx(0.5)


def test_spread_compares_same_quantities_of_what_both_offer():
    left = offer("w", line("mill", quantity=2, amount=200.0), LATHE)
    right = offer("k", line("mill", quantity=1, amount=90.0))

    spread = price_spread(left, right)

    assert spread == Spread(90.0, 100.0, "products")
    assert (spread.amount, spread.percent) == (10.0, 10.0)


def test_spread_falls_back_to_totals():
    spread = price_spread(offer("w", total=80.0), offer("k", MILL, total=100.0))

    assert (spread.basis, spread.percent) == ("totals", 20.0)


def test_spread_of_nothing_is_nothing():
    assert price_spread(offer("w"), offer("k")).percent == 0


@given(proposals("w"), proposals("k"))
def test_overlap_and_spread_are_symmetric_and_bounded(left, right):
    overlap, spread = product_overlap(left, right), price_spread(left, right)

    assert overlap == product_overlap(right, left)
    assert spread == price_spread(right, left)
    assert 0 <= overlap.share <= 1
    assert 0 <= spread.percent <= 100
    assert 0 <= spread.lowest <= spread.highest


@given(st.integers(1, 100_000), st.integers(1, 100_000), st.integers(1, 9))
def test_dearer_grows_the_spread(price, more, quantity):
    left = offer("w", line("mill", quantity=quantity, amount=float(price * quantity)))
    near = offer("k", line("mill", amount=float(price + more)))
    far = offer("k", line("mill", amount=float(price + 2 * more)))

    assert price_spread(left, far).percent > price_spread(left, near).percent


def test_window_without_validity_lasts_the_default():
    assert live_window(TODAY, None, 90) == (TODAY, TODAY + timedelta(days=90))
    assert live_window(TODAY, LATER, 90) == (TODAY, LATER)


def test_window_never_ends_before_it_starts():
    assert live_window(LATER, TODAY, 90) == (LATER, LATER)
    assert live_window(TODAY, None, 10**9) == (TODAY, date.max)


def test_days_in_common_count_both_ends():
    assert overlap_days((TODAY, TODAY), (TODAY, LATER)) == 1
    assert overlap_days((TODAY, TODAY), (LATER, LATER)) == 0


def test_signature_does_not_depend_on_order_or_repetition():
    assert signature("7", ["w", "k"], ["1", "2"]) == signature(
        "7", ["k", "w", "k"], ["2", "1"]
    )
    assert signature("7", ["w"], ["1"]) != signature("7", ["w"], ["2"])
