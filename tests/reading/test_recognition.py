"""Pictures and scans, recognised by the real program."""

import io
import json
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from file_builders import make_scan
from PIL import Image, ImageDraw, ImageFont

from reading import DEFAULT_LIMITS, Context, parse_answer, propose, worker

pytestmark = pytest.mark.skipif(
    shutil.which("tesseract") is None,
    reason="Tesseract is not installed: no picture was recognised. On Debian: "
    "apt-get install tesseract-ocr tesseract-ocr-pol",
)
LINES = (
    "Oferta nr OF/17/2026",
    "Razem netto: 80 000,00 EUR",
    "Razem brutto: 98 400,00",
)


def picture(kind="PNG"):
    """Return a page as a scanner at 150 dots an inch gives it."""
    image = Image.new("L", (1240, 600), 255)
    font = ImageFont.load_default(size=42)
    for number, line in enumerate(LINES):
        ImageDraw.Draw(image).text((80, 80 + 90 * number), line, 0, font)
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


def read(name, data):
    """Read as Odoo does: in a process of its own, bounded in memory."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from reading.worker import run; raise SystemExit(run())",
            name,
            json.dumps(asdict(DEFAULT_LIMITS)),
        ],
        input=data,
        capture_output=True,
        check=True,
        timeout=60,
        cwd=Path(worker.__file__).parents[1],
    )
    return parse_answer(done.stdout.decode())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_picture_of_an_offer_is_recognised(kind):
    found = read("scan", picture(kind))

    assert (found.problem, found.notes) == (None, ())
    context = Context(lambda text: None, lambda text: ())
    values = {one.field: one.value for one in propose(found.text, context)}
    assert values["amount_total"] == "98400.00"
    assert values["amount_untaxed"] == "80000.00"
    assert values["number"] == "OF/17/2026"


def test_scanned_page_is_recognised():
    assert "98 400,00" in read("scan.pdf", make_scan(picture())).text


def test_picture_of_nothing_has_no_text():
    stream = io.BytesIO()
    Image.new("L", (300, 200), 255).save(stream, "PNG")

    assert read("a.png", stream.getvalue()).notes == ("no_text",)


TABLE = (
    ("Lp.", "Nazwa towaru", "Ilosc", "J.m.", "Cena netto", "Wartosc netto"),
    ("1", "Tokarka CX-400", "2", "szt.", "40 000,00", "80 000,00"),
    ("2", "Szkolenie operatora", "3", "kpl.", "1 000,00", "3 000,00"),
    ("3", "Transport i montaz", "1", "kpl.", "1 500,00", "1 500,00"),
    ("", "", "", "", "Razem netto", "84 500,00"),
)
PLACES = (60, 150, 620, 760, 1000, 1280)  # of the columns; numbers end there


def drawn_table(rows=TABLE, ruled=False, tilt=0.0):
    """Return a page with a table as a scanner at 150 dots an inch gives it."""
    image = Image.new("L", (1340, 700), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=26)
    draw.text((60, 40), "Oferta nr OF/17/2026", 0, font)
    for number, row in enumerate(rows):
        top = 140 + 60 * number
        for place, text in zip(PLACES, row, strict=True):
            is_number = place in (620, 1000, 1280)
            draw.text((place, top), text, 0, font, anchor="ra" if is_number else "la")
        if ruled:
            draw.line((40, top - 16, 1300, top - 16), 0, 2)
    if ruled:
        for place in (40, 120, 520, 700, 810, 1060, 1300):
            draw.line((place, 124, place, 364), 0, 2)
    image = image.rotate(tilt, fillcolor=255)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def lines_of(found):
    return [
        (line.text, str(line.quantity), line.unit, str(line.price), str(line.total))
        for table in found.tables
        for line in table
    ]


EXPECTED = [
    ("Tokarka CX-400", "2", "szt.", "40000.00", "80000.00"),
    ("Szkolenie operatora", "3", "kpl.", "1000.00", "3000.00"),
    ("Transport i montaz", "1", "kpl.", "1500.00", "1500.00"),
]


@pytest.mark.parametrize("ruled", [False, True], ids=["plain", "ruled"])
@pytest.mark.parametrize("tilt", [0.0, 0.5], ids=["straight", "tilted"])
def test_lines_of_a_scanned_table(ruled, tilt):
    found = read("scan.pdf", make_scan(drawn_table(ruled=ruled, tilt=tilt)))

    assert lines_of(found) == EXPECTED
    assert all(line.is_sound for table in found.tables for line in table)


def test_lines_of_a_photographed_table():
    assert lines_of(read("offer.png", drawn_table())) == EXPECTED
