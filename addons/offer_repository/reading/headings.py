"""Headings of the columns that tables of offers have, in four languages, folded."""

import re
from collections.abc import Iterable

from .folding import fold

_HEADINGS: dict[str, str] = {
    "position": "lp|l.p|poz|nr poz|nr|no|#|pos|item no|position|α/α|αα",
    "code": "kod|kod produktu|kod towaru|indeks|index|symbol|sku|nr katalogowy|code|"
    "item code|product code|article no|part no|part number|reference|art.-nr|"
    "artikel-nr|artikelnr|artikelnummer|κωδικος",
    "text": "nazwa|nazwa towaru|nazwa produktu|nazwa uslugi|towar|usluga|towar/usluga|"
    "opis|opis pozycji|produkt|przedmiot|asortyment|wyszczegolnienie|description|item|"
    "product|service|name|goods|details|bezeichnung|beschreibung|artikel|leistung|"
    "περιγραφη|ειδος|προιον|υπηρεσια",
    "quantity": "ilosc|il|liczba|liczba sztuk|qty|quantity|menge|anzahl|ποσοτητα|ποσ",
    "unit": "jm|j.m|jedn|jedn. miary|jednostka|jednostka miary|miara|unit|uom|einheit|"
    "me|μοναδα|μοναδα μετρησησ|μ.μ|μον",
    "price": "cena|cena netto|cena jedn|cena jednostkowa|cena jednostkowa netto|"
    "cena jedn. netto|price|unit price|net price|net unit price|price per unit|preis|"
    "einzelpreis|stuckpreis|e-preis|nettopreis|preis pro einheit|τιμη|τιμη μοναδασ",
    "gross_price": "cena brutto|cena jedn. brutto|cena jednostkowa brutto|gross price|"
    "price incl|bruttopreis|τιμη με φπα",
    "final": "cena po rabacie|cena po upuscie|cena netto po rabacie|discounted price|"
    "price after discount|preis nach rabatt|τιμη μετα εκπτωσησ",
    "discount": "rabat|upust|bonifikata|discount|disc|rabatt|nachlass|εκπτωση|εκπτ",
    "total": "wartosc|wartosc netto|kwota|kwota netto|suma|suma netto|razem|"
    "razem netto|netto|total|total net|net total|amount|net amount|line total|subtotal|"
    "net|betrag|nettobetrag|gesamt|gesamtpreis|gesamt netto|summe|συνολο|αξια|"
    "καθαρη αξια|ποσο",
    "tax": "vat|stawka vat|kwota vat|wartosc vat|podatek|ptu|tax|taxes|tax rate|ust|"
    "mwst|ust-satz|steuer|φπα",
    "gross": "wartosc brutto|kwota brutto|suma brutto|razem brutto|brutto|gross|"
    "gross amount|gross total|total gross|total incl|amount incl|bruttobetrag|"
    "gesamt brutto|αξια με φπα|συνολο με φπα",
}
_FIELDS = {
    fold(phrase): field
    for field, phrases in _HEADINGS.items()
    for phrase in phrases.split("|")
}
_LETTER = "[a-zα-ω0-9]"
_PHRASES = re.compile(
    rf"(?<!{_LETTER})(?:"
    + "|".join(re.escape(one) for one in sorted(_FIELDS, key=len, reverse=True))
    + rf")(?!{_LETTER})"
)
# What the second line of a heading adds to the first, and nothing else does.
_ADDED = re.compile(
    r"(?:netto|brutto|net|gross|jedn|jednostkowa|miary|towaru|produktu|uslugi|vat|tax|"
    r"excl|incl|pln|eur|zl|usd|gbp|szt|pro|per|unit|einheit|po|rabacie|φπα|μοναδασ|"
    r"[%€$£()\[\]./, ])+"
)
_MAX_HEADING = 60
_AMOUNTS = frozenset({"price", "gross_price", "final", "total", "gross"})


def find_field(text: str) -> str | None:
    """Return the field that a heading names by its longest phrase, or ``None``."""
    folded = fold(text[:_MAX_HEADING])
    phrases = _PHRASES.findall(folded)
    return _FIELDS[max(phrases, key=len)] if phrases else None


def adds_to_heading(text: str) -> bool:
    """Tell whether a cell below a heading goes on with it: "netto", "(PLN)"."""
    return _ADDED.fullmatch(fold(text[:_MAX_HEADING])) is not None


def is_header(fields: Iterable[str | None]) -> bool:
    """Tell whether these columns are those of an offer's lines."""
    found = set(fields) - {None}
    return "text" in found and len(found) >= 3 and bool(found & _AMOUNTS)
