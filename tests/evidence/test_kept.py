import json
from dataclasses import replace

import pytest
from archive_builders import (
    PEOPLE,
    altered,
    found_in,
    keep,
    keep_document,
    make_event,
    make_revisions,
)

from evidence import (
    GENESIS_HASH,
    Waived,
    canonical_json,
    payload_sha256,
    row_hash,
    verify_archive,
)


def test_untouched_archive_has_no_findings():
    first = make_event(1)

    assert found_in(make_revisions()) == []
    assert found_in([first, make_event(2, first.row.hash, revision=None)]) == []
    assert found_in([make_event(1, offer=None)]) == []


@pytest.mark.parametrize("column", sorted(make_revisions()[0].columns))
def test_every_altered_column_is_named(column):
    columns = {**make_revisions()[1].columns, column: "other"}

    assert altered(columns=columns) == [("column_altered", 2, column)]


@pytest.mark.parametrize("column", ["origin", "external_number", "date_recorded"])
def test_payload_of_a_quotation_says_that_it_was_not_made_outside(column):
    columns = make_revisions()[1].columns

    assert altered(columns={**columns, column: None}) == []
    assert altered(columns={**columns, column: "upload"}) == [
        ("column_altered", 2, column)
    ]


@pytest.mark.parametrize("column", sorted(make_event(1).columns))
def test_every_altered_column_of_an_event_is_named(column):
    kept = make_event(1)

    rows = [replace(kept, columns={**kept.columns, column: 99})]

    assert found_in(rows) == [("column_altered", 1, column)]


def test_yes_is_not_one_and_nothing_is_not_zero():
    kept = make_revisions()[1]

    assert altered(columns={**kept.columns, "number": True}) == [
        ("column_altered", 2, "number")
    ]
    lines = [{**kept.lines[0], "quantity": None}, kept.lines[1]]
    assert altered(lines=lines) == [("line_altered", 2, "1.quantity")]


LINE_FACTS = sorted(
    make_revisions()[0].lines[0].keys() - {"sequence", "tax_ids", "product_name"}
)


@pytest.mark.parametrize("fact", LINE_FACTS)
def test_every_altered_value_of_a_line_is_named(fact):
    kept = make_revisions()[1]
    lines = [kept.lines[0], {**kept.lines[1], fact: "other"}]

    assert altered(lines=lines) == [("line_altered", 2, f"2.{fact}")]


def test_line_of_another_company_is_named():
    kept = make_revisions()[1]
    lines = [{**kept.lines[0], "flaw": "company_id"}, kept.lines[1]]

    assert altered(lines=lines) == [("line_altered", 2, "1.company_id")]


def test_removed_added_and_repeated_lines_are_named():
    first, second = make_revisions()[1].lines

    assert altered(lines=[second]) == [("line_missing", 2, "1")]
    assert altered(lines=[first, second, {**second, "sequence": 3}]) == [
        ("line_added", 2, "3")
    ]
    assert altered(lines=[first, second, second]) == [("line_added", 2, "2")]
    assert altered(lines=[first, {**second, "sequence": None}]) == [
        ("line_added", 2, "None"),
        ("line_missing", 2, "2"),
    ]


def test_lines_in_another_order_are_named():
    first, second = make_revisions()[1].lines
    lines = [{**second, "sequence": 1}, {**first, "sequence": 2}]

    codes = altered(lines=lines)

    assert ("line_altered", 2, "1.name") in codes
    assert ("line_altered", 2, "2.name") in codes


def test_link_to_a_deleted_product_is_no_finding():
    first, second = make_revisions()[1].lines
    lines = [{key: first[key] for key in first if key != "product_id"}, second]

    assert altered(lines=lines) == []


@pytest.mark.parametrize(
    ("documents", "code", "detail"),
    [
        ([keep_document(sha256="0" * 64)], "document_altered", "Quotation.pdf"),
        ([keep_document(sha256=None)], "document_missing", "Quotation.pdf"),
        ([], "document_missing", "Quotation.pdf"),
        ([keep_document(), keep_document(name="x")], "document_added", "x"),
        ([keep_document(name="y")], "document_altered", "Quotation.pdf: name"),
        ([keep_document(mimetype="y")], "document_altered", "Quotation.pdf: mimetype"),
        ([keep_document(size=1)], "document_altered", "Quotation.pdf: size"),
        (
            [keep_document(flaws=("public",))],
            "document_altered",
            "Quotation.pdf: public",
        ),
    ],
)
def test_document_that_is_not_as_sent_is_named(documents, code, detail):
    assert altered(documents=documents) == [(code, 2, detail)]


