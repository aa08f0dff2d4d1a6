"""Which column of a list is which, and what a row says."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .amounts import find_currency, parse_number
from .dates import parse_date
from .folding import fold

# Words of a heading, folded; the first column that fits takes the field.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "number": (
        "numer oferty",
        "nr oferty",
        "offer number",
        "offer no",
        "quotation number",
        "quote number",
        "angebotsnummer",
        "angebot nr",
        "αριθμος προσφορας",
        "numer",
        "number",
        "nummer",
        "αριθμος",
        "external number",
    ),
    "customer": (
        "klient",
        "nabywca",
        "kontrahent",
        "customer",
        "client",
        "kunde",
        "πελατης",
    ),
    "vat": (
        "nip",
        "vat id",
        "vat number",
        "tax id",
        "ust-idnr",
        "ust id",
        "αφμ",
        "vat",
    ),
    "email": ("e-mail", "email", "mail"),
    "date": (
        "data oferty",
        "data wystawienia",
        "offer date",
        "angebotsdatum",
        "data",
        "date",
        "datum",
        "ημερομηνια",
    ),
    "validity": (
        "wazna do",
        "waznosc",
        "termin waznosci",
        "valid until",
        "validity",
        "gultig bis",
        "ισχυει εως",
        "ισχυς",
    ),
    "amount_total": (
        "brutto",
        "kwota brutto",
        "wartosc brutto",
        "total",
        "gesamtbetrag",
        "gesamt",
        "συνολο",
        "kwota",
        "amount",
        "betrag",
        "ποσο",
    ),
    "amount_untaxed": (
        "netto",
        "kwota netto",
        "wartosc netto",
        "untaxed",
        "net amount",
        "net",
        "nettobetrag",
        "καθαρη αξια",
    ),
    "currency": ("waluta", "currency", "wahrung", "νομισμα"),
    "salesperson": (
        "handlowiec",
        "sprzedawca",
        "opiekun",
        "salesperson",
        "seller",
        "verkaufer",
        "πωλητης",
    ),
    "state": ("status", "stan", "state", "κατασταση"),
    "reason": ("powod", "reason", "grund", "λογος"),
    "description": (
        "opis",
        "przedmiot",
        "description",
        "subject",
        "beschreibung",
        "betreff",
        "περιγραφη",
    ),
    "documents": (
        "pliki",
        "plik",
        "dokument",
        "documents",
        "document",
        "files",
        "file",
        "datei",
        "αρχεια",
        "αρχειο",
    ),
}
_FOLDED = {field: tuple(map(fold, names)) for field, names in _HEADINGS.items()}
FIELDS = tuple(_HEADINGS)
REQUIRED = ("number", "amount_total")
_STATES = {
    "won": ("won", "wygrana", "zaakceptowana", "accepted", "gewonnen", "κερδισμενη"),
    "lost": ("lost", "przegrana", "utracona", "verloren", "χαμενη"),
    "cancelled": ("cancelled", "canceled", "anulowana", "storniert", "ακυρωμενη"),
    "sent": ("sent", "wyslana", "open", "otwarta", "gesendet", "offen", "απεσταλμενη"),
}
_BIGGEST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that cannot be taken over.

    :ivar code: ``missing``, ``number``, ``date``, ``currency``, ``state``, ``range``
        or ``order``
    """

    field: str
    code: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """An offer as a list states it; ``None`` where it does not."""

    number: str
    amount_total: Decimal
    amount_untaxed: Decimal | None = None
    customer: str | None = None
    vat: str | None = None
    email: str | None = None
    date: datetime.date | None = None
    validity: datetime.date | None = None
    currency: str | None = None
    salesperson: str | None = None
    state: str = "sent"
    reason: str | None = None
    description: str | None = None
    documents: tuple[str, ...] = ()


def guess_columns(header: Sequence[str]) -> dict[str, int]:
    """Return the column of each field that a heading names, each column once.

    Whole headings before words in one, so that "Net amount" is not the amount.
    """
    folded = [" ".join(fold(name).replace("_", " ").split()) for name in header]
    found: dict[str, int] = {}
    for fits in (_is_heading, _has_words):
        for field, headings in _FOLDED.items():
            hits = [
                index
                for index, name in enumerate(folded)
                if index not in found.values() and fits(name, headings)
            ]
            if hits and field not in found:
                found[field] = hits[0]
    return {field: found[field] for field in FIELDS if field in found}


def _is_heading(name: str, headings: tuple[str, ...]) -> bool:
    return name.strip(" .:") in headings


def _has_words(name: str, headings: tuple[str, ...]) -> bool:
    words = f" {name.strip(' .:')} "
    return any(f" {heading} " in words for heading in headings)


def parse_row(values: Mapping[str, str]) -> tuple[Row | None, tuple[Fault, ...]]:
    """Return what a row says, or every fault it has.

    :param values: texts by field; fields without a column are missing
    """
    texts = {field: values.get(field, "").strip() for field in FIELDS}
    faults = [Fault(field, "missing", "") for field in REQUIRED if not texts[field]]
    total = _amount("amount_total", texts, faults)
    untaxed = _amount("amount_untaxed", texts, faults)
    made = _date("date", texts, faults)
    until = _date("validity", texts, faults)
    currency, state = _currency(texts, faults), _state(texts, faults)
    if made and until and until < made:
        faults.append(Fault("validity", "order", texts["validity"]))
    if total is not None and untaxed is not None and untaxed > total:
        faults.append(Fault("amount_untaxed", "order", texts["amount_untaxed"]))
    if faults or total is None:
        return None, tuple(faults)
    names = ("customer", "vat", "email", "salesperson", "reason", "description")
    row = Row(
        number=" ".join(texts["number"].split()),
        amount_total=total,
        amount_untaxed=untaxed,
        date=made,
        validity=until,
        currency=currency,
        state=state,
        documents=document_names(texts["documents"]),
        **{name: texts[name] or None for name in names},
    )
    return row, ()


def _amount(
    field: str, texts: Mapping[str, str], faults: list[Fault]
) -> Decimal | None:
    text = texts[field]
    if not text:
        return None
    # "1 234,56 PLN": the currency has a column of its own, or is the branch's
    bare = fold(text).strip("abcdefghijklmnopqrstuvwxyz€$£ .").strip()
    value = parse_number(bare)
    if value is None:
        faults.append(Fault(field, "number", text))
        return None
    if not 0 <= value < _BIGGEST:
        faults.append(Fault(field, "range", text))
        return None
    return value


def _date(
    field: str, texts: Mapping[str, str], faults: list[Fault]
) -> datetime.date | None:
    text = texts[field]
    value = parse_date(text) if text else None
    if text and value is None:
        faults.append(Fault(field, "date", text))
    return value


def _currency(texts: Mapping[str, str], faults: list[Fault]) -> str | None:
    text = texts["currency"]
    value = find_currency(text) if text else None
    if text and value is None:
        faults.append(Fault("currency", "currency", text))
    return value


def _state(texts: Mapping[str, str], faults: list[Fault]) -> str:
    text = fold(texts["state"])
    for state, words in _STATES.items():
        if text in words:
            return state
    if text:
        faults.append(Fault("state", "state", texts["state"]))
    return "sent"


def document_names(text: str) -> tuple[str, ...]:
    """Return the files that a cell names, each once."""
    names = (name.strip() for name in text.replace("\n", ";").split(";"))
    return tuple(dict.fromkeys(name for name in names if name))
