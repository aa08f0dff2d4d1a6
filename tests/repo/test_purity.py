"""The pure packages know neither Odoo nor the world; contact_history stands alone."""

import ast
import re
import sys

import pytest
from repository import imported_modules, pure_packages, read, text_files

# Libraries that docs/decisions names; "document" draws, "spreadsheet" writes, the
# others only reckon.
LIBRARIES = {"anyascii", "phonenumbers", "rapidfuzz", "stdnum"}
LIBRARIES_OF = {
    "document": {"reportlab"},
    "dossier": {"reportlab", "xlsxwriter"},
    "evidence": {"orjson"},
    "reading": {"openpyxl", "pypdf"},
    "spreadsheet": {"xlsxwriter"},
}
# Network, files, clock, chance and other processes come in as arguments.
WORLD = {
    "asyncio",
    "http",
    "multiprocessing",
    "os",
    "random",
    "secrets",
    "shutil",
    "socket",
    "ssl",
    "subprocess",
    "tempfile",
    "time",
    "urllib",
}
CLOCK = re.compile(r"\b(?:datetime|date)\.(?:now|today|utcnow)\b")
PURE_FILES = [
    path
    for package in pure_packages()
    for path in text_files(".py", below=f"{package}/")
]


def test_there_are_pure_packages():
    assert {package.name for package in pure_packages()} >= {
        "conflicts",
        "document",
        "evidence",
        "matching",
        "timeline",
    }


@pytest.mark.parametrize("path", PURE_FILES, ids=str)
def test_pure_package_imports_only_what_it_may(path):
    allowed = {*sys.stdlib_module_names} - WORLD | LIBRARIES
    for package, libraries in LIBRARIES_OF.items():
        if package in path.parts:
            allowed |= libraries

    foreign = {
        name for name in imported_modules(path) if name.split(".")[0] not in allowed
    }

    assert not foreign


@pytest.mark.parametrize("path", PURE_FILES, ids=str)
def test_pure_package_asks_no_clock_and_opens_no_file(path):
    calls = [
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.Call)
    ]

    assert not [call for call in calls if call == "open" or CLOCK.search(call)]


@pytest.mark.parametrize("path", text_files(below="addons/contact_history/"), ids=str)
def test_contact_history_does_not_know_the_word(path):
    lines = read(path).splitlines()

    named = [line for line in lines if re.search(r"offer", line, re.IGNORECASE)]

    assert not named
