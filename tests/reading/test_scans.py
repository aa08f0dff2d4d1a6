"""Words with places, as a program that reads pictures gives them, become lines."""

import io
import sys
from types import SimpleNamespace

import pytest
from file_builders import make_pdf, make_scan
from PIL import Image

from reading import read_lines, worker
from reading.result import Scan, Word
from reading.scans import rows_of

HEIGHT = 20
PLACES = (60, 150, 620, 760, 1000, 1280)  # where the columns begin
TABLE = (
    ("Lp.", "Nazwa towaru", "Ilosc", "J.m.", "Cena netto", "Wartosc netto"),
    ("1", "Tokarka CX-400", "2", "szt.", "40 000,00", "80 000,00"),
    ("2", "Szkolenie operatora", "3", "kpl.", "1 000,00", "3 000,00"),
    ("", "", "", "", "Razem netto", "83 000,00"),
)


def recognised(rows=TABLE, skew=0):
    """Return Tesseract's table; each column is a block of its own, as it often is."""
    names = ("text", "left", "top", "width", "height")
    names += ("page_num", "block_num", "par_num", "line_num")
    found = {name: [] for name in names}
    for line, row in enumerate(rows):
        for column, (place, text) in enumerate(zip(PLACES, row, strict=True)):
            left = place
            for word in (text and f"| {text}").split(" "):
                width = 11 * len(word)
                top = 100 + 60 * line + skew * column
                values = (word, left, top, width, HEIGHT, 1, column, 1, line)
                for name, value in zip(names, values, strict=True):
                    found[name].append(value)
                left += width + 6
    return found


@pytest.fixture
def find_words(monkeypatch):
    asked = []

    def image_to_data(_image, lang, **options):
        asked.append((lang, options["config"]))
        return recognised()

    library = SimpleNamespace(
        get_languages=lambda: ["eng", "pol"], image_to_data=image_to_data
    )
    monkeypatch.setitem(sys.modules, "pytesseract", library)
    yield worker.find_word_finder()
    assert set(asked) <= {("pol+eng", "--psm 4")}


def picture():
    stream = io.BytesIO()
    Image.new("L", (1600, 700), 255).save(stream, "PNG")
    return stream.getvalue()


def lines_of(tables):
    return [
        (line.text, str(line.quantity), str(line.price), str(line.total))
        for table in tables
        for line in table
    ]


@pytest.mark.parametrize("wrap", [bytes, make_scan], ids=["picture", "page"])
def test_lines_of_a_picture(find_words, wrap):
    assert lines_of(read_lines(wrap(picture()), find_words=find_words)) == [
        ("Tokarka CX-400", "2", "40000.00", "80000.00"),
        ("Szkolenie operatora", "3", "1000.00", "3000.00"),
    ]


def test_pages_with_a_text_are_not_looked_at_as_pictures():
    def find_words(_data):
        raise AssertionError

    assert lines_of(read_lines(make_pdf(), find_words=find_words)) == []


def test_a_picture_that_cannot_be_read_has_no_words(find_words):
    assert find_words(b"no picture") == Scan(1, ())


def test_nothing_reads_words_where_tesseract_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "pytesseract", None)

    assert worker.find_word_finder() is None
    assert read_lines(picture()) == ()


def word(left, top, text, line):
    return Word(left, top, left + 10 * len(text), top + HEIGHT, text, line)


def test_rows_are_put_together_by_height_and_parted_by_gaps():
    scan = Scan(
        1000,
        (
            word(0, 100, "Lathe", 0),
            word(60, 101, "CX", 0),
            word(0, 130, "Mill", 1),
            word(500, 107, "2", 2),  # a little lower, in a column of its own
            word(0, 260, "Total", 3),
            word(700, 128, "|", 4),
        ),
    )

    rows = [[piece.text for piece in row] for row in rows_of(scan)]
    assert rows == [["Lathe CX", "2"], ["Mill"], [], ["Total"]]


def test_rules_alone_are_no_row():
    assert list(rows_of(Scan(100, (word(0, 0, "|", 0), word(9, 0, "—", 0))))) == []
