"""Downloads with the machine's real apt from a repository made for the test."""

import dataclasses
import os
import subprocess

import pytest

from devkit import apt
from devkit.apt import Origin, PrivateApt
from devkit.console import Problem

BIG = 3_000_000


@dataclasses.dataclass(frozen=True)
class UnsignedOrigin(Origin):
    """The repository of these tests, which nobody has signed."""

    def stanza(self, suite):
        return super().stanza(suite).replace("Signed-By: ", "Trusted: yes")


def _make_package(folder, name):
    content = folder / f"build-{name}" / "usr" / "share" / name
    content.mkdir(parents=True)
    (content / "big").write_bytes(os.urandom(BIG))
    control = folder / f"build-{name}" / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        f"Package: {name}\nVersion: 1.0\nArchitecture: all\n"
        "Maintainer: Test <test@example.com>\nDescription: test\n"
    )
    pool = folder / "pool"
    pool.mkdir(exist_ok=True)
    build = ["dpkg-deb", "--root-owner-group", "-Znone", "-b"]
    subprocess.run(
        [*build, f"build-{name}", f"pool/{name}_1.0_all.deb"],
        cwd=folder,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repository(file_server, tmp_path):
    """A private apt over a repository with the packages "one" and "two"."""
    address, folder, handler = file_server
    for name in ("one", "two"):
        _make_package(folder, name)
    index = folder / "dists" / "sid" / "main" / "binary-all"
    index.mkdir(parents=True)
    command = ["dpkg-scanpackages", "--multiversion", "pool"]
    packages = subprocess.run(command, cwd=folder, check=True, capture_output=True)
    (index / "Packages").write_bytes(packages.stdout)
    (folder / "dists" / "sid" / "Release").write_text(
        "Suite: sid\nCodename: sid\nArchitectures: all\nComponents: main\n"
    )
    private = PrivateApt(
        tmp_path / "apt", UnsignedOrigin(address, ""), ["sid"], tmp_path / "apt.log"
    )
    return private, handler


def test_packages_are_downloaded_and_unpacked(repository, tmp_path):
    private, _handler = repository
    private.update()

    paths = private.download(["one/sid", "two/sid"], tmp_path / "deb")
    for path in paths:
        apt.unpack(path, tmp_path / "root")

    assert [path.name for path in paths] == ["one_1.0_all.deb", "two_1.0_all.deb"]
    assert (tmp_path / "root/usr/share/two/big").stat().st_size == BIG


def test_a_download_broken_half_way_is_a_problem_and_the_next_call_goes_on(
    repository, tmp_path
):
    private, handler = repository
    private.update()
    handler.broken.add("two_1.0_all.deb")
    with pytest.raises(Problem) as caught:
        private.download(["one/sid", "two/sid"], tmp_path / "deb")
    assert "could not be downloaded" in caught.value.what
    assert "goes on where it stopped" in caught.value.way_out
    assert "ODOO_HOME" in caught.value.way_out

    handler.broken.clear()
    handler.served.clear()
    paths = private.download(["one/sid", "two/sid"], tmp_path / "deb")

    assert [path.stat().st_size > BIG for path in paths] == [True, True]
    assert "one_1.0_all.deb" not in [name for name, _range in handler.served]


def test_an_unknown_package_is_a_problem(repository, tmp_path):
    private, _handler = repository
    private.update()

    with pytest.raises(Problem, match="does not offer"):
        private.download(["three/sid"], tmp_path / "deb")


def test_no_network_is_a_problem(tmp_path):
    nowhere = UnsignedOrigin("http://127.0.0.1:9/debian", "")
    private = PrivateApt(tmp_path / "apt", nowhere, ["sid"], tmp_path / "apt.log")

    with pytest.raises(Problem) as caught:
        private.update()

    assert "list of Debian's packages could not be downloaded" in caught.value.what
    assert "Check the network" in caught.value.way_out


def test_a_damaged_package_is_removed_to_be_fetched_anew(tmp_path):
    damaged = tmp_path / "x.deb"
    damaged.write_bytes(b"!<arch>\nnot really")

    with pytest.raises(Problem, match=r"x\.deb could not be unpacked"):
        apt.unpack(damaged, tmp_path / "root")

    assert not damaged.exists()


def test_a_machine_without_apt_is_told_about_odoo_home(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")

    with pytest.raises(Problem) as caught:
        apt.check_available()

    assert "apt-get" in caught.value.what
    assert "ODOO_HOME=" in caught.value.way_out
