import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import PROPOSAL_FIELDS, Context, propose

OWN = "PL1111111111"


def tax(value):
    digits = re.sub(r"\D", "", value)
    return f"PL{digits}" if len(digits) == 10 else None


CONTEXT = Context(
    normalise_tax=tax,
    find_phones=lambda text: ("+48" + re.sub(r"\D", "", text)[-9:],),
    own_tax_numbers=frozenset({OWN}),
    own_phones=frozenset({"+48220000000"}),
    own_domains=frozenset({"meridian.example"}),
)
POLISH = """Meridian sp. z o.o., NIP 111-111-11-11, tel. 22 000 00 00
anna@meridian.example
Oferta cenowa nr OF/17/2026          Data wystawienia: 5 listopada 2026
Nabywca: Zakład Mechaniczny ŁĄCZNIK sp. z o.o.
NIP: 525-224-84-81   tel.: +48 601 234 567   zakupy@lacznik.example
Tokarka CX-400   1 szt.   10 000,00
Razem netto: 10 000,00 zł
VAT 23%: 2 300,00 zł
Razem brutto: 12 345,67 zł
Oferta ważna do: 31.12.2026
"""
GERMAN = """Angebot Nr. 2026-881 vom 03.11.2026
Kunde
Maschinenbau Müller GmbH
Nettobetrag 8.000,00 EUR
Gesamtbetrag 9.520,00 EUR
Gültig bis 31.12.2026
"""
GREEK = """Αρ. Προσφοράς: ΠΡ-44/2026  Ημερομηνία: 05/11/2026
Πελάτης: ΑΘΗΝΑΪΚΗ Α.Ε.
Σύνολο χωρίς ΦΠΑ: 1.000,00 €
Γενικό Σύνολο: 1.240,00 €
Ισχύει έως 31 Δεκεμβρίου 2026
"""
ENGLISH = """Quotation no. Q-2026/5
Offer date: November 5, 2026
Subtotal $1,000.00
Grand total: $1,200.00
Valid for 30 days
"""


def read(text):
    return {one.field: one.value for one in propose(text, CONTEXT)}


def test_polish_offer():
    assert read(POLISH) == {
        "amount_total": "12345.67",
        "amount_untaxed": "10000.00",
        "currency": "PLN",
        "customer": "Zakład Mechaniczny ŁĄCZNIK sp. z o.o.",
        "date": "2026-11-05",
        "email": "zakupy@lacznik.example",
        "number": "OF/17/2026",
        "phone": "+48601234567",
        "validity": "2026-12-31",
        "vat": "PL5252248481",
    }


def test_german_offer():
    assert read(GERMAN) == {
        "amount_total": "9520.00",
        "amount_untaxed": "8000.00",
        "currency": "EUR",
        "customer": "Maschinenbau Müller GmbH",
        "date": "2026-11-03",
        "number": "2026-881",
        "validity": "2026-12-31",
    }


def test_greek_offer():
    found = read(GREEK)

    assert found["amount_total"] == "1240.00"
    assert found["amount_untaxed"] == "1000.00"
    assert found["customer"] == "ΑΘΗΝΑΪΚΗ Α.Ε."
    assert (found["date"], found["validity"]) == ("2026-11-05", "2026-12-31")
    assert found["number"] == "ΠΡ-44/2026"


def test_english_offer_with_days():
    found = read(ENGLISH)

    assert found["number"] == "Q-2026/5"
    assert (found["amount_total"], found["currency"]) == ("1200.00", "USD")
    assert (found["date"], found["validity"]) == ("2026-11-05", "2026-12-05")


