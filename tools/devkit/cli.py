"""Command line of the tooling; each module of ``devkit.commands`` adds commands."""

from __future__ import annotations

import argparse
import errno
import importlib
import pkgutil
import sys
from collections.abc import Sequence

from devkit import commands
from devkit.console import Problem
from devkit.layout import Layout
from devkit.processes import CommandFailed


def main(arguments: Sequence[str]) -> int:
    """Run one command; return the exit code of the process."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(Layout(), options) or 0
    except Problem as problem:
        sys.stdout.flush()
        print(f"\n{problem}\n", file=sys.stderr)
        return 2
    except CommandFailed as failure:
        print(f"\nUnexpected failure: {failure}\n", file=sys.stderr)
        return 1
    except OSError as error:
        problem = _known_problem(error)
        if not problem:
            raise
        print(f"\n{problem}\n", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(
            "\nInterrupted. The next call goes on where this one stopped.",
            file=sys.stderr,
        )
        return 130


def _known_problem(error: OSError) -> Problem | None:
    if error.errno == errno.ENOSPC:
        return Problem(
            f"The disk is full (writing {error.filename or 'a file'}).",
            "Make room, then call the same again: it goes on where it stopped.",
        )
    if isinstance(error, PermissionError):
        return Problem(
            f"This user may not access {error.filename or 'a process of another'}.",
            "Whoever made it (root?) should call the same, or first: make clean",
        )
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 tools/devkit", description=__doc__)
    known = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in pkgutil.iter_modules(commands.__path__):
        importlib.import_module(f"devkit.commands.{module.name}").register(known)
    return parser
