import io
from decimal import Decimal

import pytest
from table_builders import POLISH, docx_table

from reading import parse_answer, read_document, read_lines
from reading.answer import write_reading, write_tables


def written():
    data = docx_table(POLISH)
    target = io.StringIO()
    write_reading(target, read_document("a.docx", data))
    write_tables(target, read_lines(data))
    return target.getvalue(), read_lines(data)


def test_answers_come_back_as_they_went():
    answer, tables = written()

    found = parse_answer(answer)

    assert found.tables == tables
    assert found.tables[0][0].price == Decimal("40000.00")
    assert "Tokarka" in found.text


def test_what_came_before_the_time_was_up_counts():
    answer, _tables = written()

    found = parse_answer(answer[:-5])

    assert (found.tables, found.kind) == ((), "docx")
    with pytest.raises(ValueError, match="nothing was read"):
        parse_answer(answer.partition("\n")[0])
