"""Settings shared by all tests that run outside Odoo.

``pyproject.toml`` puts the addons' pure packages and ``devkit`` on the path, so tests
import ``timeline``, ``matching``, ``devkit.…`` by their own names, without Odoo.
"""

import os
from pathlib import Path

import hypothesis
from hypothesis.configuration import set_hypothesis_home_dir

CHECKOUT = Path(__file__).parents[1]

set_hypothesis_home_dir(CHECKOUT / ".local" / "cache" / "hypothesis")
# Two busy cores make any deadline a matter of luck. In CI the same examples each time:
# a red build must be about the change in it.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")
