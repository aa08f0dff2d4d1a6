import io

import pytest
from pypdf import PdfReader

from document import AnchorSheet, DocumentError, Fact, Fonts, render_anchor

DIGEST = "3f9a" * 16


@pytest.fixture(scope="session")
def sheet(fonts):
    return AnchorSheet(
        title="Hash dnia",
        company="Meridian Kraków",
        facts=(Fact("Sprawdzono", "2026-11-27 02:00:00 UTC"), Fact("Wynik", "Całe")),
        heads=(f"revision:120:{DIGEST}", f"event:7:{'0' * 64}"),
        remarks=("Podpisz i schowaj.",),
        signature="Data i podpis",
        fonts=fonts,
        language="pl-PL",
    )


def test_page_says_everything_in_the_readers_language(sheet):
    reader = PdfReader(io.BytesIO(render_anchor(sheet)))

    text = reader.pages[0].extract_text()

    assert len(reader.pages) == 1
    for part in ("Hash dnia", "Meridian Kraków", "Całe", "Podpisz", "Data i podpis"):
        assert part in text
    assert "revision:120" in text
    assert DIGEST in text.replace(" ", "").replace("\n", "")


def test_same_page_gives_the_same_bytes(sheet):
    assert render_anchor(sheet) == render_anchor(sheet)


def test_font_that_is_missing_is_said_to_be(sheet):
    broken = Fonts("nowhere.ttf", "nowhere.ttf", "nowhere.ttf")
    page = AnchorSheet("", "", (), (), (), "", broken)

    with pytest.raises(DocumentError):
        render_anchor(page)
