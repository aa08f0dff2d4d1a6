"""Lines and tables for the tests, with only the values that a test cares about."""

from hypothesis import strategies as st

from comparing import EXACT_LEVELS, Cell, Column, Group, Item, Row, Table, align
from conflicts import group_lines


def item(position=1, label="Lathe", **values):
    values.setdefault("text", label.casefold())
    return Item(position, label, **values)


def compare(*offers):
    """Return the rows of offers given as lists of items; keys are letters."""
    keyed = [(f"offer {place}", items) for place, items in enumerate(offers)]
    return compare_keyed(*keyed)


def compare_keyed(*offers):
    return align(group_lines(offers, EXACT_LEVELS), len(offers))


NAMES = st.none() | st.sampled_from(["a", "b", "c"])


def items(maximum=6):
    """Strategy of the lines of an offer, with positions from 1."""
    line = st.builds(
        Item,
        position=st.just(0),
        label=st.sampled_from(["Lathe CX 400", "lathe CX-400 new", "Mill", "Service"]),
        quantity=st.integers(-1, 9).map(float),
        price=st.none() | st.integers(0, 900).map(float),
        section=st.sampled_from(["", "Machines", "Services"]),
        is_optional=st.booleans(),
        product=NAMES,
        code=NAMES,
        template=NAMES,
        text=st.none() | st.sampled_from(["lathe cx 400", "lathe cx 401", "service"]),
        category=NAMES,
    )
    return st.lists(line, max_size=maximum).map(
        lambda lines: [
            Item(
                place,
                *(
                    getattr(one, name)
                    for name in Item.__dataclass_fields__
                    if name != "position"
                ),
            )
            for place, one in enumerate(lines, start=1)
        ]
    )


def money(value, identity=None, per="piece"):
    return Cell(
        kind="money",
        value=value,
        text=f"{value}",
        identity=value if identity is None else identity,
        measure=value,
        per=per,
    )


def table(*rows, keys="abc"):
    """Return a table of one group; rows are lists of cells."""
    columns = tuple(Column(key, f"Offer {key}") for key in keys)
    made = tuple(
        Row(f"row {place}", f"Row {place}", tuple(cells))
        for place, cells in enumerate(rows)
    )
    return Table(columns, (Group("lines", "Lines", made),))
