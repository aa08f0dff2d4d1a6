"""Run tests of installed modules on the complete registry, at-install ones included.

Odoo itself runs the at-install tests of a module before the modules that extend it are
loaded. Here they run with everything loaded, where extensions can do harm.
"""

import json
import os

from odoo.tests.shell import run_tests

arguments = json.loads(os.environ["DEVKIT_ARGUMENTS"])
run_tests(env, arguments["tags"], modules=arguments["modules"])
