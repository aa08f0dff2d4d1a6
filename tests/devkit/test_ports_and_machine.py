"""Ports with real sockets, disk space and rights with real folders."""

import socket

import pytest

from devkit import machine, ports
from devkit.console import Problem


@pytest.fixture
def listener():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_port_with_a_listener_is_taken(listener):
    assert not ports.is_free(listener)


def test_the_next_free_port_is_found(listener):
    assert ports.first_free(listener) > listener


def test_a_taken_port_is_a_problem_that_names_its_owner_and_another_port(listener):
    with pytest.raises(Problem) as caught:
        ports.require_free(listener)

    assert f"Port {listener} is taken by" in caught.value.what
    assert "process" in caught.value.what
    assert f"make demo PORT={ports.first_free(listener + 1)}" in caught.value.way_out


def test_a_free_port_is_no_problem(listener):
    ports.require_free(ports.first_free(listener))


def test_no_free_port_at_all_is_a_problem(listener):
    with pytest.raises(Problem, match="is free"):
        ports.first_free(listener, attempts=1)


def test_too_little_disk_is_a_problem(layout):
    layout.root.mkdir()

    with pytest.raises(Problem, match=r"needs 9\d+ GB"):
        machine.check_disk(layout, needed=999_999 * machine.GIGABYTE)
    machine.check_disk(layout, needed=1)


def test_a_checkout_that_cannot_be_written_is_a_problem(layout):
    layout.root.mkdir()
    layout.local.write_text("a file in the way")

    with pytest.raises(Problem, match="Cannot write into"):
        machine.check_writable(layout)
