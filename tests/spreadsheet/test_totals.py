"""Sums of a table by currency, for sheets and for paper."""

from spreadsheet import Column, Money, Toned, Totals

COLUMNS = (
    Column("Offer"),
    Column("Amount", "money", is_total=True),
    Column("Spread", "money", is_total=True),
)


def test_tables_without_a_column_of_codes_are_added_up_without_formulas():
    totals = Totals(COLUMNS, "Total {currency}", has_codes=False)
    totals.add(("A", Money(1.5, "PLN"), None))
    totals.add(("B", Toned(Money(2.0, "PLN"), "good"), None))
    totals.add(("C", Money(4.0, "EUR"), Money(1.0, "EUR", 3)))

    euros, zlotys = totals.rows()
    assert (euros.label, zlotys.label) == ("Total EUR", "Total PLN")
    assert zlotys.sum_of(1) == Money(3.5, "PLN")
    assert zlotys.sum_of(2) is None
    assert euros.sum_of(2) == Money(1.0, "EUR")
    assert zlotys.formula(1, 1, 3, lambda *_cells: "A1") == ""
