"""The stages of ``make test`` and of its parts."""

from __future__ import annotations

from devkit.testing import (
    lint,
    odoo_stages,
    own_tests,
    restore_stage,
    telephone_stage,
    uninstall_stage,
    unit,
)
from devkit.testing.odoo_stages import template
from devkit.testing.schedule import Stage

NEEDS_INSTALLED = ("installed",)

# Names of lasting preparations; a part of the run brings along those that it needs.
PREPARATIONS = (
    Stage("tpl_base", "database with Odoo's apps, once", template("tpl_base")),
    Stage("tpl_empty", "database with Odoo's base, once", template("tpl_empty")),
    Stage(
        "tpl_channels",
        "database with the apps that bring channels, once",
        template("tpl_channels"),
    ),
    Stage("browser", "Chromium", odoo_stages.browser),
    Stage(
        "installed",
        "both addons in one database, for clones",
        odoo_stages.installed,
        after=("tpl_base",),
    ),
    Stage(
        "odoo-baseline",
        "Odoo's own tests without our addons, once",
        own_tests.baseline,
        after=("tpl_base",),
    ),
    Stage(
        "odoo-whole-baseline",
        "all of Odoo's own tests without our addons, once",
        own_tests.whole_baseline,
        after=("tpl_base", "browser"),
        exclusive="browser",
    ),
)

# In the order in which they begin when several could; the longest first.
STAGES = (
    Stage(
        "both",
        "all addons together, with tours and component tests",
        odoo_stages.both,
        after=("tpl_base", "browser"),
        exclusive="browser",
    ),
    Stage("unit", "tests outside Odoo, coverage of the pure packages", unit.run),
    Stage("repo", "rules for the repository as a whole", unit.run_repo),
    Stage("lint", "format, lint, types, licences", lint.run),
    Stage(
        "alone",
        "contact_history without sales and CRM",
        odoo_stages.alone,
        after=("tpl_empty", "browser"),
        exclusive="browser",
    ),
    Stage(
        "channels",
        "contact_history with live chat, website and mass mailing",
        odoo_stages.channels,
        after=("tpl_channels",),
    ),
    Stage(
        "telephone",
        "a day of calls, fifty at a time, against a real server",
        telephone_stage.run,
        after=("tpl_empty",),
    ),
    Stage(
        "demo",
        "demo data, and the tests that look at it",
        odoo_stages.demo,
        after=("browser",),
        exclusive="browser",
    ),
    Stage(
        "odoo",
        "a part of Odoo's own tests, with and without our addons",
        own_tests.same_results,
        after=("installed", "odoo-baseline"),
    ),
    Stage(
        "uninstall",
        "nothing is left behind",
        uninstall_stage.run,
        after=("tpl_base", "browser"),
        exclusive="browser",
    ),
    Stage(
        "restore",
        "the archive after backup and restore",
        restore_stage.run,
        after=NEEDS_INSTALLED,
    ),
    Stage(
        "odoo-lint", "Odoo's test_lint", odoo_stages.odoo_lint, after=NEEDS_INSTALLED
    ),
    Stage(
        "translations",
        "terms and languages",
        odoo_stages.translations,
        after=NEEDS_INSTALLED,
    ),
)

# Not part of "make test": all of Odoo's own tests take most of an hour.
EXTRA_STAGES = (
    Stage(
        "odoo-whole",
        "all of Odoo's own tests, with and without our addons",
        own_tests.whole_same_results,
        after=("installed", "odoo-whole-baseline", "browser"),
        exclusive="browser",
    ),
)
