from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import (
    GENESIS_HASH,
    ChainRow,
    Finding,
    canonical_json,
    payload_sha256,
    row_hash,
    row_hash_1,
    verify_chain,
)


def make_chain(length):
    rows, previous = [], GENESIS_HASH
    for sequence in range(1, length + 1):
        payload = canonical_json({"chain": {}, "n": sequence * 7})
        digest = row_hash(previous, sequence, payload)
        rows.append(
            ChainRow(sequence, payload, payload_sha256(payload), previous, digest)
        )
        previous = digest
    return rows


def codes(rows, **kwargs):
    return {(found.code, found.sequence) for found in verify_chain(rows, **kwargs)}


@given(st.integers(0, 30))
def test_untouched_chain_has_no_findings(length):
    assert list(verify_chain(make_chain(length))) == []


def test_part_of_a_chain_is_checked_from_where_it_starts():
    rows = make_chain(5)

    assert codes(rows[2:], start_sequence=3, start_hash=rows[1].hash) == set()
    assert codes(rows[2:], start_sequence=3) == {("link_broken", 3)}


@given(st.integers(1, 12), st.data())
def test_any_altered_character_of_a_payload_is_found(length, data):
    rows = make_chain(length)
    index = data.draw(st.integers(0, length - 1))
    payload = rows[index].payload
    at = data.draw(st.integers(0, len(payload) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda c: c != payload[at]))
    rows[index] = replace(rows[index], payload=payload[:at] + other + payload[at + 1 :])

    found = codes(rows)

    assert {("payload_altered", index + 1), ("hash_wrong", index + 1)} <= found
    assert {sequence for _code, sequence in found} == {index + 1}


@pytest.mark.parametrize("field", ["payload_sha256", "previous_hash", "hash"])
def test_any_altered_hash_is_found(field):
    rows = make_chain(3)
    rows[1] = replace(rows[1], **{field: "f" * 64})

    assert any(sequence == 2 for _code, sequence in codes(rows))


@given(st.integers(2, 12), st.data())
def test_removed_row_is_named(length, data):
    rows = make_chain(length)
    # the last row of a chain can only be missed by an anchor outside of it
    gone = data.draw(st.integers(1, length - 1))
    del rows[gone - 1]

    assert codes(rows) == {("row_missing", gone), ("link_broken", gone + 1)}


def test_swapped_rows_are_found():
    rows = make_chain(4)
    rows[1], rows[2] = rows[2], rows[1]

    assert {("row_missing", 2), ("sequence_repeated", 2)} <= codes(rows)


def test_renumbered_row_is_found():
    rows = make_chain(3)
    rows[1], rows[2] = replace(rows[2], sequence=2), replace(rows[1], sequence=3)

    assert {("hash_wrong", 2), ("hash_wrong", 3)} <= codes(rows)


def test_last_row_given_another_number_is_found():
    rows = make_chain(3)
    rows[2] = replace(rows[2], sequence=4)

    assert codes(rows) == {("row_missing", 3), ("hash_wrong", 4)}


def make_chain_1(length):
    """Return a chain as format 1 had it: the place is in the payload."""
    rows, previous = [], GENESIS_HASH
    for sequence in range(1, length + 1):
        payload = canonical_json({"chain": {"sequence": sequence}, "n": sequence * 7})
        digest = row_hash_1(previous, payload)
        rows.append(
            ChainRow(sequence, payload, payload_sha256(payload), previous, digest)
        )
        previous = digest
    return rows


def test_rows_of_format_1_are_verified_as_they_were_written():
    rows = make_chain_1(3)
    assert codes(rows) == set()

    rows[1], rows[2] = replace(rows[2], sequence=2), replace(rows[1], sequence=3)

    found = list(verify_chain(rows))
    assert Finding("row_moved", 2, "3") in found
    assert Finding("row_moved", 3, "2") in found


def test_row_without_its_place_cannot_be_linked_as_in_format_1():
    row = make_chain(1)[0]
    row = replace(row, hash=row_hash_1(GENESIS_HASH, row.payload))

    assert codes([row]) == {("hash_wrong", 1)}


def test_inserted_row_is_found():
    rows = make_chain(3)
    rows.insert(2, rows[1])

    assert ("sequence_repeated", 2) in codes(rows)


@pytest.mark.parametrize(
    ("payload", "detail"),
    [
        ("{", "not_json"),
        ('{"chain":{"company":{"id":', "not_json"),
        ('{"a": 1}', "not_canonical"),
        ("{}", "chain"),
        ("7", "chain"),
    ],
)
def test_unreadable_payload_is_a_finding_not_a_crash(payload, detail):
    row = ChainRow(
        1,
        payload,
        payload_sha256(payload),
        GENESIS_HASH,
        row_hash(GENESIS_HASH, 1, payload),
    )

    assert list(verify_chain([row])) == [Finding("payload_unreadable", 1, detail)]
