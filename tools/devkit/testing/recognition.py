"""Tesseract, for the tests that recognise text in pictures."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from devkit.processes import CommandFailed, capture_to_log
from devkit.testing.chromium import administrator

_PACKAGES = ("tesseract-ocr", "tesseract-ocr-pol")


def prepare(log: Path) -> str:
    """Install tesseract from the system's packages if need be, and say what there is.

    Without it the tests that need it are skipped, and the run says so.
    """
    found = shutil.which("tesseract")
    if found:
        return f"recognition of text: {found}"
    before = administrator()
    if before is None or not shutil.which("apt-get"):
        return "Pictures were NOT recognised: install tesseract-ocr for these tests."
    apt = [*before, "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    install = ["install", "--yes", "--no-install-recommends", *_PACKAGES]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        capture_to_log([*apt, *install], log, env=env)
    except CommandFailed as failure:
        return f"Pictures were NOT recognised: tesseract did not install. {failure}"
    return f"recognition of text: {shutil.which('tesseract')}"
