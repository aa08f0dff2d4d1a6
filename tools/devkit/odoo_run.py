"""Running Odoo with this checkout's settings."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devkit.console import console
from devkit.layout import Layout
from devkit.odoo_source import OdooSource
from devkit.postgres import Server
from devkit.processes import capture_to_log
from devkit.stamps import write_atomically

LAUNCHER = Path(__file__).parent / "launcher" / "odoo"
DEAD_SMTP_PORT = (
    9  # "discard": nobody listens, so nothing leaves the machine by accident
)


def settings(layout: Layout, source: OdooSource) -> dict[str, object]:
    """Return the options of odoo.conf that every run shares."""
    own = [layout.addons] if layout.own_addons else []
    return {
        "addons_path": ",".join(map(str, [*source.addons, *own])),
        "data_dir": layout.data,
        "http_interface": "127.0.0.1",
        "smtp_server": "127.0.0.1",
        "smtp_port": DEAD_SMTP_PORT,
    }


def write_conf(path: Path, options: Mapping[str, object]) -> Path:
    """Write an odoo.conf, readable by its owner only: it may hold a password."""
    lines = [f"{name} = {value}" for name, value in options.items()]
    write_atomically(path, "\n".join(["[options]", *lines, ""]), mode=0o600)
    return path


def connected_settings(
    layout: Layout, server: Server, source: OdooSource
) -> dict[str, object]:
    """Return the shared options with the address of the embedded server.

    A server of the user's own stays in the environment, its password out of our files.
    """
    options = settings(layout, source)
    if server.embedded:
        options |= {
            "db_host": server.env["PGHOST"],
            "db_port": server.env["PGPORT"],
            "db_user": server.env["PGUSER"],
        }
    return options


def default_conf(layout: Layout, server: Server, source: OdooSource) -> Path:
    """Write ``.local/odoo.conf``, usable by hand as well, and return its path."""
    return write_conf(
        layout.local / "odoo.conf", connected_settings(layout, server, source)
    )


def command(layout: Layout, conf: Path, arguments: Sequence[str]) -> list[object]:
    """Return Odoo's command line; sub-commands (``i18n export``) must come first."""
    is_word = re.compile(r"[a-z_0-9]+").fullmatch
    sub_command = list(itertools.takewhile(is_word, arguments))
    rest = arguments[len(sub_command) :]
    return [layout.python, LAUNCHER, *sub_command, "-c", conf, *rest]


def run(
    layout: Layout, server: Server, source: OdooSource, arguments: Sequence[str]
) -> int:
    """Run Odoo in the foreground and return its exit code."""
    conf = default_conf(layout, server, source)
    whole = [str(part) for part in command(layout, conf, arguments)]
    process = subprocess.Popen(whole, env=server.environment())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # Odoo has got it too, and ends by itself
            continue


def run_logged(
    layout: Layout,
    server: Server,
    source: OdooSource,
    log: Path,
    arguments: Sequence[str],
    **options,
) -> None:
    """Run Odoo until it ends, its output in ``log``, showing the module at work.

    :raises CommandFailed: when Odoo fails.
    """
    conf = default_conf(layout, server, source)
    progress = console.progress("Odoo")
    try:
        capture_to_log(
            command(layout, conf, arguments),
            log,
            tick=lambda: progress.update(_module_at_work(log)),
            env=server.environment(),
            cwd=layout.local,
            **options,
        )
    finally:
        progress.close()


def _module_at_work(log: Path) -> str:
    with log.open("rb") as stream:
        stream.seek(max(0, os.fstat(stream.fileno()).st_size - 20_000))
        text = stream.read().decode(errors="replace")
    found = re.findall(r"Loading module (\S+) \((\d+)/(\d+)\)", text)
    if not found:
        return "at work"
    module, number, total = found[-1]
    return f"module {module}, {number} of {total}"
