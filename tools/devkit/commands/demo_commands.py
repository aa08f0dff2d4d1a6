"""``demo``, ``reset-demo``, ``stop``, ``clean``, ``status``: life of the demo."""

from __future__ import annotations

import shutil

from devkit import demo, odoo_source, postgres
from devkit.console import Problem, console
from devkit.demo_server import DemoServer
from devkit.embedded_postgres import Cluster
from devkit.layout import Layout


def register(commands) -> None:
    for name, run, text in (
        ("demo", run_demo, "bring the demo up at http://127.0.0.1:8069"),
        ("reset-demo", run_reset, "make the demo's database anew"),
    ):
        parser = commands.add_parser(name, help=text)
        parser.add_argument("--port", type=int, help="another port than 8069")
        parser.set_defaults(run=run)
    for name, run, text in (
        ("stop", run_stop, "stop Odoo, the mail catcher and the embedded PostgreSQL"),
        (
            "clean",
            run_clean,
            "stop everything and delete .local with all its databases",
        ),
        ("status", run_status, "what is set up and what runs"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=run)


def run_demo(layout: Layout, options) -> None:
    demo.start(layout, options.port)


def run_reset(layout: Layout, options) -> None:
    demo.reset(layout, options.port)


def run_stop(layout: Layout, _options) -> None:
    stopped = demo.stop(layout)
    if layout.venv.exists() and Cluster(layout).stop():
        stopped = True
    console.say("Stopped." if stopped else "Nothing was running.")


def run_clean(layout: Layout, _options) -> None:
    demo.stop(layout)
    if postgres.named_by_environment():
        console.say("Databases on your own PostgreSQL server stay there.")
    if layout.postgres.exists():
        Cluster(layout).remove()
    shutil.rmtree(layout.local, ignore_errors=True)
    if layout.local.exists():
        raise Problem(
            f"{layout.local} could not be deleted whole.",
            "Another user made part of it; let that user call: make clean",
        )
    console.say("All that was made or downloaded is gone.")


def run_status(layout: Layout, _options) -> None:
    server = DemoServer(layout)
    try:
        odoo = odoo_source.find(layout).version
    except Problem:
        odoo = "not set up"
    cluster = Cluster(layout)
    if postgres.named_by_environment():
        database = postgres.current(layout).description
    elif cluster.home.exists():
        database = "embedded, running" if cluster.running else "embedded, stopped"
    else:
        database = "not set up"
    console.say(f"Odoo          {odoo}")
    console.say(f"PostgreSQL    {database}")
    console.say(f"Demo          {server.address if server.port else 'stopped'}")
    console.say(f"Mail catcher  {_mail_state(layout, server)}")


def _mail_state(layout: Layout, server: DemoServer) -> str:
    count = len(list(layout.mail.glob("*.eml")))
    state = f"port {server.mail_port}" if server.mail_port else "stopped"
    return f"{state}, {count} mails in {layout.mail}"
