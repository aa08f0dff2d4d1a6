"""Command line and settings that Odoo is started with."""

import configparser
from pathlib import Path

import pytest

from devkit import odoo_run
from devkit.odoo_source import OdooSource
from devkit.postgres import Server

SOURCE = OdooSource(Path("/odoo"), (Path("/odoo/addons"),), "19.0")


def _read(path):
    parser = configparser.RawConfigParser()
    parser.read(path)
    return dict(parser["options"])


def _server(embedded):
    env = {"PGHOST": "/socket", "PGPORT": "5432", "PGUSER": "odoo", "PGPASSWORD": "p"}
    return Server(env, Path("/bin"), embedded)


def test_the_settings_name_our_addons_after_odoos(layout):
    (layout.addons / "ours").mkdir(parents=True)
    (layout.addons / "ours" / "__manifest__.py").write_text("{}")

    options = _read(odoo_run.default_conf(layout, _server(True), SOURCE))

    assert options["addons_path"] == f"/odoo/addons,{layout.addons}"
    assert options["http_interface"] == "127.0.0.1"
    assert (options["db_host"], options["db_user"]) == ("/socket", "odoo")


def test_a_checkout_without_addons_names_none(layout):
    options = _read(odoo_run.default_conf(layout, _server(True), SOURCE))

    assert options["addons_path"] == "/odoo/addons"


def test_the_password_of_the_users_server_stays_in_the_environment(layout):
    path = odoo_run.default_conf(layout, _server(False), SOURCE)

    assert not any(name.startswith("db_") for name in _read(path))
    assert _server(False).environment()["PGPASSWORD"] == "p"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("arguments", "tail"),
    [
        (["-d", "x", "-u", "base"], ["-c", "/c", "-d", "x", "-u", "base"]),
        (["shell", "-d", "x"], ["shell", "-c", "/c", "-d", "x"]),
        ([], ["-c", "/c"]),
    ],
    ids=["server", "sub-command", "nothing"],
)
def test_the_settings_come_after_the_sub_command(layout, arguments, tail):
    command = odoo_run.command(layout, Path("/c"), arguments)

    assert [str(part) for part in command[2:]] == tail


def test_progress_names_the_last_module_that_was_begun(tmp_path):
    log = tmp_path / "odoo.log"
    log.write_text("… Loading module mail (3/65) \n… Loading module sale (40/65) \n")

    assert odoo_run._module_at_work(log) == "module sale, 40 of 65"
