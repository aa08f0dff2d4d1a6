#!/usr/bin/env python3
"""Write the configuration of one container from odoo.conf and the environment.

Usage: render_config.py TEMPLATE TARGET

Only what Odoo cannot read from the environment itself is handled here: the database
server comes from the ``PG*`` variables.
"""

import configparser
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from passlib.hash import pbkdf2_sha512

# As strong as Odoo's own, so that Odoo does not hash it again at the first use
HASH = pbkdf2_sha512.using(rounds=600_000)

# Variable -> option. The values are whole numbers; zero and more.
NUMBERS = {
    "ODOO_WORKERS": "workers",
    "ODOO_MAX_CRON_THREADS": "max_cron_threads",
    "ODOO_DB_MAXCONN": "db_maxconn",
    "ODOO_LIMIT_MEMORY_SOFT": "limit_memory_soft",
    "ODOO_LIMIT_MEMORY_HARD": "limit_memory_hard",
    "ODOO_LIMIT_TIME_CPU": "limit_time_cpu",
    "ODOO_LIMIT_TIME_REAL": "limit_time_real",
}


class ConfigError(Exception):
    """A variable is missing or has a value that Odoo could not use."""


def overrides(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the options that the environment sets.

    :raises ConfigError: naming the variable.
    """
    options = {
        "admin_passwd": HASH.hash(_required(environ, "ODOO_MASTER_PASSWORD")),
        "dbfilter": f"^{re.escape(_required(environ, 'PGDATABASE'))}$",
    }
    for variable, option in NUMBERS.items():
        if value := environ.get(variable):
            options[option] = _number(variable, value)
    return options


def render(template: Path, target: Path, environ: Mapping[str, str]) -> None:
    """Write ``target``, readable by its owner only."""
    parser = configparser.RawConfigParser()
    parser.read_string(template.read_text(encoding="utf-8"), source=str(template))
    for option, value in overrides(environ).items():
        parser.set("options", option, value)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        os.fchmod(stream.fileno(), 0o600)  # the file may be there from the image
        parser.write(stream)


def _required(environ: Mapping[str, str], variable: str) -> str:
    if not environ.get(variable):
        raise ConfigError(f"{variable} is not set.")
    return environ[variable]


def _number(variable: str, value: str) -> str:
    if not value.isascii() or not value.isdigit():
        raise ConfigError(f'{variable} must be a whole number, not "{value}".')
    return value


if __name__ == "__main__":
    try:
        render(Path(sys.argv[1]), Path(sys.argv[2]), os.environ)
    except ConfigError as error:
        sys.exit(f"render_config.py: {error}")
