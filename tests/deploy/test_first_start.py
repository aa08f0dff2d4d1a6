"""A production database on a real Odoo: first start, serve, back up, upgrade.

The scripts, odoo.conf and the folders are laid out as in the image. Two empty addons
stand in for ours: what matters here is what the scripts do, and installing ours is
tested elsewhere.
"""

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

from devkit import odoo_run, odoo_source, ports
from devkit.layout import Layout

ADDONS = {"contact_history": "bus", "offer_repository": "contact_history"}
SECONDS = 300
MASTER = "master $word"
ADMIN = "first 'password' $1"


@dataclass
class Container:
    """A folder in the shape of the image, and how to run commands in it."""

    home: Path
    environ: dict[str, str]
    ports: tuple[int, int]

    @property
    def database(self) -> str:
        return self.environ["PGDATABASE"]

    def command(self, *arguments: str) -> list[str]:
        return [str(self.home / "deploy" / "entrypoint.sh"), *arguments]

    def run(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            self.command(*arguments),
            env={**self.environ, **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def set_version(self, version: str) -> None:
        """Put addons of that version into the image."""
        for name, needed in ADDONS.items():
            folder = self.home / "addons" / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "__init__.py").touch()
            manifest = {
                "name": name,
                "version": version,
                "author": "test",
                "license": "LGPL-3",
                "depends": [needed],
            }
            (folder / "__manifest__.py").write_text(repr(manifest))


@pytest.fixture(scope="module")
def container(root, server, tmp_path_factory):
    home = tmp_path_factory.mktemp("opt")
    shutil.copytree(root / "deploy", home / "deploy")
    free = (ports.first_free(8860), ports.first_free(8880))
    conf = (root / "odoo.conf").read_text()
    for old, new in {
        "/opt/offer_repository/addons": str(home / "addons"),
        "/var/lib/odoo": str(home / "data"),
        "http_interface = 0.0.0.0": "http_interface = 127.0.0.1",
        "http_port = 8069": f"http_port = {free[0]}",
        "gevent_port = 8072": f"gevent_port = {free[1]}",
    }.items():
        assert old in conf
        conf = conf.replace(old, new)
    (home / "odoo.conf").write_text(conf)
    made = Container(home, environment(server, home), free)
    made.set_version("19.0.1.0.0")
    yield made
    for [name] in server.query("SELECT datname FROM pg_database"):
        if name.startswith(made.database):
            server.drop_database(name)


def environment(server, home) -> dict[str, str]:
    """Return docker-compose.yml's variables for this machine; `odoo` is on the PATH."""
    layout = Layout()
    programs = home / "bin"
    programs.mkdir()
    launcher = programs / "odoo"
    launcher.write_text(
        f'#!/bin/sh\nexec "{layout.python}" "{odoo_run.LAUNCHER}" "$@"\n'
    )
    launcher.chmod(0o755)
    path = [programs, layout.python.parent, server.bin_folder, os.environ["PATH"]]
    return {
        **server.environment(),
        "PATH": os.pathsep.join(map(str, path)),
        "PYTHONPATH": str(odoo_source.find(layout).import_folder),
        "ODOO_RC": str(home / "rendered.conf"),
        "ODOO_DATA_DIR": str(home / "data"),
        "BACKUP_DIR": str(home / "backups"),
        "PGDATABASE": f"k_start_{uuid.uuid4().hex[:8]}",
        "ODOO_MASTER_PASSWORD": MASTER,
        "ODOO_ADMIN_PASSWORD": ADMIN,
        "ODOO_WORKERS": "2",
    }


@pytest.fixture(scope="module")
def started(container):
    """The container after a first start that was killed on its way and repeated."""
    with subprocess.Popen(
        container.command("init"),
        env=container.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as first:
        time.sleep(4)  # in the middle of installing base
        os.killpg(first.pid, 9)
    done = container.run("init")
    assert done.returncode == 0, done.stdout
    return container


@pytest.fixture
def serving(started):
    """The container while `serve` runs."""
    with subprocess.Popen(
        started.command("serve"),
        env=started.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as odoo:
        try:
            for port, path in zip(
                started.ports, ("/web/health", "/websocket/health"), strict=True
            ):
                wait_for(f"http://127.0.0.1:{port}{path}")
            yield started
        finally:
            odoo.terminate()
            odoo.wait(60)


def wait_for(address: str) -> None:
    end = time.monotonic() + 180
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                assert json.load(answer) == {"status": "pass"}
                return
        except urllib.error.URLError:
            assert time.monotonic() < end, f"{address} does not answer"
            time.sleep(0.3)


def log_in(container, password):
    """Return the user's id, or None when Odoo refuses."""
    body = {"db": container.database, "login": "admin", "password": password}
    request = urllib.request.Request(
        f"http://127.0.0.1:{container.ports[0]}/web/session/authenticate",
        json.dumps({"params": body}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer).get("result", {}).get("uid")


def installed(server, database):
    rows = server.query(
        "SELECT name, latest_version FROM ir_module_module"
        " WHERE name IN ('contact_history', 'offer_repository')"
        " AND state = 'installed' ORDER BY name",
        database,
    )
    return dict(rows)


def test_first_start_installs_both_addons_and_no_demo_data(started, server):
    assert installed(server, started.database) == dict.fromkeys(ADDONS, "19.0.1.0.0")
    [[demo]] = server.query(
        "SELECT count(*) FROM ir_module_module WHERE demo", started.database
    )
    assert demo == "0"


def test_only_the_chosen_password_opens_the_first_account(serving):
    assert log_in(serving, "admin") is None
    assert log_in(serving, ADMIN) == 2


def test_second_start_changes_nothing(started):
    done = started.run("init", ODOO_ADMIN_PASSWORD="another")

    assert done.returncode == 0
    assert "ready" in done.stdout
    assert "password" not in done.stdout


def test_database_is_backed_up_while_odoo_runs_and_restored_as_a_copy(serving, server):
    backup = serving.run("backup")
    assert backup.returncode == 0, backup.stdout
    [folder] = (serving.home / "backups").iterdir()
    copy = f"{serving.database}_copy"

    refused = serving.run("restore", "--yes", str(folder), serving.database)
    restored = serving.run("restore", str(folder), copy)

    assert refused.returncode == 3
    assert "Stop Odoo first" in refused.stdout
    assert restored.returncode == 0, restored.stdout
    assert installed(server, copy) == dict.fromkeys(ADDONS, "19.0.1.0.0")
    neutral = serving.run("odoo", "neutralize", "--database", copy)
    assert neutral.returncode == 0, neutral.stdout


def test_new_version_starts_only_after_the_upgrade(started, server):
    started.set_version("19.0.1.1.0")

    refused = started.run("init")
    upgraded = started.run("upgrade")
    accepted = started.run("init")

    assert refused.returncode == 1
    assert (
        "is 19.0.1.1.0 in this image and 19.0.1.0.0 in the database" in refused.stdout
    )
    assert upgraded.returncode == 0, upgraded.stdout
    assert installed(server, started.database) == dict.fromkeys(ADDONS, "19.0.1.1.0")
    assert accepted.returncode == 0
