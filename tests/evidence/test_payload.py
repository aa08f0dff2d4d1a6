from decimal import Decimal

import pytest

from evidence import (
    EVENT_FORMAT,
    EXTERNAL_FORMAT,
    FORMAT,
    CanonicalError,
    DocumentFile,
    build_event_payload,
    build_payload,
    document_entries,
    is_same_material,
    material_sha256,
    parse_canonical,
    sha256_hex,
)

LINE = {
    "display_type": None,
    "name": "Lathe CX-400",
    "quantity": Decimal("1"),
    "price_unit": Decimal("80000.00"),
}
CONTENT = {"currency": "EUR", "validity": "2026-12-31", "terms": "EXW", "lines": [LINE]}
PDF = DocumentFile("Quotation.pdf", "application/pdf", b"%PDF-1.4 exact bytes")


def content(**changes):
    return {**CONTENT, **changes}


def line(**changes):
    return content(lines=[{**LINE, **changes}])


def test_payload_is_canonical_and_names_its_format():
    text = build_payload(
        {"sequence": 1},
        {"number": "S1"},
        CONTENT,
        {"name": "c0"},
        document_entries([PDF]),
    )

    payload = parse_canonical(text)

    assert payload["format"] == FORMAT
    assert payload["content"]["lines"][0]["price_unit"] == "80000"
    assert payload["documents"] == [
        {
            "name": "Quotation.pdf",
            "mimetype": "application/pdf",
            "size": 20,
            "sha256": sha256_hex(PDF.data),
        }
    ]


def test_float_never_enters_a_payload():
    with pytest.raises(CanonicalError):
        build_payload({"sequence": 1}, {}, line(quantity=1.0), {}, ())


@pytest.mark.parametrize(
    "other",
    [
        CONTENT,
        line(name="Lathe CX 400 (corrected text)"),
        line(price_unit=Decimal("80000")),
        line(product_name="Tokarka CX-400", uom_name="szt.", tax_names="VAT 23%"),
        content(currency_rate=Decimal("0.23"), payment_term="30 dni"),
        content(lines=[LINE, {"display_type": "line_note", "name": "Thank you"}]),
        content(lines=[{"display_type": "line_section", "name": "Machines"}, LINE]),
    ],
    ids=["equal", "wording", "zeros", "language", "rate", "note", "section"],
)
def test_wording_is_no_new_offer(other):
    assert is_same_material(CONTENT, other)
    assert is_same_material(other, CONTENT)
    assert material_sha256(other) == material_sha256(CONTENT)


@pytest.mark.parametrize(
    "other",
    [
        line(quantity=Decimal("2")),
        line(price_unit=Decimal("79999.99")),
        content(validity="2027-01-31"),
        content(terms="DAP"),
        content(currency="PLN"),
        content(lines=[LINE, LINE]),
        content(lines=[]),
    ],
    ids=["quantity", "price", "validity", "terms", "currency", "added", "removed"],
)
def test_what_the_customer_pays_or_gets_is_a_new_offer(other):
    assert not is_same_material(CONTENT, other)
    assert not is_same_material(other, CONTENT)


@pytest.mark.parametrize(
    "other",
    [
        line(uom_factor=Decimal("12"), uom_reference_id=1, uom_reference="Unit"),
        line(template_id=4, category_id=5, category="Machines"),
        content(company_currency="PLN"),
    ],
    ids=["unit", "product", "currency"],
)
def test_how_the_company_keeps_products_and_units_is_no_new_offer(other):
    assert is_same_material(CONTENT, other)


def test_another_delivery_is_a_new_offer():
    assert not is_same_material(CONTENT, content(delivery_date="2027-01-31"))
    assert not is_same_material(CONTENT, content(incoterm="DAP"))


def test_event_says_its_format_and_what_happened():
    text = build_event_payload({"sequence": 3}, {"code": "lost"}, {"sender.name": "ab"})

    assert parse_canonical(text) == {
        "format": EVENT_FORMAT,
        "chain": {"sequence": 3},
        "event": {"code": "lost"},
        "people": {"sender.name": "ab"},
    }


def test_offer_made_outside_has_a_format_of_its_own():
    outside = {"number": "OF/1", "origin": "upload", "external_number": "OF/1"}

    made = [
        parse_canonical(build_payload({}, offer, content(), {}, []))
        for offer in ({"number": "S1"}, outside)
    ]

    assert [payload["format"] for payload in made] == [FORMAT, EXTERNAL_FORMAT]
    assert made[1]["offer"] == outside
