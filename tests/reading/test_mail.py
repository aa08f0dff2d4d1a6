from email.message import EmailMessage

import pytest
from file_builders import make_mail

from reading import ReadingError, html_text, read_eml


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
