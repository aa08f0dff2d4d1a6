"""Entry point of ``python3 tools/devkit``; keeps to syntax that any Python 3 can read.

A Python that is too old must print a way out, not a SyntaxError.
"""
# ruff: noqa: UP030, UP032

import os
import sys

OLDEST_PYTHON = (3, 11)

if sys.version_info < OLDEST_PYTHON:
    sys.stderr.write(
        "\nPython {0}.{1} is too old: Odoo 19 needs Python {2}.{3} or newer.\n"
        "Way out: install a newer one and name it, for example\n"
        "    make demo PYTHON=python3.12\n\n".format(
            sys.version_info[0], sys.version_info[1], OLDEST_PYTHON[0], OLDEST_PYTHON[1]
        )
    )
    sys.exit(2)

# Python puts this folder first on its path, where our module names would hide others.
sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from devkit.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
