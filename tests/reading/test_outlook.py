import sys

import pytest
from file_builders import make_pdf
from hypothesis import given, settings
from hypothesis import strategies as st
from ole_builders import make_msg, make_ole
from table_builders import POLISH, docx_table

from reading import read_document, read_lines
from reading.outlook import read_msg

PROPERTIES = "__properties_version1.0"


def test_everything_an_offer_needs_is_read():
    mail = read_msg(
        make_msg(
            subject="Oferta na tokarkę",
            body="Razem brutto: 98 400,00 zł",
            recipients=("zakupy@lacznik.example", "biuro@lacznik.example"),
            files=[("Oferta łączna.pdf", make_pdf()), ("big.bin", b"x" * 10_000)],
        )
    )

    assert mail.subject == "Oferta na tokarkę"
    assert mail.sender == "Anna <anna@meridian.example>"
    assert mail.recipients == "zakupy@lacznik.example, biuro@lacznik.example"
    assert mail.date == "2026-11-05 09:15:00+00:00"
    assert mail.body == "Razem brutto: 98 400,00 zł"
    assert mail.files == (("Oferta łączna.pdf", make_pdf()), ("big.bin", b"x" * 10_000))


def test_document_and_its_lines_are_read_with_what_it_carries():
    data = make_msg(files=[("Oferta.docx", docx_table(POLISH))])

    found = read_document("a.msg", data)

    assert (found.kind, found.problem) == ("msg", None)
    assert "Tokarka CX-400" in found.text
    assert len(read_lines(data)[0]) == 3


def test_texts_of_an_old_outlook_are_in_a_code_page():
    mail = read_msg(make_msg(subject="Zażółć", body="", html="<p>Łódź</p>", page=1250))

    assert (mail.subject, mail.body) == ("Zażółć", "Łódź")


@pytest.mark.parametrize(("page", "subject"), [(65001, "Total"), (99999, "Total")])
def test_other_code_pages(page, subject):
    kinds = {"__substg1.0_0037001E": b"Total", "__substg1.0_0037001F": b""}
    entry = b"\x03\0\xfd\x3f" + bytes(4) + page.to_bytes(8, "little")

    mail = read_msg(make_msg(**kinds, **{PROPERTIES: bytes(32) + entry + b"cut"}))

    assert (mail.subject, mail.date) == (subject, "")


def test_what_is_missing_is_empty():
    mail = read_msg(make_ole({PROPERTIES: bytes(32), "x": b""}))

    assert mail == type(mail)()


def test_names_where_there_are_no_addresses():
    mail = read_msg(
        make_msg(
            sender=("", "/O=ORG/CN=ANNA"),
            recipients=("/O=ORG/CN=X",),
            **{"__substg1.0_0E04001F": "Zakupy".encode("utf-16-le")},
        )
    )

    assert (mail.sender, mail.recipients) == ("/O=ORG/CN=ANNA", "Zakupy")


def test_mail_within_a_mail_is_no_file():
    inner = {"__attach_version1.0_#00000000": {"__substg1.0_37010102": {"y": b"z"}}}

    assert read_msg(make_msg(**inner)).files == ()


def test_no_more_than_so_many_files():
    many = [(f"{number}.bin", b"x") for number in range(60)]

    assert len(read_msg(make_msg(files=many)).files) == 50


def test_file_needs_its_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "olefile", None)

    assert read_document("a.msg", make_msg()).problem == "unsupported"


@given(st.integers(0, 5000), st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_damage_never_ends_in_an_error(at, byte):
    data = bytearray(make_msg(files=[("a.bin", b"x" * 5000)]))
    data[at % len(data)] = byte

    found = read_document("a.msg", bytes(data))

    assert found.problem in (None, "broken", "disguised", "unsupported", "encrypted")


def test_rubbish_with_the_right_names_is_broken():
    data = make_msg()[:8] + PROPERTIES.encode("utf-16-le")

    assert read_document("a.msg", data).problem == "broken"
