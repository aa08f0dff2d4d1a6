"""Nothing of one machine, of one registry, or unfinished gets into the repository."""

import ast
import re

import pytest
from repository import ROOT, files, read, text_files

MACHINE = re.compile(
    rf"{re.escape(str(ROOT))}/|/work/(?:main|shared)|/root/|/tmp/spec|/home/(?!user)\w+/"
)
# Hosts that serve packages, told by their first label so that none is named here.
REGISTRY = re.compile(
    r"\b(?:registry|index|mirrors?|proxy|deb|files|pypi|npm|crates|archive|security)"
    r"\.(?!example\b)(?:[a-z0-9-]+\.)*(?:org|com|net|io|dev)\b"
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|<<<<<<< |>>>>>>> ")
THIS = "tests/repo/test_hygiene.py"
# Logs of Odoo that tests read; other people's words.
FOREIGN = ("tests/devkit/logs/", "COPYING", "LICENSE", "package-lock.json", ".pylintrc")

# Hard stops; what we aim at is shorter.
MAXIMUM_LINES = {".py": 300, ".js": 250, ".xml": 400, ".scss": 200}
MAXIMUM_LINES_OF_TESTS = 500
MAXIMUM_FUNCTION = 50
ALL_TEXTS = [path for path in text_files() if str(path) != THIS]


def offending_lines(path, pattern):
    return [
        f"{number}: {line.strip()[:100]}"
        for number, line in enumerate(read(path).splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    ("what", "pattern"),
    [("path of one machine", MACHINE), ("host of a package registry", REGISTRY)],
    ids=["machine", "registry"],
)
def test_no_file_names_a(what, pattern):
    found = {
        str(path): lines
        for path in ALL_TEXTS
        if (lines := offending_lines(path, pattern))
    }

    assert not found, what


def test_nothing_is_left_for_later():
    found = {
        str(path): lines
        for path in ALL_TEXTS
        if not str(path).startswith(FOREIGN)
        and (lines := offending_lines(path, UNFINISHED))
    }

    assert not found


def line_limit(path):
    """Return how long a file may be; demo data is a list and may be any length."""
    if "demo" in path.parts:
        return float("inf")
    is_test = "tests" in path.parts
    return MAXIMUM_LINES_OF_TESTS if is_test else MAXIMUM_LINES[path.suffix]


def body_length(function):
    """Return the lines of a function's body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("suffix", MAXIMUM_LINES)
def test_files_stay_short(suffix):
    found = {
        str(path): length
        for path in text_files(suffix)
        if (length := len(read(path).splitlines())) > line_limit(path)
    }

    assert not found


def test_functions_stay_short():
    found = {
        f"{path}:{node.lineno} {node.name}": length
        for path in text_files(".py")
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := body_length(node)) > MAXIMUM_FUNCTION
    }

    assert not found


def test_texts_are_utf8_with_unix_line_ends():
    assert not [path for path in text_files() if b"\r" in (ROOT / path).read_bytes()]


def test_every_requirement_is_pinned():
    lines = {
        f"{path}: {line}"
        for path in files()
        if path.name.startswith("requirements") and path.suffix == ".txt"
        for line in read(path).splitlines()
        if line.strip() and not line.startswith("#") and "==" not in line
    }

    assert not lines


def test_ci_script_can_be_executed():
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
