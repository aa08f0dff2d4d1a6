"""The demo: its database, and what its visitor is told."""

from __future__ import annotations

import shutil
from pathlib import Path

from devkit import machine, odoo_run, ports, setup
from devkit.console import Problem, console
from devkit.demo_server import DATABASE, DEFAULT_PORT, DemoServer
from devkit.layout import Layout
from devkit.processes import CommandFailed
from devkit.setup import Ready
from devkit.stamps import exclusive, fingerprint, tree_fingerprint

GUIDE = Path(__file__).parent / "demo_guide.txt"
SCRIPTS = Path(__file__).parent / "odoo_scripts"
CHECK_SCRIPT = SCRIPTS / "check_demo.py"
FINISH_SCRIPT = SCRIPTS / "finish_demo.py"
# Without English in the list Odoo would switch it off.
LANGUAGES = "en_US,pl_PL,el_GR"


def start(layout: Layout, port: int | None) -> None:
    """Bring the demo up, doing only what is missing, and tell what to do with it.

    :param port: ``None`` keeps the port of a running demo, else takes the default.
    """
    server = DemoServer(layout)
    port = port or server.port or DEFAULT_PORT
    if port != server.port:
        ports.require_free(port)  # rather now than after minutes of set-up
    ready = setup.prepare(layout)
    with exclusive(layout.local / "demo.lock"):
        if server.mail_port is None or port != server.port:
            server.stop()
        _prepare_database(ready, server)
        if server.port is None:
            server.start(ready, port)
    console.say(guide(layout, server))


def stop(layout: Layout) -> bool:
    """Stop Odoo and the mail catcher; say whether any ran."""
    return DemoServer(layout).stop()


def reset(layout: Layout, port: int | None) -> None:
    """Throw the demo's database and mails away and make them anew."""
    ready = setup.prepare(layout)
    server = DemoServer(layout)
    port = port or server.port
    server.stop()
    with console.step("Dropping the demo database"):
        ready.databases.drop(DATABASE)
        shutil.rmtree(layout.mail, ignore_errors=True)
    start(layout, port)


def guide(layout: Layout, server: DemoServer) -> str:
    """Return the text that closes ``make demo``."""
    values = {"address": server.address, "mail": layout.mail, "log": server.odoo.log}
    return GUIDE.read_text().format_map(values)


def _prepare_database(ready: Ready, server: DemoServer) -> None:
    """Make the database, or upgrade the addons when their code has changed since."""
    if not ready.layout.own_addons:
        raise Problem("There are no addons in this checkout.", "Take a complete clone.")
    made = _fingerprint_of_making(ready)
    code = tree_fingerprint(
        [ready.layout.addons / name for name in ready.layout.own_addons]
    )
    found = (
        ready.databases.mark_of(DATABASE) if ready.databases.exists(DATABASE) else ""
    )
    if found == f"{made}:{code}":
        return
    if found is None:
        raise Problem(
            f"The server has a database '{DATABASE}' that was not made here.",
            "Rename or drop it, or unset the PG* variables to use the embedded server.",
        )
    server.odoo.stop()
    if found.startswith(f"{made}:"):
        _upgrade(ready)
    else:
        _create(ready)
    ready.databases.mark(DATABASE, f"{made}:{code}")


def _fingerprint_of_making(ready: Ready) -> str:
    source = ready.source
    return fingerprint(
        source.version, str(source.import_folder), LANGUAGES, FINISH_SCRIPT
    )


def _create(ready: Ready) -> None:
    machine.check_disk(ready.layout, machine.GIGABYTE)
    options = ["--with-demo", f"--load-language={LANGUAGES}"]
    with console.step("Making the demo database (once, some minutes)"):
        ready.databases.create(DATABASE, ready.layout.own_addons, *options)
        _check_story(ready)
        console.say(
            "Keeping it from calling services on the internet, and preparing its pages."
        )
        _run_script(ready, FINISH_SCRIPT)


def _check_story(ready: Ready) -> None:
    """Refuse a demo whose data Odoo left out because they failed.

    The database stays without its mark, so that the next call makes it anew.
    """
    try:
        _run_script(ready, CHECK_SCRIPT)
    except Problem as problem:
        log = ready.layout.logs / f"create-{DATABASE}.log"
        raise Problem(
            f"The demo could not be filled with its story. {problem.what}",
            f"Where it failed is in {log}\n"
            "(search for: demo data failed). After repairing the cause: make demo",
        ) from problem


def _run_script(ready: Ready, script: Path) -> None:
    log = ready.layout.logs / f"{script.stem}.log"
    with script.open() as code:
        _logged(ready, log, ["shell", "-d", DATABASE, "--no-http"], stdin=code)


def _upgrade(ready: Ready) -> None:
    addons = ",".join(ready.layout.own_addons)
    with console.step("The addons have changed: upgrading them in the demo database"):
        arguments = [
            "-d",
            DATABASE,
            "-i",
            addons,
            "-u",
            addons,
            "--stop-after-init",
            "--no-http",
        ]
        _logged(ready, ready.layout.logs / "upgrade-demo.log", arguments)


def _logged(ready: Ready, log: Path, arguments: list[str], **options) -> None:
    try:
        odoo_run.run_logged(
            ready.layout, ready.server, ready.source, log, arguments, **options
        )
    except CommandFailed as failure:
        raise Problem(
            f"Odoo failed. {failure}",
            f"The whole log is in {log}. After repairing the cause: make demo\n"
            "Or begin with a new database: make reset-demo",
        ) from failure
