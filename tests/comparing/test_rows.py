from itertools import permutations

import pytest
from comparison_builders import compare, compare_keyed, item, items
from hypothesis import given
from hypothesis import strategies as st

from comparing import reference_price
from comparing.alignment import MAX_ALIKE


def levels(rows):
    return {row.label: row.level for row in rows}


@pytest.mark.parametrize("level", ["product", "code", "template", "text"])
def test_lines_that_agree_stand_side_by_side(level):
    keys = {"text": None, level: "same"}

    (row,) = compare([item(label="Mill", **keys)], [item(label="Lathe", **keys)])

    assert row.level == level
    assert all(row.items)


def test_alike_texts_stand_side_by_side_when_nothing_else_agrees():
    rows = compare(
        [item(label="Lathe CX-400 with tool changer", product="1")],
        [item(label="Tool changer, with lathe CX-400", product="2")],
    )

    assert [row.level for row in rows] == ["alike"]


def test_the_most_alike_text_wins():
    rows = compare(
        [item(1, "Lathe CX-400 heavy"), item(2, "Lathe CX-400 heavy duty")],
        [item(1, "Lathe CX-400 heavy duty 2")],
    )

    (shared,) = [row for row in rows if row.level]
    assert shared.items[0].label == "Lathe CX-400 heavy duty"


def test_texts_that_look_alike_but_name_other_things_stay_apart():
    rows = compare([item(label="Lathe CX-400")], [item(label="Mill FM-2")])

    assert [row.level for row in rows] == [None, None]


def test_the_last_of_a_category_on_both_sides_are_compared():
    rows = compare(
        [item(1, "Lathe CX-400", category="lathes")],
        [item(1, "Turning centre T9", category="lathes")],
        [item(1, "Coolant", category="fluids")],
    )

    assert sorted(row.level or "" for row in rows) == ["", "category"]


def test_several_of_a_category_are_not_guessed():
    rows = compare(
        [item(1, "Alpha", category="lathes"), item(2, "Beta", category="lathes")],
        [item(1, "Gamma", category="lathes")],
    )

    assert {row.level for row in rows} == {None}


def test_twice_the_same_product_makes_two_rows_in_the_order_of_the_offers():
    rows = compare(
        [item(1, "First", product="p", price=1.0), item(5, "Second", product="p")],
        [item(2, "First", product="p", price=2.0), item(3, "Second", product="p")],
    )

    assert [[one.label for one in row.items] for row in rows] == [
        ["First", "First"],
        ["Second", "Second"],
    ]


def test_what_is_bought_is_not_compared_with_an_option_of_it():
    rows = compare(
        [
            item(1, "Option", product="p", is_optional=True),
            item(2, "Main", product="p"),
        ],
        [item(1, "Main", product="p")],
    )

    main = next(row for row in rows if row.level)
    assert [one.label for one in main.items] == ["Main", "Main"]
    assert [row.is_optional for row in rows if not row.level] == [True]


def test_rows_keep_sections_and_the_order_of_the_offers():
    rows = compare(
        [
            item(1, "Crane"),
            item(2, "Lathe", section="Machines"),
            item(3, "Training", section="Services"),
        ],
        [item(1, "Lathe", section="Machines"), item(2, "Mill", section="Machines")],
    )

    assert [(row.section, row.label) for row in rows] == [
        ("", "Crane"),
        ("Machines", "Lathe"),
        ("Machines", "Mill"),
        ("Services", "Training"),
    ]


def test_too_many_lines_without_counterpart_are_left_alone():
    many = [
        item(place, f"Spare part {place}", text=f"spare part {place}")
        for place in range(MAX_ALIKE)
    ]

    rows = compare(many, [item(1, "Spare part 00", text="spare part 00")])

    assert not [row for row in rows if row.level]


@given(st.tuples(items(), items(), items()))
def test_every_line_is_shown_once(offers):
    rows = compare(*offers)

    for column, offer in enumerate(offers):
        shown = [row.items[column] for row in rows if row.items[column]]
        assert sorted(map(str, shown)) == sorted(map(str, offer))


@given(st.tuples(items(4), items(4), items(4)))
def test_order_of_the_offers_only_reorders_the_cells(offers):
    keyed = [(f"offer {place}", lines) for place, lines in enumerate(offers)]
    rows = compare_keyed(*keyed)

    for order in permutations(range(3)):
        swapped = compare_keyed(*(keyed[place] for place in order))
        assert [(row.label, row.section, row.level) for row in swapped] == [
            (row.label, row.section, row.level) for row in rows
        ]
        assert [row.items for row in swapped] == [
            tuple(row.items[place] for place in order) for row in rows
        ]


@given(items(5), items(5))
def test_comparing_twice_gives_the_same(left, right):
    assert compare(left, right) == compare(left, right)


def test_prices_are_shown_per_the_unit_that_all_lines_have():
    day = {"label": "Training", "reference": "hour", "factor": 8.0}
    hour = {"label": "Training", "reference": "hour", "factor": 1.0}

    (same,) = compare([item(**day)], [item(**day)])
    (mixed,) = compare([item(**day)], [item(**hour)])

    assert (same.scale, mixed.scale) == (8.0, 1.0)


@given(items())
def test_an_offer_compared_with_itself_differs_nowhere(offer):
    for row in compare(offer, offer):
        left, right = row.items
        assert left == right


@pytest.mark.parametrize(
    ("amount", "quantity", "factor", "fallback", "price"),
    [
        (120.0, 2.0, 1.0, 0.0, 60.0),
        (120.0, 2.0, 12.0, 0.0, 5.0),  # dozens
        (0.0, 0.0, 1.0, 45.0, 45.0),  # an option nobody has taken yet
        (0.0, 0.0, 12.0, 60.0, 5.0),
        (-10.0, 1.0, 1.0, 0.0, None),
        (10.0, -1.0, 1.0, 0.0, None),
        (10.0, 1.0, 0.0, 0.0, None),
    ],
)
def test_price_of_a_reference_unit(amount, quantity, factor, fallback, price):
    assert reference_price(amount, quantity, factor, fallback) == price


@pytest.mark.parametrize(
    ("price", "cost", "expected"),
    [
        (200.0, 150.0, 25.0),
        (200.0, 250.0, -25.0),
        (200.0, None, None),
        (None, 150.0, None),
        (0.0, 150.0, None),
        (-1.0, 150.0, None),
    ],
)
def test_margin_is_what_the_price_leaves_over(price, cost, expected):
    assert item(price=price, cost=cost).margin_percent == expected
