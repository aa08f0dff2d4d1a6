"""Totals below a table, added up by currency while the rows go by."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from .model import Column, Money, Toned, Value
from .patterns import is_code, money_pattern

Range = Callable[[int, int, int, int], str]


@dataclass(slots=True)
class Total:
    """The row of one currency.

    :ivar money: of this currency; its code may be one that no formula can have
    :ivar currency_place: column with the currencies' codes, to add up by
    :ivar sums: by the place of the column
    """

    label: str
    money: Money
    currency_place: int | None
    sums: dict[int, float] = field(default_factory=dict)

    @property
    def pattern(self) -> str:
        """Return the format of the sums."""
        return money_pattern(self.money.currency, self.money.digits)

    def sum_of(self, place: int) -> Money | None:
        """Return what a column comes to, None where nothing was added up."""
        amount = self.sums.get(place)
        return None if amount is None else replace(self.money, amount=amount)

    def formula(self, place: int, first: int, last: int, cells: Range) -> str:
        """Return the formula that adds a column up, empty where there is none.

        :param cells: writes a range, ``xlsxwriter.utility.xl_range_abs``
        """
        currency = self.money.currency
        if self.currency_place is None or not is_code(currency):
            return ""
        amounts = cells(first, place, last, place)
        codes = cells(first, self.currency_place, last, self.currency_place)
        return f'=SUMIFS({amounts},{codes},"{currency}")'


class Totals:
    """Adds up the columns that ask for it.

    Of money, the column after it that holds the same currency's code as a text tells
    which rows count; so a table that adds up money by formulas has a column of codes.
    """

    def __init__(
        self, columns: Sequence[Column], label: str, has_codes: bool = True
    ) -> None:
        self._label = label
        self._has_codes = has_codes
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
                money=money,
                currency_place=row.index(money.currency) if self._has_codes else None,
            )
        return self._by_currency[money.currency]
