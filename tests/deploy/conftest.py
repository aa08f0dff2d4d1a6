"""Fixtures for the deployment files: the checkout and a PostgreSQL server."""

import os
import re
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from devkit import postgres  # noqa: E402
from devkit.layout import Layout  # noqa: E402


@dataclass(frozen=True)
class Result:
    """How a script ended and all that it said."""

    status: int
    output: str


@dataclass(frozen=True)
class Instance:
    """A database in Odoo's shape with its filestore, and the scripts for both."""

    server: postgres.Server
    home: Path
    database: str

    @property
    def data_dir(self) -> Path:
        return self.home / "data"

    @property
    def backups(self) -> Path:
        return self.home / "backups"

    def files(self, database: str) -> Path:
        return self.data_dir / "filestore" / database

    def script(self, name: str, *arguments: object, **environ: str) -> Result:
        programs = {"PATH": f"{self.server.bin_folder}{os.pathsep}{os.environ['PATH']}"}
        places = {"ODOO_DATA_DIR": str(self.data_dir), "BACKUP_DIR": str(self.backups)}
        done = subprocess.run(
            [str(ROOT / "deploy" / name), *map(str, arguments)],
            env={**self.server.environment(), **programs, **places, **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout)

    def backup(self, *arguments: object) -> Path:
        """Make a backup and return its folder."""
        result = self.script("backup.sh", "--database", self.database, *arguments)
        assert result.status == 0, result.output
        return Path(re.search(r"backup complete: (\S+)", result.output)[1])

    def databases(self) -> set[str]:
        """Return the instance's database and all whose names start with its name."""
        names = {row[0] for row in self.server.query("SELECT datname FROM pg_database")}
        return {name for name in names if name.startswith(self.database)}

    def notes(self, database: str) -> list[str]:
        rows = self.server.query("SELECT name FROM ir_attachment ORDER BY id", database)
        return [row[0] for row in rows]

    def attach(self, name: str, content: bytes) -> Path:
        """Store a file as Odoo does: on disk under its checksum, then the row."""
        checksum = uuid.uuid5(uuid.NAMESPACE_OID, name).hex
        path = self.files(self.database) / checksum[:2] / checksum
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        values = f"('{name}', '{checksum[:2]}/{checksum}')"
        self.server.query(
            f"INSERT INTO ir_attachment (name, store_fname) VALUES {values}",  # noqa: S608
            self.database,
        )
        return path


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def server() -> postgres.Server:
    return postgres.prepare(Layout())


SCHEMA = """
CREATE EXTENSION pg_trgm;
CREATE TABLE ir_module_module (name text, state text, latest_version text);
INSERT INTO ir_module_module VALUES
    ('base', 'installed', '19.0.1.3'),
    ('offer_repository', 'installed', '19.0.1.0.0');
CREATE TABLE ir_attachment (
    id serial PRIMARY KEY, index_content text, store_fname varchar, name varchar);
INSERT INTO ir_attachment (name, index_content)
    VALUES ('in the row', E'two\\nlines\\tand a tab');
"""


@pytest.fixture
def instance(server, tmp_path):
    """An instance with one attachment in the row and one on disk."""
    database = f"k_deploy_{uuid.uuid4().hex[:8]}"
    made = Instance(server, tmp_path, database)
    server.query(f'CREATE DATABASE "{database}" TEMPLATE template0')
    server.query(SCHEMA, database)
    made.attach("offer Łódź.pdf", b"%PDF exact bytes")
    yield made
    for name in made.databases():
        server.drop_database(name)
