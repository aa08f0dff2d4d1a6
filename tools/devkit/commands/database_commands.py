"""``db`` and ``psql``: databases of this checkout."""

from __future__ import annotations

import subprocess

from devkit import databases, setup
from devkit.console import console
from devkit.layout import Layout


def register(commands) -> None:
    parser = commands.add_parser(
        "db", help="templates, clones, drops and lists databases"
    )
    known = parser.add_subparsers(required=True, metavar="ACTION")
    template = known.add_parser(
        "template", help="prepare template databases (all when unnamed)"
    )
    template.add_argument("names", nargs="*")
    template.set_defaults(run=run_template)
    clone = known.add_parser(
        "clone", help="copy a database with its files: clone FROM TO"
    )
    clone.add_argument("origin")
    clone.add_argument("name")
    clone.set_defaults(run=run_clone)
    drop = known.add_parser("drop", help="delete databases with their files")
    drop.add_argument("names", nargs="+")
    drop.set_defaults(run=run_drop)
    known.add_parser("list", help="names of our databases").set_defaults(run=run_list)
    psql = commands.add_parser("psql", help="PostgreSQL's shell")
    psql.add_argument("--db", default="demo")
    psql.set_defaults(run=run_psql)


def run_template(layout: Layout, options) -> None:
    ready = setup.prepare(layout)
    for name in options.names or databases.TEMPLATES:
        ready.databases.prepare_template(name)
        console.say(f"{name} is ready.")


def run_clone(layout: Layout, options) -> None:
    ready = setup.prepare(layout)
    with console.step(f"Cloning {options.origin} to {options.name}"):
        ready.databases.clone(options.origin, options.name)


def run_drop(layout: Layout, options) -> None:
    ready = setup.prepare(layout)
    for name in options.names:
        dropped = ready.databases.drop(name)
        console.say(f"{name} {'is gone' if dropped else 'was not there'}.")


def run_list(layout: Layout, _options) -> None:
    console.say("\n".join(setup.prepare(layout).databases.names()))


def run_psql(layout: Layout, options) -> int:
    server = setup.prepare(layout).server
    command = [str(server.bin_folder / "psql"), "-d", options.db]
    return subprocess.run(command, env=server.environment(), check=False).returncode
