"""Run Odoo's own test_lint over the addons named in the arguments and no others.

Each of its tests asks Odoo for all addons there are; here Odoo answers with ours.
"""

import json
import os

import odoo.modules
import odoo.modules.module
from odoo.modules import Manifest
from odoo.tests.shell import run_tests
from odoo.tools import config

# Odoo configures eslint as version 8 wants it, which version 9 still understands.
os.environ["ESLINT_USE_FLAT_CONFIG"] = "false"

addons = json.loads(os.environ["DEVKIT_ARGUMENTS"])["addons"]
manifests = [Manifest.for_addon(name) for name in addons]
Manifest.all_addon_manifests = staticmethod(lambda: manifests)
# The test modules copy these names when they are imported, which happens below.
odoo.modules.get_modules = odoo.modules.module.get_modules = lambda: addons

from odoo.addons.test_lint.tests import test_eslint, test_pylint  # noqa: E402

check_javascript = test_eslint.TestESLint._test_eslint


def check_javascript_if_any(self, modules, eslintrc_path):
    """Odoo's stricter set is for points of sale; without one eslint gets no file."""
    if modules:
        check_javascript(self, modules, eslintrc_path)


test_eslint.TestESLint._test_eslint = check_javascript_if_any


class OurTools:
    """``odoo.tools`` for test_pylint, which would check all of Odoo's root folder."""

    class Config:
        root_path = manifests[0].path

        def __getitem__(self, name):
            return config[name]

    config = Config()

    def __getattr__(self, name):
        return getattr(odoo.tools, name)


test_pylint.tools = OurTools()

run_tests(env, "/test_lint", modules=["test_lint"])
