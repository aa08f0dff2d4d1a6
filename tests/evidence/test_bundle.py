import json

import pytest
from archive_builders import PDF, make_event, make_revisions

from evidence import (
    NOTHING_WAIVED,
    KeptDocument,
    Waived,
    row_from_json,
    row_to_json,
    sha256_hex,
    verify_archive,
    waived_by,
)

FILES = {f"files/{sha256_hex(PDF.data)}": PDF.data}


def measure(name):
    data = FILES.get(name)
    return None if data is None else (len(data), sha256_hex(data))


def test_rows_survive_the_way_out_and_back():
    lines = [row_to_json(kept) for kept in make_revisions()]

    rows = [row_from_json(line, measure) for line in lines]

    assert list(verify_archive(rows)) == []
    assert [row_to_json(kept) for kept in rows] == lines


def test_file_that_the_bundle_lacks_is_missing():
    line = row_to_json(make_revisions(1)[0])

    kept = row_from_json(line, lambda _name: None)

    assert kept.documents == [KeptDocument(PDF.name, PDF.mimetype, 0, None)]


def test_file_that_was_gone_already_is_not_looked_for():
    value = json.loads(row_to_json(make_revisions(1)[0]))
    value["documents"][0]["sha256"] = None

    kept = row_from_json(json.dumps(value), measure)

    assert kept.documents[0].sha256 is None


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"sequence": 1}'])
def test_anything_else_is_refused(line):
    with pytest.raises(ValueError, match=r"."):
        row_from_json(line, measure)


def about(sequence, chain="revision"):
    return {"chain": chain, "sequence": sequence}


def test_events_say_what_may_be_missing():
    events = [
        make_event(1),
        make_event(2, code="purged", about=about(4)),
        make_event(3, code="forgotten", detail="a, b", about=about(5)),
        make_event(4, code="forgotten", detail="c", about=about(5)),
        make_event(5, code="forgotten", detail=None, about=about(6)),
        make_event(6, code="forgotten", detail="d", about=about(1, "event")),
    ]
    payloads = [event.row.payload for event in events]

    assert waived_by(payloads) == Waived({5: {"a", "b", "c"}, 6: {""}}, {4})
    assert waived_by(payloads, "event") == Waived({1: {"d"}}, set())
    assert waived_by([]) == Waived({}, set())
    assert not NOTHING_WAIVED.people


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "{",
        "[]",
        '{"event":7}',
        '{"event":{"about":7}}',
        '{"event":{"code":"purged","about":{"chain":"revision"}}}',
        '{"event":{"code":"purged","about":{"chain":"revision","sequence":"4"}}}',
    ],
)
def test_altered_event_excuses_nothing(payload):
    assert waived_by([payload]) == Waived({}, set())


def test_event_without_detail_of_fields_excuses_no_field():
    event = make_event(1, code="forgotten", detail=7, about=about(5))

    assert waived_by([event.row.payload]).people == {5: {"7"}}
