"""The demo's mail server: every mail becomes a file, none goes anywhere."""

import email
import email.policy
import os
import smtplib
import time
from email.message import EmailMessage

import pytest

from devkit import demo_server, ports
from devkit.layout import CHECKOUT, Layout
from devkit.processes import Background


@pytest.fixture
def catcher(layout):
    port = ports.first_free(8380)
    program = Background(layout.run / "mail.pid", layout.logs / "mail.log")
    layout.local.mkdir(parents=True)
    command = [Layout(CHECKOUT).python, demo_server.CATCHER, port, layout.mail]
    program.start(command, os.environ, layout.local)
    deadline = time.monotonic() + 15
    while ports.is_free(port):
        assert time.monotonic() < deadline, program.last_lines()
        time.sleep(0.05)
    yield port
    program.stop()


def _send(port, subject):
    message = EmailMessage()
    message["From"] = "anna@example.com"
    message["To"] = "jan@example.com"
    message["Subject"] = subject
    message.set_content("Zażółć gęślą jaźń")
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(message, to_addrs=["jan@example.com", "hidden@example.com"])


def test_a_mail_becomes_a_file_with_its_envelope(catcher, layout):
    _send(catcher, "Oferta dla ŁĄCZNIKA / 7")

    (path,) = layout.mail.glob("*.eml")
    stored = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert path.name.endswith("-Oferta-dla-ŁĄCZNIKA-7.eml")
    assert stored["X-Envelope-To"] == "jan@example.com, hidden@example.com"
    assert stored.get_content().strip() == "Zażółć gęślą jaźń"


def test_mails_of_the_same_second_do_not_overwrite_each_other(catcher, layout):
    for _ in range(3):
        _send(catcher, "../../etc/same")

    assert len(list(layout.mail.glob("*.eml"))) == 3
    assert {path.parent for path in layout.root.rglob("*.eml")} == {layout.mail}


def test_a_mail_without_subject_is_kept(catcher, layout):
    with smtplib.SMTP("127.0.0.1", catcher) as client:
        client.sendmail("a@example.com", ["b@example.com"], b"\r\nbare")

    (path,) = layout.mail.glob("*.eml")
    assert "no-subject" in path.name
