"""The embedded server, run for real, and the checks of a server of one's own."""

import os
import shutil
import socket
import subprocess

import pytest

from devkit import postgres
from devkit.console import Problem
from devkit.embedded_postgres import Cluster
from devkit.layout import Layout
from devkit.processes import CommandFailed

pytestmark = pytest.mark.usefixtures("no_postgres_variables")


@pytest.fixture
def server(embedded):
    return embedded[1]


def test_odoos_role_may_create_databases_but_is_no_superuser(server):
    ((user, superuser, createdb),) = server.query(
        "SELECT rolname, rolsuper, rolcreatedb FROM pg_roles"
        " WHERE rolname = current_user"
    )

    assert (user, superuser, createdb) == ("odoo", "f", "t")


def test_the_extensions_are_there_and_know_polish_and_greek(server):
    server.query("CREATE DATABASE words TEMPLATE template0 LC_COLLATE 'C'")
    for name in ("pg_trgm", "unaccent"):
        server.query(f"CREATE EXTENSION {name}", "words")

    rows = server.query(
        "SELECT unaccent('Łącznik'), lower('ŁΩ'), 'Δ' ILIKE 'δ',"
        " similarity('Łącznik', 'ŁĄCZNIK')",
        "words",
    )

    assert rows == [["Lacznik", "łω", "t", "1"]]


def test_the_server_listens_on_no_network_port(server):
    assert server.query("SHOW listen_addresses") in ([], [[""]])
    mode = os.stat(server.env["PGHOST"]).st_mode & 0o777
    assert mode == 0o700


def test_a_stopped_server_comes_back_with_its_data(embedded):
    layout, server = embedded
    server.query("CREATE DATABASE kept")
    cluster = Cluster(layout)

    assert cluster.stop()
    assert not cluster.running
    assert not cluster.stop()
    again = postgres.prepare(layout)

    assert again.query("SELECT 1 FROM pg_database WHERE datname = 'kept'")


def test_a_half_made_cluster_is_made_anew(open_folder, borrowed_programs):
    layout = borrowed_programs(Layout(open_folder))
    cluster = Cluster(layout)
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("17\n")  # initdb was killed here

    cluster.start()

    assert cluster.running
    cluster.remove()
    assert not cluster.home.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user's access")
def test_root_in_a_closed_folder_gets_a_cluster_elsewhere(
    tmp_path, borrowed_programs, spoken
):
    tmp_path.chmod(0o700)
    layout = borrowed_programs(Layout(tmp_path / "checkout"))
    cluster = Cluster(layout)

    server = postgres.prepare(layout)

    assert server.query("SELECT 1") == [["1"]]
    assert not cluster.home.is_relative_to(tmp_path)
    assert f"data go to {cluster.home}" in spoken.getvalue()
    cluster.remove()
    assert not cluster.home.exists()


def test_a_checkout_deep_down_gets_a_socket_with_a_short_path(
    open_folder, borrowed_programs
):
    layout = borrowed_programs(Layout(open_folder / ("deep/" * 20)))
    cluster = Cluster(layout)

    server = postgres.prepare(layout)

    assert server.query("SELECT 1") == [["1"]]
    assert len(str(cluster.socket_folder)) < 100
    cluster.remove()
    assert not cluster.socket_folder.exists()


def test_a_server_that_does_not_answer_is_a_problem(layout, monkeypatch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", str(port))

    with pytest.raises(Problem) as caught:
        postgres.prepare(layout)

    assert "does not answer" in caught.value.what
    assert "unset the PG* variables" in caught.value.way_out


@pytest.mark.parametrize("variable", postgres.NAMING_VARIABLES)
def test_each_naming_variable_chooses_the_users_server(monkeypatch, variable):
    assert not postgres.named_by_environment()

    monkeypatch.setenv(variable, "x")

    assert postgres.named_by_environment()


def _use(monkeypatch, server, **more):
    for name, value in {**server.env, **more}.items():
        monkeypatch.setenv(name, value)


def test_a_server_of_ones_own_is_used_without_the_database_it_names(
    server, layout, monkeypatch
):
    _use(monkeypatch, server, PGDATABASE="precious", PGAPPNAME="mine")

    chosen = postgres.prepare(layout)

    assert not chosen.embedded
    assert chosen.query("SELECT current_user") == [["odoo"]]
    assert "PGDATABASE" not in chosen.environment()
    assert chosen.environment()["PGAPPNAME"] == "mine"


@pytest.mark.parametrize(
    ("role", "options", "text"),
    [
        ("postgres", "SUPERUSER", "refuses to work as the database user 'postgres'"),
        ("clerk", "NOCREATEDB", "'clerk' may not create databases"),
    ],
)
def test_unusable_roles_are_explained(
    embedded, layout, monkeypatch, role, options, text
):
    own_layout, server = embedded
    Cluster(own_layout)._admin(f"CREATE ROLE {role} LOGIN {options}")
    _use(monkeypatch, server, PGUSER=role)

    with pytest.raises(Problem, match=text):
        postgres.prepare(layout)


def test_an_old_server_is_refused():
    with pytest.raises(Problem, match="is PostgreSQL 12; Odoo needs 13"):
        postgres._check_usable("odoo", True, 120017)


def test_a_wrong_statement_carries_the_servers_words(server):
    with pytest.raises(CommandFailed, match='column "nonsense" does not exist'):
        server.query("SELECT nonsense")


def test_the_client_programs_of_the_machine_come_first(layout, monkeypatch, tmp_path):
    psql = tmp_path / "bin" / "psql"
    psql.parent.mkdir()
    shutil.copy("/bin/true", psql)
    monkeypatch.setenv("PATH", str(psql.parent))

    assert postgres._client_programs(layout) == psql.parent
    assert subprocess.run([psql], check=False).returncode == 0
