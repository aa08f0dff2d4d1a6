"""The command line as a user meets it: any Python, any command, any failure."""

import ast
import errno
import subprocess
import sys

import pytest

from devkit import cli
from devkit.console import Problem
from devkit.layout import CHECKOUT
from devkit.processes import CommandFailed

ENTRY = CHECKOUT / "tools" / "devkit" / "__main__.py"

OLD_PYTHON = f"""
import runpy, sys
sys.version_info = (3, 9, 18)
runpy.run_path({str(ENTRY)!r}, run_name="__main__")
"""


def test_entry_can_be_read_by_old_pythons():
    ast.parse(ENTRY.read_text(), feature_version=(3, 4))


def test_an_old_python_is_told_the_way_out():
    done = subprocess.run(
        [sys.executable, "-c", OLD_PYTHON], capture_output=True, text=True
    )

    assert done.returncode == 2
    assert "Python 3.9 is too old" in done.stderr
    assert "make demo PYTHON=" in done.stderr


def test_help_lists_every_command(run_devkit):
    done = run_devkit("--help")

    assert done.returncode == 0
    for name in ("setup", "demo", "stop", "clean", "reset-demo", "db", "odoo"):
        assert f"\n    {name} " in done.stdout or f"\n    {name}\n" in done.stdout


def test_make_lists_its_targets_and_each_is_a_command_of_devkit(run_devkit):
    listed = subprocess.run(
        ["make", "-s"], cwd=CHECKOUT, capture_output=True, text=True
    ).stdout

    for target in ("demo", "stop", "reset-demo", "clean", "status", "setup", "psql"):
        assert f"make {target} " in listed
        assert run_devkit(target, "--help").returncode == 0


def _main_that_raises(monkeypatch, error):
    def run(_layout, _options):
        raise error

    class Parser:
        def parse_args(self, _arguments):
            return type("Options", (), {"run": staticmethod(run)})

    monkeypatch.setattr(cli, "_parser", Parser)
    return cli.main([])


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (Problem("It broke.", "Mend it."), 2, "Way out: Mend it."),
        (CommandFailed(["/bin/tool"], 3, "no luck"), 1, "tool ended with code 3"),
        (OSError(errno.ENOSPC, "full", "/x"), 2, "The disk is full (writing /x)."),
        (PermissionError(errno.EACCES, "no", "/x"), 2, "may not access /x"),
        (KeyboardInterrupt(), 130, "goes on where this one stopped"),
    ],
    ids=["problem", "failed program", "disk full", "not permitted", "interrupted"],
)
def test_failures_end_with_a_readable_message(monkeypatch, capsys, error, code, text):
    assert _main_that_raises(monkeypatch, error) == code
    assert text in capsys.readouterr().err


def test_an_unknown_system_error_is_not_hidden(monkeypatch):
    with pytest.raises(OSError, match="odd"):
        _main_that_raises(monkeypatch, OSError(errno.EIO, "odd"))