def test_purged_documents_are_no_finding_but_altered_ones_are():
    rows = make_revisions()
    waived = Waived({}, {2})

    rows[1] = replace(rows[1], documents=[])
    assert found_in(rows, waived) == []

    rows[1] = replace(rows[1], documents=[keep_document(sha256="0" * 64)])
    assert found_in(rows, waived) == [("document_altered", 2, "Quotation.pdf")]


def personal(values, salts=None):
    salts = dict.fromkeys(PEOPLE, "ab" * 16) if salts is None else salts
    return json.dumps({"values": values, "salts": salts})


def test_forgotten_people_are_no_finding_when_an_event_says_so():
    rows = make_revisions()
    rows[1] = replace(rows[1], personal=personal({}, {}))

    assert found_in(rows, Waived({2: {*PEOPLE}}, ())) == []
    assert found_in(rows) == [
        ("personal_missing", 2, "customer.name"),
        ("personal_missing", 2, "customer.vat"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (personal({**PEOPLE, "customer.name": "x"}), {"personal_altered"}),
        (personal({**PEOPLE, "spouse": "x"}), {"personal_unknown"}),
        (personal(PEOPLE, {}), {"personal_altered"}),
        (
            personal({"customer.name": PEOPLE["customer.name"]}),
            {"personal_missing", "personal_unknown"},
        ),
        ("", {"personal_unreadable"}),
        ("[]", {"personal_unreadable"}),
        ('{"values": {}}', {"personal_unreadable"}),
    ],
)
def test_altered_personal_data_is_found(text, codes):
    assert {code for code, _sequence, _detail in altered(personal=text)} == codes


@pytest.mark.parametrize(
    "value",
    [
        {"chain": {"sequence": 1}},
        {"chain": {"sequence": 1}, "offer": {}, "content": []},
        {"chain": {"sequence": 1}, "event": {}},
    ],
)
def test_payload_without_its_parts_is_unreadable(value):
    kept = replace(make_revisions(1)[0])
    rows = [keep_row(canonical_json(value), kept)]

    assert found_in(rows) == [("payload_unreadable", 1, "content")]


def keep_row(payload, kept):
    fresh = keep(make_event(1).row.payload, 1, GENESIS_HASH)
    row = replace(fresh.row, payload=payload)
    row = replace(
        row,
        payload_sha256=payload_sha256(payload),
        hash=row_hash(GENESIS_HASH, 1, payload),
    )
    return replace(kept, row=row)


def test_older_payload_without_newer_facts_is_intact():
    value = {
        "chain": {"company": {"id": 5}, "sequence": 1},
        "offer": {"number": "S1", "revision": 1},
        "content": {},
        "people": {},
        "documents": [],
    }
    kept = make_revisions(1)[0]
    row = replace(
        keep_row(canonical_json(value), kept),
        lines=[],
        documents=[],
        personal=personal({}, {}),
    )

    assert found_in([row]) == []


def test_part_of_an_archive_is_checked_from_where_it_starts():
    rows = make_revisions()

    findings = verify_archive(rows[1:], start_sequence=2, start_hash=rows[0].row.hash)

    assert list(findings) == []


def test_removed_row_is_named():
    rows = make_revisions()
    del rows[1]

    assert found_in(rows) == [("row_missing", 2, ""), ("link_broken", 3, "")]


@pytest.mark.parametrize("part", ["payload", "personal"])
def test_every_single_altered_character_names_the_row(part):
    rows = make_revisions()
    kept = rows[1]
    text = kept.row.payload if part == "payload" else kept.personal

    for at, character in enumerate(text):
        other = text[:at] + chr(ord(character) ^ 1) + text[at + 1 :]
        if part == "payload":
            rows[1] = replace(kept, row=replace(kept.row, payload=other))
        else:
            rows[1] = replace(kept, personal=other)
        assert 2 in {found.sequence for found in verify_archive(rows)}, (at, character)
