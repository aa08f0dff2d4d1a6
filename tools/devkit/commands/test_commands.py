"""``test``: all checks of the project, or the stages that are named."""

from __future__ import annotations

from devkit.layout import Layout
from devkit.testing import run as test_run
from devkit.testing.plan import EXTRA_STAGES, STAGES


def register(commands) -> None:
    names = ", ".join(stage.name for stage in (*STAGES, *EXTRA_STAGES))
    parser = commands.add_parser(
        "test",
        help="run all tests and checks, or some stages",
        epilog=f"Stages: {names}",
    )
    parser.add_argument("stages", nargs="*", metavar="STAGE")
    parser.add_argument(
        "--keep", action="store_true", help="keep the databases for a look at them"
    )
    parser.set_defaults(run=run)


def run(layout: Layout, options) -> int:
    return test_run.run(layout, options.stages, options.keep)
