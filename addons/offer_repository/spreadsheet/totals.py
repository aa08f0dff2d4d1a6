"""Totals below a table, added up by currency while the rows go by."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from .model import Column, Money, Toned, Value
from .patterns import is_code, money_pattern

Range = Callable[[int, int, int, int], str]


@dataclass(slots=True)
class Total:
    """The row of one currency.

    :ivar currency: its code; empty when it is none that may stand in a formula
    :ivar currency_place: column with the currencies' codes, to add up by
    :ivar sums: by the place of the column
    """

    label: str
    pattern: str
    currency: str
    currency_place: int
    sums: dict[int, float] = field(default_factory=dict)

    def formula(self, place: int, first: int, last: int, cells: Range) -> str:
        """Return the formula that adds a column up, empty where there is none.

        :param cells: writes a range, ``xlsxwriter.utility.xl_range_abs``
        """
        if not self.currency:
            return ""
        amounts = cells(first, place, last, place)
        codes = cells(first, self.currency_place, last, self.currency_place)
        return f'=SUMIFS({amounts},{codes},"{self.currency}")'


class Totals:
    """Adds up the columns that ask for it.

    Of money, the column after it that holds the same currency's code as a text tells
    which rows count; so a table that adds up money has a column of codes.
    """

    def __init__(self, columns: Sequence[Column], label: str) -> None:
        self._label = label
        self._places = [
            place for place, column in enumerate(columns) if column.is_total
        ]
        self._by_currency: dict[str, Total] = {}

    def add(self, row: Sequence[Value | Toned]) -> None:
        """Count a row."""
        for place in self._places:
            value = row[place]
            plain = value.value if isinstance(value, Toned) else value
            if isinstance(plain, Money):
                total = self._of(plain, row)
                total.sums[place] = total.sums.get(place, 0.0) + plain.amount

    def rows(self) -> Iterator[Total]:
        """Yield the totals, in the order of the alphabet."""
        for currency in sorted(self._by_currency):
            yield self._by_currency[currency]

    def _of(self, money: Money, row: Sequence[Value | Toned]) -> Total:
        if money.currency not in self._by_currency:
            self._by_currency[money.currency] = Total(
                label=self._label.replace("{currency}", money.currency),
                pattern=money_pattern(money.currency, money.digits),
                currency=money.currency if is_code(money.currency) else "",
                currency_place=row.index(money.currency),
            )
        return self._by_currency[money.currency]
