"""``odoo``, ``shell``, ``test-module``: running Odoo in the foreground."""

from __future__ import annotations

import argparse

from devkit import odoo_run, setup
from devkit.console import console
from devkit.layout import Layout


def register(commands) -> None:
    odoo = commands.add_parser(
        "odoo", help="run Odoo with this checkout's settings: odoo -- ARGS"
    )
    odoo.add_argument("arguments", nargs=argparse.REMAINDER)
    odoo.set_defaults(run=run_odoo)
    shell = commands.add_parser("shell", help="Python shell of Odoo")
    shell.add_argument("--db", default="demo")
    shell.set_defaults(run=run_shell)
    test = commands.add_parser(
        "test-module", help="tests of one addon in a database of its own"
    )
    test.add_argument("module")
    test.add_argument(
        "--tags", help="instead of all tests of the addon, as --test-tags"
    )
    test.add_argument("--db", help="name of the database; default test_MODULE")
    test.add_argument("--port", default="8399")
    test.add_argument("--template", default="tpl_base")
    test.add_argument(
        "--keep", action="store_true", help="keep the database afterwards"
    )
    test.set_defaults(run=run_test_module)


def run_odoo(layout: Layout, options) -> int:
    arguments = options.arguments
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    ready = setup.prepare(layout)
    return odoo_run.run(layout, ready.server, ready.source, arguments)


def run_shell(layout: Layout, options) -> int:
    ready = setup.prepare(layout)
    arguments = ["shell", "-d", options.db, "--no-http"]
    return odoo_run.run(layout, ready.server, ready.source, arguments)


def run_test_module(layout: Layout, options) -> int:
    ready = setup.prepare(layout)
    name = options.db or f"test_{options.module}"
    with console.step(f"Cloning {options.template} to {name}"):
        ready.databases.clone(options.template, name)
    tags = options.tags or f"/{options.module}"
    arguments = ["-d", name, "-i", options.module, "--test-tags", tags]
    arguments += ["--http-port", options.port, "--stop-after-init"]
    try:
        return odoo_run.run(layout, ready.server, ready.source, arguments)
    finally:
        if not options.keep:
            ready.databases.drop(name)
