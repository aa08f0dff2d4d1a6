import pytest
from hypothesis import given
from hypothesis import strategies as st
from proposal_builders import line, offer, proposals

from conflicts import align, text_key, total_cost


def shared(*offers):
    return [row for row in align(offers) if row.is_shared]


def test_same_product_shares_a_row():
    (row,) = align((offer("w", line("mill")), offer("k", line("mill"))))

    assert row.level == "product"
    assert all(row.cells)


def test_surer_ways_of_recognition_come_first():
    left = offer("w", line("1", code="X"), line("2", code="Y"))
    right = offer("k", line("2", code="X"), line("3", code="Y"))

    levels = {row.level for row in shared(left, right)}

    # Product 2 finds product 2 although the codes would pair it with somebody else.
    assert levels == {"product"}


def test_products_of_separate_companies_meet_by_code_then_by_text():
    left = offer("w", line("1", code="F-500"), line("2", text="serwis"))
    right = offer("k", line("7", code="F-500"), line("8", text="serwis"))

    assert {row.level for row in shared(left, right)} == {"code", "text"}


def test_variants_of_one_offer_stay_apart():
    left = offer("w", line("red", template="mill"), line("blue", template="mill"))
    right = offer("k", line("red", template="mill"))

    rows = align((left, right))

    assert [row.is_shared for row in rows] == [True, False]


def test_lines_of_one_product_are_added_up():
    left = offer("w", line("mill", quantity=1), line("mill", quantity=2, amount=150))
    (row,) = align((left, offer("k", line("mill"))))

    assert (row.cells[0].quantity, row.cells[0].amount) == (3, 250)
    assert row.cells[0].unit_price == 250 / 3


def test_third_offer_joins_the_row_by_a_weaker_way():
    left, middle = offer("w", line("1", text="mill")), offer("k", line("1"))
    right = offer("g", line(None, text="mill"))

    (row,) = align((left, middle, right))

    assert row.level == "product"
    assert all(row.cells)


def test_returns_and_free_text_have_no_unit_price():
    for quantity, amount in ((0, 100), (-1, -100), (1, -100)):
        (row,) = align([offer("w", line("x", quantity=quantity, amount=amount))])
        assert row.cells[0].unit_price is None


def test_text_key_ignores_code_case_punctuation_and_order():
    assert text_key("[F-500] Frezarka CNC, X500\nz montażem") == "cnc frezarka x500"
    assert text_key("FREZARKA cnc x500") == "cnc frezarka x500"
    assert text_key("X500 – frezarka CNC") == "cnc frezarka x500"
    assert text_key("  ") is None
    assert text_key("[only a code]") is None


@given(st.text(max_size=300))
def test_text_key_survives_any_text_and_is_stable(name):
    once = text_key(name)

    assert once is None or text_key(once) == once


@given(proposals("w"), proposals("k"), proposals("g"))
def test_order_of_offers_only_orders_the_cells(left, middle, right):
    there = align((left, middle, right))
    back = align((right, middle, left))

    assert [row.cells for row in there] == [row.cells[::-1] for row in back]


@given(proposals("w"), proposals("k"))
def test_every_amount_is_in_the_comparison_once(left, right):
    rows = align((left, right))

    for column, proposal in enumerate((left, right)):
        cells = [row.cells[column] for row in rows if row.cells[column]]
        assert sum(cell.amount for cell in cells) == sum(
            item.amount for item in proposal.lines
        )


def test_margin_needs_the_cost_of_every_line():
    known = offer("w", line("a", cost=70.0), line("a", cost=50.0))
    doubtful = offer("k", line("a", cost=70.0), line("a"))

    (row,) = align((known, doubtful))

    assert row.cells[0].margin_percent == pytest.approx(40.0)
    assert row.cells[1].margin_percent is None
    assert total_cost(known.lines) == 120.0
    assert total_cost(doubtful.lines) is None
    assert total_cost(()) is None


def test_what_is_given_for_nothing_has_no_margin():
    (row,) = align((offer("w", line("a", amount=0.0, cost=7.0)),))

    assert row.cells[0].margin_percent is None
