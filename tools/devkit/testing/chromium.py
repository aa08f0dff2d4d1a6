"""The browser that tours and component tests run in, from the system's packages."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from devkit.console import Problem
from devkit.processes import CommandFailed, capture_to_log

# The names that Odoo itself looks for, in its order.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")

_WAY_OUT = (
    "Install Chromium or Chrome so that one of these is on the path of programs:\n"
    f"{', '.join(NAMES)}\n"
    "On Debian: sudo apt-get install chromium\n"
    "Browser tests are never skipped, because they carry the story of the product."
)


def find() -> str | None:
    """Return the path of the browser, ``None`` when there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def prepare(log: Path) -> str:
    """Return the path of a browser, installed from the system's packages if need be.

    :raises Problem: when there is none and this user may not install one.
    """
    return find() or _install(log)


def _install(log: Path) -> str:
    before = administrator()
    if before is None or not shutil.which("apt-get"):
        raise Problem("There is no Chromium on this machine.", _WAY_OUT)
    apt = [*before, "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["install", "--yes", "--no-install-recommends", "chromium"]
    try:
        capture_to_log([*apt, "update"], log.with_suffix(".update.log"), env=env)
        capture_to_log([*apt, *install], log, env=env)
    except CommandFailed as failure:
        raise Problem(
            f"Chromium could not be installed. {failure}", _WAY_OUT
        ) from failure
    browser = find()
    if browser is None:
        raise Problem("The package 'chromium' brought no browser.", _WAY_OUT)
    return browser


def administrator() -> list[str] | None:
    """Return what goes before an administrator's command, ``None`` if impossible."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asks_nothing = os.spawnlp(os.P_WAIT, "sudo", "sudo", "-n", "true") == 0
    return ["sudo", "-n"] if asks_nothing else None
