"""From nothing to an Odoo that can run: environment, Odoo, PostgreSQL; each once."""

from __future__ import annotations

import dataclasses

from devkit import machine, odoo_run, odoo_source, postgres, virtualenv
from devkit.databases import Databases
from devkit.layout import Layout
from devkit.odoo_source import OdooSource
from devkit.postgres import Server
from devkit.stamps import exclusive


@dataclasses.dataclass(frozen=True)
class Ready:
    """All that a command needs once the set-up is done."""

    layout: Layout
    server: Server
    source: OdooSource

    @property
    def databases(self) -> Databases:
        return Databases(self.layout, self.server, self.source)


def prepare(layout: Layout) -> Ready:
    """Do what is not done yet; under a second when all is done."""
    machine.check_writable(layout)
    with exclusive(layout.local / "setup.lock"):
        if not layout.odoo.exists():
            machine.check_disk(layout)
        virtualenv.prepare(layout)
        source = odoo_source.prepare(layout)
        virtualenv.link_odoo(layout, source.import_folder)
        server = postgres.prepare(layout)
        odoo_run.default_conf(layout, server, source)
    return Ready(layout, server, source)
