"""What closes ``make demo``, and when the demo counts as running."""

import os
import re
import sys

import pytest

from devkit import demo, demo_server, ports
from devkit.console import Problem
from devkit.demo_server import DemoServer


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
