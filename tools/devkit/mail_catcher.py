"""A mail server that delivers nothing: each mail becomes a file that can be read.

Runs as a program of the private environment: ``python mail_catcher.py PORT FOLDER``.
"""

from __future__ import annotations

import datetime
import email
import email.policy
import os
import re
import signal
import sys
import tempfile
import threading
from pathlib import Path

from aiosmtpd.controller import Controller

HOST = "127.0.0.1"


class Catcher:
    """Stores each message as ``<time>-<subject>.eml`` and answers that all is well."""

    def __init__(self, folder: Path):
        self._folder = folder

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        """Store one mail; aiosmtpd calls this, and prescribes its name."""
        path = self.store(envelope.content, envelope.mail_from, envelope.rcpt_tos)
        print(f"{path.name} for {len(envelope.rcpt_tos)} recipients", flush=True)
        return "250 Stored in a local file, not sent"

    def store(self, content: bytes, sender: str, recipients: list[str]) -> Path:
        """Write one message, its envelope on top, and return the file."""
        self._folder.mkdir(parents=True, exist_ok=True)
        envelope = (
            f"X-Envelope-From: {sender}\r\nX-Envelope-To: {', '.join(recipients)}\r\n"
        )
        path = _free_name(self._folder, _file_stem(content))
        handle, temporary = tempfile.mkstemp(
            dir=self._folder, prefix=".", suffix=".part"
        )
        with os.fdopen(handle, "wb") as stream:
            stream.write(envelope.encode() + content)
        os.replace(temporary, path)
        return path


def _file_stem(content: bytes) -> str:
    subject = (
        email.message_from_bytes(content, policy=email.policy.default)["subject"] or ""
    )
    readable = re.sub(r"[^\w]+", "-", subject).strip("-")[:60] or "no-subject"
    return f"{datetime.datetime.now().astimezone():%Y%m%d-%H%M%S}-{readable}"


def _free_name(folder: Path, stem: str) -> Path:
    number, path = 1, folder / f"{stem}.eml"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.eml"
    return path


def main(port: int, folder: Path) -> None:
    """Serve until the process is told to end."""
    end = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: end.set())
    controller = Controller(Catcher(folder), hostname=HOST, port=port)
    controller.start()
    print(f"Catching mails on {HOST}:{port} in {folder}", flush=True)
    end.wait()
    controller.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
