"""npm's packages: installed once, again when they are gone, never through a link."""

import pytest

from devkit.testing import node


@pytest.fixture
def npm(monkeypatch, layout):
    """A checkout, and what npm was asked for in it; it makes what prettier needs."""
    asked = []

    def install(command, _log, cwd):
        asked.append(command[:2])
        program = cwd / "node_modules" / ".bin" / "prettier"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.touch()

    layout.root.mkdir()
    layout.stamps.mkdir(parents=True)
    (layout.root / "package-lock.json").write_text("{}")
    monkeypatch.setattr(node, "capture_to_log", install)
    monkeypatch.setattr(node.shutil, "which", lambda name: f"/usr/bin/{name}")
    return asked


def test_packages_are_installed_once(layout, npm):
    node.prepare(layout)
    node.prepare(layout)

    assert npm == [["npm", "ci"]]


def test_packages_that_are_gone_are_installed_again(layout, npm):
    node.prepare(layout)
    (layout.root / "node_modules" / ".bin" / "prettier").unlink()

    node.prepare(layout)

    assert len(npm) == 2


def test_packages_of_another_checkout_are_left_alone(layout, npm, tmp_path):
    others = tmp_path / "others"
    others.mkdir()
    (layout.root / "node_modules").symlink_to(others)

    node.prepare(layout)

    assert npm == [["npm", "ci"]]
    assert list(others.iterdir()) == []
    assert not (layout.root / "node_modules").is_symlink()
