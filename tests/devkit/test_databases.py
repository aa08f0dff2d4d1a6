"""Cloning and dropping databases with their files, on a real server."""

import dataclasses
import subprocess
import time

import pytest

from devkit.console import Problem
from devkit.databases import TEMPLATES, Databases
from devkit.embedded_postgres import Cluster
from devkit.odoo_source import OdooSource
from devkit.processes import CommandFailed
from devkit.stamps import fingerprint


@pytest.fixture
def databases(embedded):
    layout, server = embedded
    made = Databases(layout, server, OdooSource(layout.root, (), "19.0"))
    yield made
    for name in made.names():
        made.drop(name)


def _make(databases, name, rows=1):
    databases._create_empty(name)
    databases._server.query("CREATE TABLE thing (id serial)", name)
    for _ in range(rows):
        databases._server.query("INSERT INTO thing DEFAULT VALUES", name)
    folder = databases._layout.filestore / name / "ab"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "abcdef").write_text("a letter")


def test_a_clone_has_the_rows_and_the_files(databases):
    _make(databases, "origin", rows=3)

    databases.clone("origin", "copy")

    files = databases._layout.filestore
    assert databases._server.query("SELECT count(*) FROM thing", "copy") == [["3"]]
    assert (files / "copy" / "ab" / "abcdef").read_text() == "a letter"
    assert databases.names() == ["copy", "origin"]


def test_a_clone_replaces_what_had_its_name(databases):
    _make(databases, "origin", rows=1)
    _make(databases, "copy", rows=9)
    (databases._layout.filestore / "copy" / "stale").touch()

    databases.clone("origin", "copy")

    assert databases._server.query("SELECT count(*) FROM thing", "copy") == [["1"]]
    assert not (databases._layout.filestore / "copy" / "stale").exists()


def test_a_dropped_database_leaves_no_files(databases):
    _make(databases, "gone")

    assert databases.drop("gone")

    assert not databases.exists("gone")
    assert not (databases._layout.filestore / "gone").exists()
    assert not databases.drop("gone")


def test_a_database_is_dropped_though_the_server_itself_is_at_work_in_it(databases):
    _make(databases, "gone")
    server = databases._server
    psql, admin = server.bin_folder / "psql", Cluster.ADMIN_ROLE
    at_work = subprocess.Popen(
        [psql, "-XAtq", "-d", "gone", "-U", admin, "-c", "SELECT pg_sleep(2)"],
        env=server.environment(),
    )
    inside = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'gone'"
    while server.query(inside) == [["0"]]:
        time.sleep(0.05)

    assert databases.drop("gone")

    assert not databases.exists("gone")
    at_work.wait()


def test_a_foreign_database_on_the_users_server_is_not_dropped(databases):
    databases._server.query("CREATE DATABASE payroll")
    mine = databases._server
    databases._server = dataclasses.replace(databases._server, embedded=False)

    with pytest.raises(Problem, match="was not made by this tool"):
        databases.drop("payroll")
    with pytest.raises(Problem, match="was not made by this tool"):
        databases._create_empty("payroll")

    assert databases.exists("payroll")
    assert databases.mark_of("payroll") is None
    mine.query("DROP DATABASE payroll")


def test_a_mark_tells_finished_from_begun(databases):
    _make(databases, "demo")
    assert databases.mark_of("demo") == ""

    databases.mark("demo", "made:code")

    assert databases.mark_of("demo") == "made:code"


@pytest.mark.parametrize("name", ["a b", "x'; DROP", "../up", "", "1st", "a" * 64])
def test_names_that_could_do_harm_are_refused(databases, name):
    with pytest.raises(Problem, match="cannot be the name"):
        databases.drop(name)


def test_an_unknown_template_lists_the_known_ones(databases):
    with pytest.raises(Problem) as caught:
        databases.prepare_template("tpl_nothing")

    assert "tpl_base" in caught.value.way_out


def test_a_finished_template_is_not_made_again(databases):
    _make(databases, "tpl_empty", rows=7)
    current = fingerprint(
        "19.0", str(databases._source.import_folder), *TEMPLATES["tpl_empty"].modules
    )
    databases.mark("tpl_empty", current)

    databases.clone("tpl_empty", "copy")

    assert databases._server.query("SELECT count(*) FROM thing", "copy") == [["7"]]


def test_a_template_of_another_odoo_is_made_again(databases, monkeypatch):
    _make(databases, "tpl_empty", rows=7)
    databases.mark("tpl_empty", "made with an older Odoo")
    made = []

    def create(self, name, modules):
        made.append((name, modules))
        _make(self, name, rows=2)

    monkeypatch.setattr(Databases, "create", create)
    databases.clone("tpl_empty", "copy")

    assert made == [("tpl_empty", ("base",))]
    assert databases._server.query("SELECT count(*) FROM thing", "copy") == [["2"]]


def test_nobody_can_connect_to_a_template_and_so_block_its_cloning(
    databases, monkeypatch
):
    monkeypatch.setattr(Databases, "create", lambda self, name, _: _make(self, name))
    databases.prepare_template("tpl_empty")

    with pytest.raises(CommandFailed, match="not currently accepting connections"):
        databases._server.query("SELECT 1", "tpl_empty")
