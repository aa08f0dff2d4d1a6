"""``setup``: everything up to an Odoo that can run."""

from __future__ import annotations

from devkit import setup
from devkit.console import console
from devkit.layout import Layout


def register(commands) -> None:
    parser = commands.add_parser(
        "setup", help="environment, Odoo and PostgreSQL, each once"
    )
    parser.set_defaults(run=run)


def run(layout: Layout, _options) -> None:
    ready = setup.prepare(layout)
    console.say(f"Odoo {ready.source.version} from {ready.source.import_folder}")
    console.say(f"Database server: {ready.server.description}")
    console.say("Ready. Next: make demo")
