"""The files of the repository, as git knows them: tracked, or new and not ignored."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ADDONS = sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py"))
BINARY = {".png", ".jpg", ".ico", ".pdf", ".ttf", ".woff2", ".gz", ".eml"}

# Folders with a meaning for Odoo; all others at an addon's root are pure packages.
ODOO_FOLDERS = {
    "controllers",
    "data",
    "demo",
    "i18n",
    "migrations",
    "models",
    "readme",
    "report",
    "security",
    "static",
    "tests",
    "views",
    "wizard",
}


@cache
def files():
    """Return all files of the repository, as paths relative to its root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output(command, cwd=ROOT, text=True).split("\0")
    return tuple(Path(name) for name in sorted(set(names)) if (ROOT / name).is_file())


def text_files(*suffixes, below=""):
    """Return files that hold text, of these suffixes if any are given."""
    return [
        path
        for path in files()
        if str(path).startswith(below)
        and path.suffix not in BINARY
        and (not suffixes or path.suffix in suffixes)
    ]


def read(path):
    return (ROOT / path).read_text()


def manifest(addon):
    return ast.literal_eval((addon / "__manifest__.py").read_text())


def pure_packages():
    """Return the folders of all pure packages, relative to the root."""
    return sorted(
        path.parent.relative_to(ROOT)
        for addon in ADDONS
        for path in addon.glob("*/__init__.py")
        if path.parent.name not in ODOO_FOLDERS
    )


def imported_modules(path):
    """Return the absolute modules that a Python file imports."""
    found = set()
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module)
    return found
