"""What closes ``make demo``, and when the demo counts as running."""

import os
import re
import sys
from types import SimpleNamespace

import pytest

from devkit import demo, demo_server, ports
from devkit.console import Problem
from devkit.demo_server import DemoServer
from devkit.processes import CommandFailed


def test_the_guide_names_only_values_that_are_there():
    assert set(re.findall(r"{(\w+)}", demo.GUIDE.read_text())) <= {
        "address",
        "mail",
        "log",
    }


def test_the_guide_tells_address_users_and_the_way_back(layout):
    server = DemoServer(layout)

    text = demo.guide(layout, server)

    assert server.address in text
    assert "admin" in text
    assert "make stop" in text
    assert "{" not in text


def test_english_stays_among_the_languages():
    assert demo.LANGUAGES.split(",")[0] == "en_US"


def test_health_is_asked_over_http(file_server):
    address, folder, _handler = file_server
    port = int(address.rpartition(":")[2])
    assert not demo_server._is_healthy(port)

    (folder / "web").mkdir()
    (folder / "web" / "health").write_text("{}")

    assert demo_server._is_healthy(port)


def test_a_proxy_of_the_environment_is_not_asked(file_server, monkeypatch):
    address, folder, _handler = file_server
    (folder / "web").mkdir()
    (folder / "web" / "health").write_text("{}")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert demo_server._is_healthy(int(address.rpartition(":")[2]))


def test_nothing_listens_means_not_healthy():
    assert not demo_server._is_healthy(ports.first_free(8390))


def test_a_taken_port_is_told_before_anything_is_set_up(file_server, layout):
    taken = int(file_server[0].rpartition(":")[2])
    layout.root.mkdir()

    with pytest.raises(Problem, match=f"Port {taken} is taken"):
        demo.start(layout, taken)

    assert not layout.local.exists()


@pytest.fixture
def running(layout):
    server = DemoServer(layout)
    layout.local.mkdir(parents=True)
    code = [sys.executable, "-c", "import time; time.sleep(60)"]
    server.odoo.start(code, os.environ, layout.local)
    (layout.run / "odoo.port").write_text("8070\n")
    yield server
    server.stop()


def test_the_port_is_known_as_long_as_odoo_runs(running):
    assert running.port == 8070
    assert running.address == "http://127.0.0.1:8070"

    assert running.stop()

    assert running.port is None
    assert not running.stop()


class _Failures(list):
    """What ``env["ir.demo_failure"].search([])`` answers, as far as the check asks."""

    def search(self, _domain):
        return self

    @property
    def module_id(self):
        return self

    def mapped(self, name):
        return [getattr(row, name) for row in self]


def _check(*rows):
    code = demo.CHECK_SCRIPT.read_text()
    exec(code, {"env": {"ir.demo_failure": _Failures(rows)}})  # noqa: S102


def test_a_story_that_raised_ends_with_an_error_that_names_it():
    error = "Traceback (most recent call last):\nValueError: no such branch"
    row = SimpleNamespace(name="offer_repository", error=error)

    with pytest.raises(SystemExit) as caught:
        _check(row)

    # A text makes Python print it and end with code 1.
    assert caught.value.code == (
        "Demo data of offer_repository failed: ValueError: no such branch"
    )


def test_a_story_that_was_told_is_no_error():
    _check()


def test_a_demo_without_its_story_is_not_taken_for_made(layout, monkeypatch):
    said = "Demo data of offer_repository failed: ValueError: no such branch"
    made = []

    def fail(*arguments, **_options):
        made.append(arguments)
        raise CommandFailed(["odoo"], 1, said)

    databases = SimpleNamespace(create=lambda *_arguments: None)
    ready = SimpleNamespace(
        layout=layout, server=None, source=None, databases=databases
    )
    monkeypatch.setattr(demo.odoo_run, "run_logged", fail)
    layout.root.mkdir()

    with pytest.raises(Problem) as caught:
        demo._create(ready)

    assert "story" in caught.value.what
    assert said in caught.value.what
    assert "make demo" in caught.value.way_out
    assert len(made) == 1  # and nothing was finished after that
