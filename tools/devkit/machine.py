"""Checks of the machine before anything is made."""

from __future__ import annotations

import shutil
from pathlib import Path

from devkit.console import Problem
from devkit.layout import Layout

GIGABYTE = 1_000_000_000
NEEDED_FOR_SETUP = 4 * GIGABYTE


def check_disk(layout: Layout, needed: int = NEEDED_FOR_SETUP) -> None:
    """Raise a problem when the checkout's disk has less than ``needed`` bytes left."""
    free = shutil.disk_usage(_existing(layout.local)).free
    if free < needed:
        raise Problem(
            f"The disk of {layout.root} has {free / GIGABYTE:.1f} GB left;"
            f" the set-up needs {needed / GIGABYTE:.0f} GB.",
            "Make room, or clone into a folder on a bigger disk, and call again.",
        )


def check_writable(layout: Layout) -> None:
    """Raise a problem when this user cannot write into the checkout."""
    try:
        layout.local.mkdir(exist_ok=True)
        probe = layout.local / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Problem(
            f"Cannot write into {layout.local}: {error.strerror}.",
            "If another user (root?) made it, let that user call: make clean\n"
            "Otherwise clone the project into a folder of your own.",
        ) from error


def _existing(path: Path) -> Path:
    return path if path.exists() else path.parent
