from comparison_builders import money, table
from hypothesis import given
from hypothesis import strategies as st

from comparing import Cell, View, classes, difference, is_equal, show

MISSING = Cell()
SAME = [money(5.0), money(5.0), money(5.0)]
OTHER = [money(5.0), money(4.0), money(5.0)]


def keys(shown):
    return "".join(column.key for column in shown.columns)


def labels(shown):
    return [row.label for group in shown.groups for row in group.rows]


def test_everything_is_shown_until_the_reader_says_otherwise():
    shown = show(table(SAME, OTHER), View())

    assert (keys(shown), shown.base, labels(shown)) == ("abc", 0, ["Row 0", "Row 1"])


def test_columns_stand_as_the_reader_put_them_and_new_ones_last():
    assert keys(show(table(SAME), View(order=("c", "x", "b")))) == "cba"


def test_base_is_the_pinned_column_wherever_it_stands():
    assert show(table(SAME), View(order=("b", "c", "a"), base="a")).base == 2


def test_hidden_or_unknown_base_gives_way_to_the_first_column():
    hidden = show(table(SAME), View(base="a", hidden=frozenset("a")))

    assert (keys(hidden), hidden.base) == ("bc", 0)
    assert show(table(SAME), View(base="x")).base == 0


def test_equal_rows_are_left_out_and_counted():
    shown = show(table(SAME, OTHER, SAME), View(hides_equal=True))

    assert (labels(shown), shown.hidden_rows) == (["Row 1"], 2)


def test_groups_without_rows_disappear():
    assert show(table(SAME), View(hides_equal=True)).groups == ()


def test_only_shown_columns_decide_what_is_equal():
    view = View(hides_equal=True, hidden=frozenset("b"))

    assert labels(show(table(OTHER), view)) == []


def test_what_only_hidden_columns_have_is_not_shown():
    only_b = [MISSING, money(1.0), MISSING]

    assert labels(show(table(only_b), View(hidden=frozenset("b")))) == []
    assert labels(show(table(only_b), View())) == ["Row 0"]


def test_one_column_stays_when_all_are_hidden():
    shown = show(table(SAME), View(hidden=frozenset("abc"), hides_equal=True))

    assert (keys(shown), labels(shown)) == ("a", ["Row 0"])


def test_missing_cell_equals_none_that_is_there():
    assert not is_equal([money(5.0), MISSING])
    assert classes([money(5.0), MISSING, money(5.0), MISSING]) == (0, 1, 0, 1)


def test_difference_is_in_per_cent_of_the_base():
    assert difference(money(90.0), money(100.0)) == -10.0
    assert difference(money(100.0), money(80.0)) == 25.0
    assert difference(money(-50.0), money(-100.0)) == 50.0


def test_prices_per_different_units_and_nothing_are_not_reckoned():
    assert difference(money(90.0, per="hour"), money(100.0, per="piece")) is None
    assert difference(money(90.0), money(0.0)) is None
    assert difference(MISSING, money(1.0)) is None
    assert difference(money(1.0), MISSING) is None


CELLS = st.none() | st.integers(0, 3)


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6),
    st.permutations("abc"),
    st.sets(st.sampled_from("abc")),
    st.sampled_from(["", "a", "b", "c"]),
    st.booleans(),
)
def test_view_never_invents_or_mixes_up(rows, order, hidden, base, hides_equal):
    made = [
        [MISSING if one is None else money(float(one)) for one in row] for row in rows
    ]
    full = table(*made)

    shown = show(full, View(tuple(order), base, hides_equal, frozenset(hidden)))

    by_key = {row.key: row for row in full.groups[0].rows}
    places = ["abc".index(column.key) for column in shown.columns]
    assert 0 <= shown.base < len(shown.columns)
    for group in shown.groups:
        for row in group.rows:
            assert row.cells == tuple(by_key[row.key].cells[one] for one in places)
    assert (
        show(full, View(tuple(order), base, False, frozenset(hidden))).hidden_rows == 0
    )
