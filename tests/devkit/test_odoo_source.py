"""Odoo in all shapes that ODOO_HOME may name, and the check of the unpacked one."""

import pytest

from devkit import odoo_source
from devkit.console import Problem

RELEASE = "version_info = ({0}, 0, 0, FINAL, 0, '{1}')\n"


def _make_odoo(folder, major=19, build=""):
    (folder / "odoo" / "addons" / "base").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(RELEASE.format(major, build))
    return folder


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("ODOO_HOME", str(folder))
    return folder


@pytest.mark.parametrize(
    "inner",
    ["", "usr/lib/python3/dist-packages", "lib/python3.12/site-packages"],
    ids=["folder on the path", "unpacked package", "prefix of an environment"],
)
def test_odoo_home_is_found_in_every_shape(home, layout, inner):
    folder = _make_odoo(home / inner)

    source = odoo_source.find(layout)

    assert source.import_folder == folder
    assert source.addons == (folder / "odoo" / "addons",)
    assert source.version == "19.0"


def test_a_git_checkout_brings_its_second_folder_of_addons(home, layout):
    _make_odoo(home)
    (home / "addons" / "sale").mkdir(parents=True)

    assert odoo_source.find(layout).addons == (home / "odoo/addons", home / "addons")


def test_odoo_home_may_name_the_package_itself(home, layout, monkeypatch):
    _make_odoo(home)
    monkeypatch.setenv("ODOO_HOME", str(home / "odoo"))

    assert odoo_source.find(layout).import_folder == home


def test_odoo_home_wins_over_the_download(home, layout):
    _make_odoo(home, build="-20261101")
    _make_odoo(layout.odoo)

    assert odoo_source.prepare(layout).version == "19.0-20261101"


@pytest.mark.parametrize("major", [18, 20])
def test_another_series_is_refused(home, layout, major):
    _make_odoo(home, major)

    with pytest.raises(Problem) as caught:
        odoo_source.find(layout)

    assert f"is Odoo {major}.0, but the addons need 19.0" in caught.value.what


def test_a_folder_without_odoo_is_refused(home, layout):
    home.mkdir()

    with pytest.raises(Problem) as caught:
        odoo_source.find(layout)

    assert f"There is no Odoo in {home}" in caught.value.what
    assert "git checkout" in caught.value.way_out


def test_the_file_that_debian_removed_is_put_back_empty(tmp_path):
    folder = _make_odoo(tmp_path / "usr/lib/python3/dist-packages")

    odoo_source.complete(tmp_path)

    stub = folder / "odoo/addons" / odoo_source.STUB
    assert stub.read_text().startswith("/*")


def test_a_link_that_leads_nowhere_is_a_problem(tmp_path):
    folder = _make_odoo(tmp_path / "usr/lib/python3/dist-packages")
    static = folder / "odoo/addons/web/static/lib"
    static.mkdir(parents=True)
    (static / "jquery.js").symlink_to("../../nowhere/jquery.js")

    with pytest.raises(Problem, match="web/static/lib/jquery.js"):
        odoo_source.complete(tmp_path)


def test_a_link_outside_the_served_files_does_not_matter(tmp_path):
    folder = _make_odoo(tmp_path / "usr/lib/python3/dist-packages")
    (folder / "odoo" / "README").symlink_to("nowhere")

    odoo_source.complete(tmp_path)


def test_a_half_made_download_is_not_taken_for_odoo(layout, monkeypatch):
    monkeypatch.delenv("ODOO_HOME", raising=False)
    _make_odoo(layout.odoo.with_name("odoo.unfinished"))

    with pytest.raises(Problem, match="There is no Odoo"):
        odoo_source.find(layout)
