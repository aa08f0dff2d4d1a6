"""Command line of the tooling; every module of :mod:`devkit.commands` adds its own commands."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

from devkit import commands
from devkit.console import Problem
from devkit.layout import Layout


def main(arguments: Sequence[str]) -> int:
    """Run one command; return the exit code of the process."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(Layout(), options) or 0
    except Problem as problem:
        sys.stdout.flush()
        print(f"\n{problem}\n", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(
            "\nInterrupted. The next call goes on where this one stopped.",
            file=sys.stderr,
        )
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 tools/devkit", description=__doc__)
    known = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in pkgutil.iter_modules(commands.__path__):
        importlib.import_module(f"devkit.commands.{module.name}").register(known)
    return parser
