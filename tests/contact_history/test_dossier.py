"""What a person gets: files that are whole, the same for the same, and harmless."""

import io
import json
import os
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from dossier import (
    Column,
    Dossier,
    DossierError,
    Fonts,
    Row,
    Section,
    safe_name,
    to_json,
    to_pdf,
    to_xlsx,
    write_bundle,
)

ROOT = Path(__file__).parents[2]
WHEN = datetime(2026, 3, 10, 11, 30)  # noqa: DTZ001  Odoo's moments have no zone


def font_folder():
    """Return the folder of the fonts that Odoo ships, wherever Odoo is."""
    home = os.environ.get("ODOO_HOME")
    places = [
        *((Path(home), Path(home) / "odoo") if home else ()),
        ROOT / ".local/odoo/usr/lib/python3/dist-packages/odoo",
    ]
    for place in places:
        folder = place / "addons/web/static/fonts/google/Open_Sans"
        if folder.is_dir():
            return folder
    raise FileNotFoundError("Open Sans as Odoo ships it; run `make setup` first")


FONTS = Fonts(
    *(str(font_folder() / f"Open_Sans-{face}.ttf") for face in ("Regular", "SemiBold"))
)


def section(*rows, **values):
    columns = (
        Column("date", "Kiedy"),
        Column("channel", "Channel"),
        Column("count", "Count"),
        Column("known", "Known"),
        Column("text", "Text", is_long=True),
    )
    return Section(
        **{
            "code": "contacts",
            "title": "Kontakty: wszystkie",
            "columns": columns,
            "rows": rows,
            **values,
        }
    )


def dossier(*sections, **values):
    return Dossier(
        **{
            "title": "Dane osobowe",
            "author": "Meridian",
            "facts": (("Osoba", "Łucja Żółć"),),
            "notes": ("Wszystko, co mamy. Όλα.",),
            "sections": sections,
            "asked_at": WHEN,
            "language": "pl",
            "fonts": FONTS,
            "show": str,
            "local": lambda moment: moment + timedelta(hours=1),
            "files_label": "Pliki",
            "nothing_label": "Nic",
            "page_label": "Strona {page}",
            **values,
        }
    )


FULL = Row(
    {
        "date": WHEN,
        "channel": "=1+1",
        "count": 3,
        "known": True,
        "text": "Zażółć\x07 <b>gęślą</b>\n" * 200,
    },
    files=("files/1.pdf",),
)


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_pdf_shows_everything_and_numbers_its_pages():
    empty = section(code="none", title="Puste", about="Dlaczego")
    card = section(
        Row({"date": date(2026, 1, 2), "channel": ""}), Row({}), is_card=True
    )

    text = text_of(to_pdf(dossier(section(FULL), empty, card)))

    for part in ("Łucja Żółć", "Όλα", "gęślą", "files/1.pdf", "Nic", "Dlaczego"):
        assert part in text
    assert "Strona 2" in text
    assert "2026-01-02" in text
    assert "Kontakty: wszystkie (2)" in text


def test_font_that_is_missing_is_named():
    with pytest.raises(DossierError, match="nowhere") as caught:
        to_pdf(dossier(fonts=Fonts("nowhere.ttf", "nowhere.ttf")))
    assert caught.value.code == "font_missing"


def test_json_keeps_values_as_they_are():
    content = json.loads(to_json(dossier(section(FULL, Row({})))))

    (found,) = content["sections"]
    assert content["as_of"] == "2026-03-10T11:30:00Z"
    assert found["columns"]["date"] == "Kiedy"
    assert found["rows"][0]["date"] == "2026-03-10T11:30:00Z"
    assert found["rows"][0]["known"] is True
    assert found["rows"][0]["files"] == ["files/1.pdf"]
    assert found["rows"][1] == dict.fromkeys(found["columns"]) | {"files": []}


def test_json_writes_days_as_days():
    rows = Row({"date": date(2026, 1, 2)})

    assert '"2026-01-02"' in to_json(dossier(section(rows))).decode()


def test_sheet_has_local_times_and_never_a_formula():
    rows = FULL, Row({"date": date(2026, 1, 2), "count": 1.5})
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(dossier(section(*rows)))))

    sheet = book.worksheets[0]
    assert sheet["A1"].value == "Kiedy"
    assert sheet["F1"].value == "Pliki"
    assert sheet["A2"].value == WHEN + timedelta(hours=1)
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["C2"].value == 3
    assert sheet["D2"].value == "True"
    assert "\x07" not in sheet["E2"].value
    assert sheet["F2"].value == "files/1.pdf"
    assert sheet["C3"].value == 1.5


def test_sheets_of_one_name_are_told_apart():
    long = section(title="Kontakty [z] bardzo długą nazwą, która się nie mieści")
    book = openpyxl.load_workbook(
        io.BytesIO(to_xlsx(dossier(long, long, section(title="?"))))
    )

    assert len(set(book.sheetnames)) == 3
    assert book.sheetnames[1].endswith(" 2")
    assert book.sheetnames[2] == "-"


@pytest.mark.parametrize("write", [to_pdf, to_json, to_xlsx])
def test_equal_input_gives_equal_bytes(write):
    assert write(dossier(section(FULL))) == write(dossier(section(FULL)))


def test_bundle_is_the_same_for_the_same_and_has_each_name_once():
    files = [("b.txt", lambda: b"b"), ("a.txt", lambda: b"a"), ("b.txt", lambda: b"c")]
    streams = io.BytesIO(), io.BytesIO()
    for stream in streams:
        write_bundle(stream, files)

    first, second = (stream.getvalue() for stream in streams)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as bundle:
        assert bundle.namelist() == ["b.txt", "a.txt"]
        assert bundle.read("b.txt") == b"b"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Faktura.pdf", "1_Faktura.pdf"),
        ("../../etc/passwd", "1_.._etc_passwd"[:2] + "_.._etc_passwd"),
        ("", "1_file"),
        ("a\0b.txt", "1_a_b.txt"),
        ("x" * 200 + ".pdf", "1_" + "x" * 96 + ".pdf"),
        ("x" * 200, "1_" + "x" * 100),
    ],
)
def test_names_of_files_are_no_paths(name, expected):
    assert safe_name(name, "1_") == expected
