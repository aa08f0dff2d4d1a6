"""``screenshots``: the pictures of the documentation, from the running demo."""

from __future__ import annotations

import os
import subprocess

from devkit.console import Problem
from devkit.layout import Layout
from devkit.testing import chromium, node


def register(commands) -> None:
    screenshots = commands.add_parser(
        "screenshots", help="take the pictures of the documentation from the demo"
    )
    screenshots.add_argument(
        "rest", nargs="*", help="after --: options and scenes of take.mjs"
    )
    screenshots.set_defaults(run=take)


def take(layout: Layout, options) -> None:
    """Drive the browser through the scenes; the demo must be running."""
    node.prepare(layout)
    browser = chromium.prepare(layout.logs / "chromium.log")
    script = layout.root / "tools" / "screenshots" / "take.mjs"
    finished = subprocess.run(
        ["node", str(script), *options.rest],
        cwd=layout.root,
        env={**os.environ, "CHROMIUM": browser},
        check=False,
    )
    if finished.returncode:
        raise Problem(
            "Not every picture could be taken; what was on screen is beside the others "
            "as NAME.failed.png.",
            "See that the demo runs (make demo) and holds its story (make reset-demo).",
        )
