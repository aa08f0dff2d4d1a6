import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from document import (
    Letterhead,
    TableCell,
    TableDocument,
    TableHead,
    TablePart,
    TableRow,
    render_table,
)

HEADS = (
    TableHead("", weight=1.6, is_right=False),
    TableHead("S00001", ("Ewa", "Base")),
    TableHead("S00002", ("Ewa",)),
)
ROWS = (
    TableRow((TableCell("Machines"),), is_heading=True),
    TableRow(
        (
            TableCell("Lathe", notes=("Same product",)),
            TableCell("100.00"),
            TableCell("90.00", "−10 %", "less", ("× 2",)),
        )
    ),
    TableRow(
        (TableCell("Total"), TableCell("–", tone="muted"), TableCell("9")),
        is_strong=True,
    ),
)


@pytest.fixture(scope="session")
def table(fonts):
    return TableDocument(
        title="Comparison of offers",
        letterhead=Letterhead("Meridian Kraków", ("ul. Wielicka 1",), ("NIP 1",)),
        fonts=fonts,
        page_label="Page {page} of {pages}",
        about=("Prices in PLN",),
        parts=(TablePart(HEADS, ROWS),),
    )


def pages(pdf):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_everything_is_on_paper_turned_sideways(table):
    pdf = render_table(table)

    (text,) = pages(pdf)
    for part in ("Meridian Kraków", "Comparison of offers", "Prices in PLN", "−10 %"):
        assert part in text
    for part in ("Machines", "Same product", "× 2", "Total", "Base", "Page 1 of 1"):
        assert part in text
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert box.width > box.height


def test_head_is_repeated_and_pages_are_counted(table):
    long = render_table(replace(table, parts=(TablePart(HEADS, ROWS * 40),)))

    texts = pages(long)
    assert len(texts) > 2
    for number, text in enumerate(texts, start=1):
        assert "S00002" in text
        assert f"Page {number} of {len(texts)}" in text


def test_equal_tables_give_equal_bytes(table):
    assert render_table(table) == render_table(table)


def test_table_without_rows_renders(table):
    assert (
        len(
            pages(render_table(replace(table, parts=(TablePart(HEADS, ()),), about=())))
        )
        == 1
    )


@settings(max_examples=40)
@given(st.text(max_size=3000))
def test_no_text_breaks_the_renderer(table, text):
    cell = TableCell(text, text, "more", (text,))
    rows = (TableRow((cell,) * 3), TableRow((cell,), is_heading=True))

    parts = (TablePart(HEADS, rows, text[:200]),)

    assert render_table(replace(table, parts=parts, title=text[:100]))[:5] == b"%PDF-"


def test_tables_follow_one_another_under_their_titles(table):
    parts = (TablePart(HEADS, ROWS, "Offers"), TablePart(HEADS[:1], (), "Contacts"))

    (text,) = pages(render_table(replace(table, parts=parts)))

    assert text.index("Offers") < text.index("Lathe") < text.index("Contacts")
