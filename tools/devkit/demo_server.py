"""The demo's two background programs: Odoo and the mail catcher."""

from __future__ import annotations

import secrets
import time
import urllib.error
import urllib.request
from pathlib import Path

from devkit import odoo_run, ports
from devkit.console import Problem, console
from devkit.processes import Background
from devkit.setup import Ready
from devkit.stamps import write_atomically

DATABASE = "demo"
DEFAULT_PORT = 8069
DEFAULT_MAIL_PORT = 8025
SECONDS_TO_START = 180
CATCHER = Path(__file__).parent / "mail_catcher.py"


class DemoServer:
    """Starts and stops what serves the demo, and knows on which ports it does."""

    def __init__(self, layout):
        self._layout = layout
        self.odoo = Background(layout.run / "odoo.pid", layout.logs / "odoo.log")
        self.catcher = Background(layout.run / "mail.pid", layout.logs / "mail.log")
        self._port_file = layout.run / "odoo.port"
        self._mail_port_file = layout.run / "mail.port"

    @property
    def port(self) -> int | None:
        """Port of the running Odoo, ``None`` when it does not run."""
        return _read_port(self._port_file) if self.odoo.pid else None

    @property
    def mail_port(self) -> int | None:
        """Port of the running mail catcher, ``None`` when it does not run."""
        return _read_port(self._mail_port_file) if self.catcher.pid else None

    @property
    def address(self) -> str:
        return f"http://{ports.LOCALHOST}:{self.port}"

    def start(self, ready: Ready, port: int) -> None:
        """Start both programs and wait until Odoo answers.

        :raises Problem: when the port is taken, or Odoo ends or stays silent.
        """
        ports.require_free(port)
        self._start_catcher()
        with console.step(f"Starting Odoo on port {port}"):
            conf = self._conf(ready, port)
            self._set_address(ready, port)
            self.odoo.start(
                odoo_run.command(self._layout, conf, []),
                env=ready.server.environment(),
                cwd=self._layout.local,
            )
            write_atomically(self._port_file, f"{port}\n")
            self._wait_until_healthy(port)

    def stop(self) -> bool:
        """End both programs; say whether any ran."""
        return any([self.odoo.stop(), self.catcher.stop()])

    def _start_catcher(self) -> None:
        if self.catcher.pid:
            return
        port = ports.first_free(_read_port(self._mail_port_file) or DEFAULT_MAIL_PORT)
        with console.step(f"Starting the mail catcher on port {port}"):
            self._layout.mail.mkdir(parents=True, exist_ok=True)
            command = [self._layout.python, CATCHER, port, self._layout.mail]
            self.catcher.start(
                command, env={"PATH": "/usr/bin:/bin"}, cwd=self._layout.local
            )
            write_atomically(self._mail_port_file, f"{port}\n")
            if not _answers_within(10, lambda: not ports.is_free(port)):
                raise Problem(
                    f"The mail catcher does not start.\n{self.catcher.last_lines()}",
                    f"The whole log is in {self.catcher.log}.",
                )

    def _conf(self, ready: Ready, port: int) -> Path:
        options = odoo_run.connected_settings(
            self._layout, ready.server, ready.source
        ) | {
            "smtp_port": self.mail_port,
            "http_port": port,
            "db_name": DATABASE,
            "dbfilter": f"^{DATABASE}$",
            "list_db": False,
            "admin_passwd": secrets.token_urlsafe(24),
            "max_cron_threads": 1,
            "limit_time_real": 600,
        }
        return odoo_run.write_conf(self._layout.local / "demo.conf", options)

    def _set_address(self, ready: Ready, port: int) -> None:
        """Let the links in e-mails lead to this port."""
        ready.server.query(
            f"UPDATE ir_config_parameter SET value = 'http://{ports.LOCALHOST}:{port}'"
            " WHERE key = 'web.base.url'",
            DATABASE,
        )

    def _wait_until_healthy(self, port: int) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            if _is_healthy(port):
                return
            if self.odoo.pid is None:
                break
            time.sleep(0.3)
        ended = "ended at once" if self.odoo.pid is None else "does not answer"
        self.odoo.stop()
        raise Problem(
            f"Odoo {ended}.\n{self.odoo.last_lines()}",
            f"The whole log is in {self.odoo.log}. Repair the cause, then: make demo",
        )


def _is_healthy(port: int) -> bool:
    url = f"http://{ports.LOCALHOST}:{port}/web/health"
    # No proxy of the environment can reach this machine's own address.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _answers_within(seconds: float, check) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return True
        time.sleep(0.1)
    return False


def _read_port(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (FileNotFoundError, ValueError):
        return None
