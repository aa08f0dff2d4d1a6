"""``test``, ``test-addon``, ``test-one``: all checks, or a part of them."""

from __future__ import annotations

from devkit.layout import Layout
from devkit.testing import run as test_run
from devkit.testing import single
from devkit.testing.plan import EXTRA_STAGES, STAGES


def register(commands) -> None:
    names = ", ".join(stage.name for stage in (*STAGES, *EXTRA_STAGES))
    test = commands.add_parser(
        "test",
        help="run all tests and checks, or some stages",
        epilog=f"Stages: {names}",
    )
    test.add_argument("stages", nargs="*", metavar="STAGE")
    _add_keep(test)
    test.set_defaults(run=run_stages)
    module = commands.add_parser(
        "test-addon", help="install one addon in a new database and test it"
    )
    module.add_argument("module")
    module.add_argument("--template", default="tpl_base", help="tpl_base or tpl_empty")
    _add_keep(module)
    module.set_defaults(run=run_module)
    one = commands.add_parser("test-one", help="run one test, class or file")
    one.add_argument("test", help="/module:Class.method, or tests/FILE.py for pytest")
    one.set_defaults(run=run_one)


def _add_keep(parser) -> None:
    parser.add_argument(
        "--keep", action="store_true", help="keep the databases for a look at them"
    )


def run_stages(layout: Layout, options) -> int:
    return test_run.run(layout, options.stages, options.keep)


def run_module(layout: Layout, options) -> int:
    return single.run_module(layout, options.module, options.template, options.keep)


def run_one(layout: Layout, options) -> int:
    return single.run_one(layout, options.test)
