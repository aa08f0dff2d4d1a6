"""Offers for the tests, built with only the values that a test cares about."""

from datetime import date

from hypothesis import strategies as st

from conflicts import Line, Proposal

TODAY = date(2026, 11, 23)
LATER = date(2026, 12, 23)


def line(product=None, *, quantity=1.0, amount=100.0, **more):
    return Line(more.pop("label", product or "?"), quantity, amount, product, **more)


def offer(side, *lines, start=TODAY, end=LATER, total=None):
    if total is None:
        total = sum(item.amount for item in lines)
    return Proposal(side, side, lines, total, start, end)


NAMES = st.none() | st.sampled_from(["a", "b", "c"])
LINES = st.builds(
    Line,
    label=st.sampled_from(["Frezarka", "Tokarka", "Serwis"]),
    quantity=st.integers(-2, 9).map(float),
    amount=st.integers(-500, 9_000).map(float),
    product=NAMES,
    code=NAMES,
    template=NAMES,
    text=NAMES,
    category=NAMES,
)


def proposals(side):
    return st.builds(
        Proposal,
        key=st.just(side),
        side=st.just(side),
        lines=st.lists(LINES, max_size=6).map(tuple),
        total=st.integers(0, 50_000).map(float),
        start=st.dates(TODAY, LATER),
        end=st.dates(TODAY, LATER),
    )
