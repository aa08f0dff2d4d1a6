import io
import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace

import pytest
from file_builders import OFFER, make_pdf

from reading import DEFAULT_LIMITS, parse_answer, worker

LIMITS = json.dumps(asdict(DEFAULT_LIMITS))
RUN = "from reading.worker import run; raise SystemExit(run())"
ADDON = Path(worker.__file__).parents[1]


def install(monkeypatch, **functions):
    library = SimpleNamespace(get_languages=lambda: ["pol", "eng", "osd"], **functions)
    monkeypatch.setitem(sys.modules, "pytesseract", library)


def test_reads_a_document_in_a_process_of_its_own():
    done = subprocess.run(
        [sys.executable, "-c", RUN, "a.pdf", LIMITS],
        input=make_pdf(),
        capture_output=True,
        check=True,
        cwd=ADDON,
    )

    answer = parse_answer(done.stdout.decode())
    assert answer.kind == "pdf"
    assert OFFER[1] in answer.text
    assert done.stderr == b""


def test_says_what_it_found(monkeypatch):
    monkeypatch.setitem(sys.modules, "pytesseract", None)
    target = io.StringIO()

    assert worker.main(["a.pdf", LIMITS], io.BytesIO(b"MZ"), target) == 0
    assert parse_answer(target.getvalue()).problem == "disguised"
    assert worker.find_recogniser() is None


def test_recognises_pictures_in_the_languages_that_are_there(monkeypatch):
    asked = []
    install(
        monkeypatch,
        image_to_string=lambda image, lang: asked.append((image, lang)) or "Razem",
    )
    image = SimpleNamespace(__enter__=None)

    class Opened:
        def __enter__(self):
            return image

        def __exit__(self, *error):
            return False

    pillow = SimpleNamespace(open=lambda stream: Opened())
    monkeypatch.setitem(sys.modules, "PIL.Image", pillow)

    assert worker.find_recogniser()(b"picture") == "Razem"
    assert asked == [(image, "pol+eng")]


def test_a_picture_that_cannot_be_opened_has_no_text(monkeypatch):
    install(monkeypatch, image_to_string=None)

    assert worker.find_recogniser()(b"no picture") == ""


@pytest.mark.parametrize(
    ("hard", "bound"),
    [(resource.RLIM_INFINITY, 2_000_000_000), (1000, 1000)],
)
def test_memory_is_limited(monkeypatch, hard, bound):
    limits = {}
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (0, hard))
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(sys, "argv", ["worker", "a.pdf", LIMITS])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"MZ")))
    monkeypatch.setattr(sys, "stdout", io.StringIO())

    assert worker.run() == 0
    assert limits == {resource.RLIMIT_AS: (bound, hard)}
