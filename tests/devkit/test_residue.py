"""What the comparison of a whole database calls a residue."""

from devkit.testing.residue import Snapshot, differences


def snapshot(counts=None, **facts):
    return Snapshot(
        {kind: frozenset(texts) for kind, texts in facts.items()}, counts or {}
    )


def test_equal_snapshots_have_no_residue():
    one = snapshot({"res_partner": 3}, table={"res_partner"})

    assert differences(one, one) == []


def test_what_is_left_and_what_is_gone_are_both_told():
    before = snapshot(column={"res_partner.name", "res_partner.vat"})
    after = snapshot(column={"res_partner.name", "res_partner.score"})

    (finding,) = differences(before, after)

    assert finding.title == "2 × column"
    assert finding.detail.splitlines() == [
        "left: res_partner.score",
        "gone: res_partner.vat",
    ]


def test_rows_in_any_table_are_counted():
    before, after = snapshot({"res_partner": 3}), snapshot({"res_partner": 4})

    (finding,) = differences(before, after)

    assert finding.title == "res_partner had 3 rows, now it has 4"


def test_a_table_that_stayed_is_told():
    (finding,) = differences(snapshot(), snapshot({"score": 0}))

    assert finding.title == "score had None rows, now it has 0"


def test_messages_that_people_wrote_meanwhile_are_no_residue():
    before, after = snapshot({"mail_message": 3}), snapshot({"mail_message": 9})

    assert differences(before, after) == []


def test_described_tables_are_compared_by_row_instead_of_count():
    rows = "row of ir_rule"
    before = snapshot({"ir_rule": 1}, **{rows: {"a"}})
    after = snapshot({"ir_rule": 2}, **{rows: {"a", "b"}})

    (finding,) = differences(before, after)

    assert finding.title == "1 × row of ir_rule"
