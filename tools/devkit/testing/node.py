"""prettier and eslint, from npm, pinned by package-lock.json."""

from __future__ import annotations

import shutil

from devkit.console import Problem
from devkit.layout import Layout
from devkit.processes import CommandFailed, capture_to_log
from devkit.stamps import Stamp, fingerprint


def prepare(layout: Layout) -> None:
    """Install the packages of package-lock.json, or do nothing when they are there.

    :raises Problem: without Node.js, or when npm cannot get the packages.
    """
    if shutil.which("npm") is None or shutil.which("node") is None:
        raise Problem(
            "Node.js is not on this machine: JavaScript and XML cannot be checked.",
            "Install Node.js 20 or newer and npm, as by: apt-get install nodejs npm",
        )
    stamp = Stamp(layout.stamps, "node-modules")
    current = fingerprint(layout.root / "package-lock.json")
    modules = layout.root / "node_modules"
    if stamp.is_current(current) and (modules / ".bin" / "prettier").exists():
        return
    if modules.is_symlink():
        # npm would empty what it points to: another checkout's packages
        modules.unlink()
    log = layout.logs / "npm.log"
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        capture_to_log(command, log, cwd=layout.root)
    except CommandFailed as failure:
        raise Problem(
            f"npm could not install prettier and eslint. {failure}",
            f"Check the network and the settings of npm (npm config ls). See {log}",
        ) from failure
    stamp.write(current)
