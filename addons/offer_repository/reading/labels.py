"""What stands in front of a value in an offer, in four languages, folded.

Each label has a strength: how sure it is that what follows is what it says.
"""

import re

from .folding import fold

_LABELS: dict[str, tuple[tuple[float, tuple[str, ...]], ...]] = {
    "amount_total": (
        (
            0.95,
            (
                "razem brutto",
                "wartosc brutto",
                "kwota brutto",
                "suma brutto",
                "cena brutto",
                "lacznie brutto",
                "do zaplaty",
                "gesamtbetrag",
                "gesamtsumme",
                "bruttobetrag",
                "gesamt brutto",
                "summe brutto",
                "endbetrag",
                "angebotssumme",
                "grand total",
                "total amount",
                "total incl",
                "amount due",
                "total gross",
                "gross total",
                "γενικο συνολο",
                "τελικο συνολο",
                "τελικο ποσο",
                "συνολικο ποσο",
                "συνολο με φπα",
                "πληρωτεο",
            ),
        ),
        (
            0.75,
            ("razem", "suma", "brutto", "gesamt", "summe", "total", "συνολο"),
        ),
    ),
    "amount_untaxed": (
        (
            0.95,
            (
                "razem netto",
                "wartosc netto",
                "kwota netto",
                "suma netto",
                "cena netto",
                "lacznie netto",
                "nettobetrag",
                "nettosumme",
                "summe netto",
                "gesamt netto",
                "zwischensumme",
                "subtotal",
                "sub-total",
                "net total",
                "total net",
                "net amount",
                "untaxed amount",
                "total excl",
                "καθαρη αξια",
                "καθαρο ποσο",
                "συνολο χωρις φπα",
                "συνολο προ φπα",
                "υποσυνολο",
            ),
        ),
        (0.7, ("netto", "net")),
    ),
    "validity": (
        (
            0.95,
            (
                "oferta wazna do",
                "oferta jest wazna do",
                "wazna do",
                "wazne do",
                "termin waznosci",
                "waznosc oferty",
                "oferta wazna",
                "angebot gultig bis",
                "gultig bis",
                "bindefrist",
                "gultigkeit",
                "valid until",
                "valid through",
                "valid to",
                "valid for",
                "offer valid",
                "expiration date",
                "expiry date",
                "expires",
                "ισχυει εως",
                "ισχυει μεχρι",
                "ισχυς προσφορας",
                "ισχυς εως",
            ),
        ),
        (0.8, ("waznosc", "gultig", "validity", "ισχυς")),
    ),
    "date": (
        (
            0.95,
            (
                "data wystawienia",
                "data oferty",
                "data sporzadzenia",
                "angebotsdatum",
                "offer date",
                "quotation date",
                "quote date",
                "date of offer",
                "ημερομηνια προσφορας",
                "ημερομηνια εκδοσης",
            ),
        ),
        (
            0.8,
            ("data", "datum", "date", "dated", "ημερομηνια", "z dnia", "vom", "dnia"),
        ),
    ),
    "number": (
        (
            0.95,
            (
                "numer oferty",
                "nr oferty",
                "oferta nr",
                "oferta numer",
                "oferta cenowa nr",
                "oferta handlowa nr",
                "angebotsnummer",
                "angebot nr.",
                "angebot nr",
                "angebots-nr.",
                "angebot-nr.",
                "offer number",
                "offer no.",
                "offer no",
                "quotation number",
                "quotation no.",
                "quotation no",
                "quotation #",
                "quote number",
                "quote no.",
                "quote #",
                "αρ. προσφορας",
                "αριθμος προσφορας",
                "προσφορα αρ.",
                "προσφορα νο",
            ),
        ),
        (0.7, ("oferta", "angebot", "offer", "quotation", "quote", "προσφορα")),
    ),
    "customer": (
        (
            0.7,
            (
                "nabywca",
                "zamawiajacy",
                "klient",
                "odbiorca",
                "oferta dla",
                "kunde",
                "auftraggeber",
                "customer",
                "client",
                "bill to",
                "prepared for",
                "πελατης",
                "προς",
            ),
        ),
    ),
}


def _compiled(labels: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(map(fold, labels), key=lambda label: (-len(label), label))
    choice = "|".join(re.escape(label) for label in ordered)
    return re.compile(rf"(?<![a-zα-ω])(?:{choice})(?![a-zα-ω])")


LABELS = {
    field: tuple((strength, _compiled(labels)) for strength, labels in groups)
    for field, groups in _LABELS.items()
}
