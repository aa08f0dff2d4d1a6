import sys
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from file_builders import make_mail

import reading.mail as mail
from reading import ReadingError, html_text, read_document, read_eml

MSG = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode(
    "utf-16-le"
)


def outlook(**values):
    """Return what python-oxmsg gives for a message, as far as it is used."""
    message = {
        "attachments": [],
        "body": None,
        "html_body": None,
        "recipients": [],
        "sender": None,
        "sent_date": None,
        "subject": None,
        **values,
    }
    loaded = SimpleNamespace(**message)
    return SimpleNamespace(Message=SimpleNamespace(load=lambda stream: loaded))


def test_html_is_read_without_what_nobody_sees():
    html = "<style>p{}</style><p>Cena:&nbsp;<b>5</b> zł<br>netto</p></script><script>x"

    assert html_text(html) == "Cena: 5 zł\nnetto"


def test_mail_of_html_without_recipients_or_body():
    assert read_eml(make_mail(html="<p>Total 5</p>")).body == "Total 5"
    empty = EmailMessage()
    empty["From"] = "a@b.example"
    empty.add_attachment(b"x", maintype="image", subtype="png")

    found = read_eml(empty.as_bytes())

    assert (found.body, found.recipients) == ("", "")
    assert found.files == (("attachment", b"x"),)
    assert found.text == "From: a@b.example"


def test_attached_texts_and_mails_are_files():
    message = EmailMessage()
    message["From"] = "a@b.example"
    message.set_content("x")
    message.add_attachment("słowa", filename="a.txt")
    inner = EmailMessage()
    inner["Subject"] = "inner"
    message.add_attachment(inner)

    names = [name for name, data in read_eml(message.as_bytes()).files if data]

    assert names == ["a.txt", "attachment"]


def test_no_more_than_so_many_files():
    many = make_mail(files=[(f"{number}.bin", b"x") for number in range(60)])

    assert len(read_eml(many).files) == 50


def test_unreadable_mail_is_broken():
    letter = b"From: a@b.example\nContent-Type: text/plain; charset=nonsense\n\nx\xff"

    with pytest.raises(ReadingError, match="broken"):
        read_eml(letter)


def test_outlook_file_needs_its_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "oxmsg", None)

    assert read_document("a.msg", MSG).problem == "unsupported"


def test_outlook_file_is_read_where_the_library_is(monkeypatch):
    library = outlook(
        attachments=[SimpleNamespace(file_name=None, file_bytes=None)],
        html_body="<p>Total 5 EUR</p>",
        recipients=[SimpleNamespace(email_address="zakupy@lacznik.example")],
        subject="Offer",
    )
    monkeypatch.setitem(sys.modules, "oxmsg", library)

    found = read_document("a.msg", MSG)

    assert found.problem is None
    assert "Subject: Offer" in found.text
    assert "Total 5 EUR" in found.text
    assert "zakupy@lacznik.example" in found.text


def test_broken_outlook_file_is_broken(monkeypatch):
    def load(stream):
        raise ZeroDivisionError

    library = SimpleNamespace(Message=SimpleNamespace(load=load))
    monkeypatch.setitem(sys.modules, "oxmsg", library)

    with pytest.raises(ReadingError, match="broken"):
        mail.read_msg(MSG)