def test_each_proposal_tells_where_it_was_read():
    by_field = {one.field: one for one in propose(POLISH, CONTEXT)}

    assert by_field["amount_total"].snippet == "Razem brutto: 12 345,67 zł"
    assert by_field["validity"].snippet == "Oferta ważna do: 31.12.2026"
    assert by_field["amount_total"].confidence > 0.9


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Razem brutto:\n1 000,00 zł", "amount_total", "1000.00"),
        ("Razem 10,00 2,30 12,30 zł", "amount_total", "12.30"),
        ("Netto 100,00 VAT 23,00 Brutto 123,00", "amount_untaxed", "100.00"),
        ("Netto 100,00 VAT 23,00 Brutto 123,00", "amount_total", "123.00"),
        ("Suma strony: 5 zł\nSuma: 900 zł", "amount_total", "900"),
        ("Maszyna 500 EUR\nTransport 20 EUR", "amount_total", "500"),
        ("Kraków, 5.11.2026", "date", "2026-11-05"),
        ("Oferta\nNr 17/26", "number", "17/26"),
        ("PL 5252248481", "vat", "PL5252248481"),
    ],
)
def test_single_values(text, field, value):
    assert read(text)[field] == value


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Razem brutto: 0,00 zł", "amount_total"),
        ("Razem brutto:", "amount_total"),
        ("Razem netto: 100 zł", "amount_total"),
        ("Oferta ważna do: 31.12.2026", "date"),
        ("Termin ważności: wkrótce", "validity"),
        ("ważna 30 dni", "validity"),
        ("Oferta z dnia 5.11.2026", "number"),
        ("Oferta " + "1" * 50, "number"),
        ("Oferta dla Państwa", "number"),
        ("Nabywca: -", "customer"),
        ("Nabywca: 5", "customer"),
        ("NIP 111-111-11-11", "vat"),
        ("NIP 123", "vat"),
        ("NIP 12345678901234", "vat"),
        ("anna@meridian.example", "email"),
        ("tel. 22 000 00 00", "phone"),
        ("12 345,67", "amount_total"),
        ("", "date"),
    ],
)
def test_nothing_is_proposed(text, field):
    assert field not in read(text)


def test_amount_without_currency_and_guess_are_less_sure():
    sure, plain, guess = (
        propose(text, CONTEXT)[0].confidence
        for text in ("Razem brutto: 5,00 zł", "Razem brutto: 5,00", "Tokarka 5,00 zł")
    )

    assert sure > plain > guess


def test_what_contradicts_something_surer_is_left_out():
    netto = read("Razem netto: 900 zł\nRazem: 100 zł")
    until = read("Data oferty: 5.11.2026\nTermin ważności: 1.10.2026")
    made = read("5.11.2026\nTermin ważności: 1.10.2026")

    assert (netto.get("amount_untaxed"), netto.get("amount_total")) == ("900", None)
    assert ("date" in until) + ("validity" in until) == 1
    assert (made.get("date"), made["validity"]) == (None, "2026-10-01")


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_gives_well_formed_proposals(noise, more):
    text = f"{noise}\nRazem {more}\nData {more}\nOferta nr {noise}"

    found = propose(text, CONTEXT)

    assert [one.field for one in found] == [
        field for field in PROPOSAL_FIELDS if field in {one.field for one in found}
    ]
    assert all(0 < one.confidence <= 1 and one.value for one in found)
    assert all(len(one.snippet) <= 120 for one in found)
    assert found == propose(text, CONTEXT)


@given(
    st.decimals(min_value="0.01", max_value="9999999", places=2),
    st.sampled_from(["Razem brutto", "Gesamtbetrag", "Γενικό σύνολο", "Grand total"]),
)
def test_total_is_read_whatever_its_size(value, label):
    written = f"{value:,.2f}".replace(",", " ").replace(".", ",")

    assert read(f"x\n{label}: {written} EUR\ny")["amount_total"] == f"{value:.2f}"


@pytest.mark.parametrize(
    ("below", "amount"),
    [("1", None), ("5,00", "5.00"), ("1 200", "1200"), ("7 EUR", "7"), ("999", None)],
)
def test_first_cell_below_a_heading_is_no_amount(below, amount):
    assert read(f"Wartosc netto\n{below}").get("amount_untaxed") == amount
