"""What a file of ours imports from another file of ours is there."""

import re
from pathlib import PurePosixPath

import pytest
from repository import ADDONS, ROOT, read, text_files

NAMES = {addon.name for addon in ADDONS}
IMPORT = re.compile(r"import\s*\{([^}]*)\}\s*from\s*\"([^\"]+)\"", re.DOTALL)
EXPORT = re.compile(r"^export (?:async )?(?:function|class|const|let) (\w+)", re.M)
PASSED_ON = re.compile(r"^export \{([^}]*)\}", re.M)
FILES = [path for path in text_files(".js", below="addons/") if "static" in path.parts]


def _target(path, source):
    """Return the file that ``source`` names in ``path``, if it is one of ours."""
    if source.startswith("."):
        return (ROOT / path).parent.joinpath(source).resolve().with_suffix(".js")
    addon, _slash, rest = source.removeprefix("@").partition("/")
    if addon not in NAMES:
        return None
    # "@addon/../tests/x" is how the web client names what is beside src.
    folder = ROOT / "addons" / addon / "static" / "src"
    return folder.joinpath(PurePosixPath(rest)).resolve().with_suffix(".js")


def _names(listed):
    return {part.strip().split(" as ")[0] for part in listed.split(",") if part.strip()}


def _exported(target):
    if not target.exists():
        return set()
    text = target.read_text()
    passed_on = [name for listed in PASSED_ON.findall(text) for name in _names(listed)]
    return {*EXPORT.findall(text), *passed_on}


def _missing(path):
    for listed, source in IMPORT.findall(read(path)):
        target = _target(path, source)
        if target is not None and (lost := _names(listed) - _exported(target)):
            yield f"{path}: {', '.join(sorted(lost))} from {source}"


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imported_names_are_exported(path):
    assert not list(_missing(path))
