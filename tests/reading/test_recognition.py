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
