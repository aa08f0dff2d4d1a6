import zipfile
from dataclasses import replace

import pytest
from file_builders import (
    OFFER,
    locked,
    make_bmp,
    make_docx,
    make_mail,
    make_odt,
    make_pdf,
    make_scan,
    make_xlsx,
    zip_of,
)

from reading import DEFAULT_LIMITS, MIMETYPES, UNREADABLE, find_kind, read_document

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALL = replace(DEFAULT_LIMITS, bytes=20_000, characters=60, pages=2)
READABLE = {
    "pdf": make_pdf(),
    "docx": make_docx(),
    "odt": make_odt(),
    "xlsx": make_xlsx(),
    "eml": make_mail(body="\n".join(OFFER)),
}


def read(name, data, **kwargs):
    return read_document(name, data, **kwargs)


@pytest.mark.parametrize("kind", READABLE)
def test_text_of_every_kind_is_read(kind):
    found = read(f"Oferta.{kind}", READABLE[kind])

    assert (found.kind, found.problem) == (kind, None)
    assert found.mimetype == MIMETYPES[kind]
    for line in OFFER:
        assert line in found.text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0 jpeg", "jpeg"),
        (b"GIF89a", "gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
        (b"II*\0", "tiff"),
        (make_bmp(), "bmp"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_pictures_have_no_text_without_recognition(data, kind):
    found = read("scan", data)

    assert (found.kind, found.text, found.notes) == (kind, "", ("no_text",))


def test_pictures_are_recognised_where_something_can():
    assert read("a.png", PNG, recognise=lambda data: "Razem 5").text == "Razem 5"


def test_scanned_pages_are_recognised_where_something_can():
    scan = make_scan(PNG)

    assert read("a.pdf", scan).notes == ("no_text",)
    assert "Razem 5" in read("a.pdf", scan, recognise=lambda data: "Razem 5").text
    assert (
        "Razem 5" not in read("a.pdf", make_pdf(), recognise=lambda _: "Razem 5").text
    )


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"%PDF-" + b"x" * 30_000, "too_big"),
        ("a.pdf", make_pdf(password="secret"), "encrypted"),
        ("a.pdf", b"%PDF-1.4 no more than this", "broken"),
        ("a.pdf", make_pdf()[:300], "broken"),
        ("a.pdf", PNG, "disguised"),
        ("a.docx", make_pdf(), "disguised"),
        ("a.pdf", b"MZ\x90\0", "disguised"),
        ("a.exe", b"MZ\x90\0", "unsupported"),
        ("a", b"#!/bin/sh", "unsupported"),
        ("a.doc", OLE + b"WordDocument", "unsupported"),
        ("a.txt", b"Razem 5", "unsupported"),
        ("a.zip", zip_of({"a.txt": "x"}), "nested"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "nested"),
        ("a.ods", make_odt(mimetype="application/x-sheet"), "nested"),
        ("a.docx", b"PK\x03\x04 cut off", "broken"),
        ("a.docx", locked(make_docx()), "encrypted"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.odt", make_odt(manifest="<encryption-data/>"), "encrypted"),
        ("a.docx", make_docx("<oops>"), "broken"),
        ("a.docx", make_docx("<!DOCTYPE x>"), "broken"),
        ("a.xlsx", zip_of({"xl/workbook.xml": "<workbook/>"}), "broken"),
    ],
)
def test_what_cannot_be_read_has_a_code(name, data, problem):
    found = read_document(name, data, SMALL)

    assert found.problem == problem
    assert problem in UNREADABLE
    assert found.text == ""


def test_what_a_file_is_not_is_never_its_type():
    page = b"<html><script>alert(1)</script></html>"

    assert read("a.pdf", page).mimetype == "application/octet-stream"
    assert read("a.html", page).mimetype == "application/octet-stream"


def test_archives_do_not_unpack_to_anything():
    bomb = zip_of({"word/document.xml": b" " * 3_000_000})
    many = zip_of({f"{number}.xml": "" for number in range(6)}, zipfile.ZIP_STORED)

    assert read("a.docx", bomb).problem == "bomb"
    few = replace(DEFAULT_LIMITS, entries=5)
    assert read_document("a.docx", many, few).problem == "bomb"
    little = replace(DEFAULT_LIMITS, unpacked=100)
    assert read_document("a.docx", make_docx(), little).problem == "bomb"


def test_long_documents_are_cut_and_that_is_said():
    pages = read_document("a.pdf", make_pdf(pages=3), replace(SMALL, characters=999))
    text = read_document("a.pdf", make_pdf(pages=2), SMALL)
    rows = read_document("a.xlsx", make_xlsx(["x" * 40], [None], ["y" * 40]), SMALL)
    letter = read_document("a.eml", make_mail(body="word " * 100), SMALL)

    assert (pages.notes, pages.pages) == (("cut",), 3)
    for found in (text, rows, letter):
        assert found.notes == ("cut",)
        assert len(found.text) <= SMALL.characters


def test_header_of_a_docx_and_null_characters():
    found = read("a.docx", make_docx("Razem", header="Meridian"))

    assert found.text.startswith("Meridian")
    assert "\0" not in read("a.eml", make_mail(body="a\0b")).text


def test_files_of_a_mail_are_read_but_no_mail_within_it():
    inner = make_mail(files=[("deep.pdf", make_pdf("deep"))])
    letter = make_mail(files=[("a.pdf", make_pdf()), ("inner.eml", inner)])

    found = read("a.eml", letter)

    assert "12 345,67" in found.text
    assert "Dzień dobry" in found.text
    assert "Subject: Oferta" in found.text
    assert "\ndeep\n" not in found.text
    assert found.notes == ()


def test_a_bad_file_in_a_mail_is_noted_and_the_rest_read():
    found = read("a.eml", make_mail(files=[("a.pdf", b"MZ\x90\0")]))

    assert (found.problem, found.notes) == (None, ("problem_inside",))
    assert "a.pdf" in found.text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"From: a@b.example\r\nSubject: x\r\n\r\nHello", "eml"),
        (b"\xef\xbb\xbfReceived: by x\n with y\nTo: z\n\n", "eml"),
        (b"Title: a\nAuthor: b\n\n", "unknown"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "msg"),
        (b"BM is a word as well", "unknown"),
    ],
)
def test_kind_is_found_by_content(data, kind):
    assert find_kind(data, DEFAULT_LIMITS) == kind


def test_damaged_parts_of_archives():
    data = bytearray(zip_of({"word/document.xml": b"<x>" + bytes(range(256)) * 4}))
    data[60:70] = b"\xff" * 10
    odd = zip_of({"word/document.xml": "<x/>"}).replace(b"\x08\x00", b"\x63\x00")

    assert read("a.docx", bytes(data)).problem == "broken"
    assert read("a.docx", odd).problem == "unsupported"
