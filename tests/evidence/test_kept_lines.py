"""Lines of a revision as one text."""

from dataclasses import replace

from archive_builders import (
    PAYLOAD,
    altered,
    found_in,
    keep,
    make_line,
    make_revisions,
)

from evidence import (
    GENESIS_HASH,
    canonical_json,
    joined_lines,
    parse_canonical,
)


def joined(kept):
    return joined_lines(parse_canonical(kept.row.payload)["content"]["lines"])


def test_lines_are_joined_in_the_documented_form():
    kept = make_revisions(1)[0]

    first = joined(kept).split("\x1e")[0]

    assert first.split("\x1f") == [
        *("1", "", "f", "7", "CX400", "Lathe CX-400", "1", "1", "Units"),
        *("80000", "0", "80000", "23%"),
    ]


def test_lines_are_not_looked_at_when_their_text_is_right():
    kept = make_revisions(1)[0]

    assert found_in([replace(kept, lines=None, lines_text=joined(kept))]) == []


def test_lines_are_looked_at_when_their_text_is_wrong():
    first, second = make_revisions()[1].lines

    assert altered(lines=[first], lines_text="other") == [("line_missing", 2, "2")]
    assert altered(lines=[first, second], lines_text="other") == []


def test_text_of_lines_is_not_trusted_when_a_value_holds_a_separator():
    line = {**make_line(name="a\x1fb"), "quantity": "1", "price_unit": "8"}
    payload = canonical_json({**PAYLOAD, "content": {"lines": [line]}})
    kept = keep(payload, 1, GENESIS_HASH)
    shifted = [{**kept.lines[0], "name": "a", "product_code": "b"}]

    kept = replace(kept, lines=shifted, lines_text=joined(kept))

    assert [code for code, _row, _detail in found_in([kept])] == ["line_altered"] * 2


def test_line_of_an_older_payload_is_looked_at():
    line = {"name": "Lathe", "quantity": "1"}
    payload = canonical_json({**PAYLOAD, "content": {"lines": [line]}})
    kept = keep(payload, 1, GENESIS_HASH)

    assert joined(kept) is None
    assert found_in([replace(kept, lines_text="1")]) == []
