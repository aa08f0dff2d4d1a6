from decimal import Decimal

import pytest
from archive_builders import make_content, make_line
from hypothesis import given
from hypothesis import strategies as st

from evidence import canonical_json, diff_contents, parse_canonical


def plain(content):
    return parse_canonical(canonical_json(content))


def diff(older, newer):
    return diff_contents(
        plain(make_content(lines=older)), plain(make_content(lines=newer))
    )


def kinds(found):
    return [(line.kind, line.left, line.right) for line in found.lines]


LATHE = make_line()
MILL = make_line(product_id=8, product_code="FM2", name="Milling machine")
NOTE = make_line(
    product_id=None, product_code=None, display_type="line_note", name="With training"
)


def test_equal_contents_differ_in_nothing():
    found = diff([LATHE, NOTE], [LATHE, NOTE])

    assert found.is_equal
    assert kinds(found) == [("equal", 1, 1), ("equal", 2, 2)]


def test_price_quantity_and_discount_are_told_with_per_cent():
    newer = make_line(
        quantity=Decimal(2), price_unit=Decimal(76000), discount=Decimal(5)
    )

    (line,) = diff([LATHE], [newer]).lines

    assert line.kind == "changed"
    changes = {change.field: change for change in line.changes}
    assert changes["price_unit"].percent == Decimal("-5.00")
    assert changes["quantity"].percent == Decimal("100.00")
    assert (changes["discount"].before, changes["discount"].after) == ("0", "5")
    assert changes["discount"].percent is None


def test_discount_has_no_per_cent_of_its_own():
    older, newer = (make_line(discount=Decimal(value)) for value in (5, 3))

    (line,) = diff([older], [newer]).lines

    assert [(change.field, change.percent) for change in line.changes] == [
        ("discount", None)
    ]


def test_value_from_nothing_has_no_per_cent():
    older, newer = (make_line(price_unit=Decimal(value)) for value in (0, 3))

    (line,) = diff([older], [newer]).lines

    assert line.changes[0].percent is None


def test_added_and_removed_lines_stand_where_they_stood():
    found = diff([LATHE, MILL], [NOTE, MILL])

    assert kinds(found) == [("added", None, 1), ("removed", 1, None), ("equal", 2, 2)]
    assert [line.label for line in found.lines] == [
        "With training",
        "Lathe CX-400",
        "Milling machine",
    ]
    assert kinds(diff([MILL, LATHE], [MILL])) == [
        ("equal", 1, 1),
        ("removed", 2, None),
    ]
    assert not found.is_equal


def test_reworded_line_is_the_same_line_by_its_product():
    (line,) = diff([LATHE], [make_line(name="Lathe, corrected")]).lines

    assert [change.field for change in line.changes] == ["name"]


def test_line_without_product_goes_by_its_text():
    free = make_line(product_id=None, product_code=None, name="Delivery")
    dearer = {**free, "price_unit": Decimal(5)}

    assert kinds(diff([free, LATHE], [LATHE, dearer])) == [
        ("equal", 2, 1),
        ("changed", 1, 2),
    ]
    assert kinds(diff([NOTE], [free])) == [("added", None, 1), ("removed", 1, None)]


def test_same_product_twice_goes_by_text_first():
    spare = make_line(name="Spare lathe", price_unit=Decimal(70000))

    found = diff([LATHE, spare], [spare, LATHE])

    assert kinds(found) == [("equal", 2, 1), ("equal", 1, 2)]


@pytest.mark.parametrize(
    ("field", "value"),
    [("currency", "PLN"), ("validity", None), ("terms", "DAP"), ("team", "North")],
)
def test_changed_terms_are_told(field, value):
    found = diff_contents(plain(make_content()), plain(make_content(**{field: value})))

    assert [change.field for change in found.terms] == [field]
    assert not found.is_equal


def test_totals_are_told():
    totals = {"untaxed": "76000", "tax": "0", "total": "76000"}

    found = diff_contents(plain(make_content()), plain(make_content(totals=totals)))

    assert [(change.field, change.percent) for change in found.totals] == [
        ("untaxed", Decimal("-5.00")),
        ("total", Decimal("-5.00")),
    ]


def test_line_without_any_text_has_an_empty_label():
    nameless = make_line(name="", product_name=None)

    (line,) = diff([], [nameless]).lines

    assert line.label == ""
    assert diff_contents({}, {}).is_equal


LINES = st.lists(st.sampled_from([LATHE, MILL, NOTE]), max_size=8)


@given(LINES, LINES)
def test_every_line_is_told_exactly_once(older, newer):
    found = diff(older, newer)

    lefts = sorted(line.left for line in found.lines if line.left)
    rights = [line.right for line in found.lines if line.right]
    assert lefts == list(range(1, len(older) + 1))
    assert rights == list(range(1, len(newer) + 1))
    swapped = diff(newer, older)
    assert sum(line.kind == "added" for line in found.lines) == sum(
        line.kind == "removed" for line in swapped.lines
    )
