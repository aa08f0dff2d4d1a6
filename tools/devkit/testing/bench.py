"""The workbench of a test run: its databases, ports and logs, and Odoo processes."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from devkit import odoo_run, ports
from devkit.console import Problem
from devkit.layout import Layout
from devkit.processes import CommandFailed, capture_to_log
from devkit.setup import Ready
from devkit.testing.verdict import Vocabulary, vocabulary

SCRIPTS = Path(__file__).parent / "odoo_scripts"
FIRST_PORT = 8900
MINUTES_PER_PROCESS = 25


@dataclasses.dataclass(frozen=True)
class Finished:
    """An Odoo process that ended by itself.

    :param log: all that it wrote.
    """

    exit_code: int
    log: str


@dataclasses.dataclass(frozen=True)
class Bench:
    """What all stages of one run share.

    :param ready: the finished set-up.
    :param prefix: begins the name of each database that the run makes.
    """

    ready: Ready
    prefix: str = "test"

    @property
    def layout(self) -> Layout:
        return self.ready.layout

    @property
    def logs(self) -> Path:
        return self.layout.logs / "test"

    @functools.cached_property
    def ours(self) -> Vocabulary:
        folders = [self.layout.addons / name for name in self.layout.own_addons]
        return vocabulary(folders, self.layout.root)

    def tool(self, name: str) -> Path:
        """Return the path of a program of the private environment."""
        return self.layout.venv / "bin" / name

    @property
    def node_tools(self) -> Path:
        return self.layout.root / "node_modules" / ".bin"

    def database(self, name: str) -> str:
        return f"{self.prefix}_{name}"

    def clone(self, origin: str, name: str) -> str:
        """Copy the database ``origin`` and return the name of the copy."""
        target = self.database(name)
        with _one_at_a_time:
            self.ready.databases.clone(origin, target)
        return target

    def prepare_template(self, name: str) -> None:
        """Make a template database, or find it made."""
        with _one_at_a_time:
            self.ready.databases.prepare_template(name)

    def odoo(self, log_name: str, *arguments: str) -> Finished:
        """Run Odoo to its end on a port of its own, with its output in a log."""
        options = ["--http-port", str(_own_port()), "--stop-after-init"]
        return self.odoo_command(log_name, [*arguments, *options])

    def odoo_script(
        self,
        name: str,
        database: str,
        arguments: Mapping[str, object],
        log_name: str = "",
        minutes: int = MINUTES_PER_PROCESS,
    ) -> Finished:
        """Run a file of ``odoo_scripts`` in the shell of Odoo.

        :param arguments: what the script finds as JSON in ``DEVKIT_ARGUMENTS``.
        """
        log_name = log_name or name
        words = ["shell", "-d", database, "--http-port", str(_own_port())]
        with (SCRIPTS / f"{name}.py").open() as code:
            return self.odoo_command(
                log_name,
                words,
                env={"DEVKIT_ARGUMENTS": json.dumps(arguments)},
                minutes=minutes,
                stdin=code,
            )

    def odoo_command(
        self,
        log_name: str,
        arguments: Sequence[str],
        env: Mapping[str, str] | None = None,
        minutes: int = MINUTES_PER_PROCESS,
        **options,
    ) -> Finished:
        """Run any of Odoo's commands to its end.

        :param minutes: after this time it hangs and is ended.
        :raises Problem: when it had to be ended.
        """
        log = self.logs / f"{log_name}.log"
        conf = self.layout.local / "odoo.conf"
        code = 0
        try:
            capture_to_log(
                odoo_run.command(self.layout, conf, arguments),
                log,
                tick=_time_limit(log, minutes),
                env=self.environment() | dict(env or {}),
                cwd=self.layout.local,
                **options,
            )
        except CommandFailed as failure:
            code = failure.code
        return Finished(code, log.read_text(errors="replace"))

    def environment(self) -> dict[str, str]:
        """Return the environment of processes: the server, our tools on the path."""
        found = self.ready.server.environment()
        folders = [str(self.layout.venv / "bin"), str(self.node_tools)]
        found["PATH"] = os.pathsep.join([*folders, found.get("PATH", os.defpath)])
        return found


# Copies are made under a lock file that other calls share; lanes need not race for it.
_one_at_a_time = threading.Lock()
_processes = itertools.count()


def _own_port() -> int:
    """Return a port for one process, apart from those of the run's other processes."""
    return ports.first_free(FIRST_PORT + 3 * next(_processes))


def _time_limit(log: Path, minutes: int) -> Callable[[], None]:
    deadline = time.monotonic() + minutes * 60

    def tick() -> None:
        if time.monotonic() > deadline:
            raise Problem(
                f"Odoo did not end within {minutes} minutes.",
                f"See where it hangs in {log}.",
            )

    return tick
