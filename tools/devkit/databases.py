"""Databases with their filestores: made once as a template, cloned in seconds, dropped.

Each database made here carries a comment. It tells ours from others on a server of the
user's own, and holds the fingerprint of what went into it, written last.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Sequence

from devkit import odoo_run
from devkit.console import Problem, console
from devkit.layout import Layout
from devkit.odoo_source import OdooSource
from devkit.postgres import Server
from devkit.processes import CommandFailed
from devkit.stamps import exclusive, fingerprint

MARK = "devkit:"


@dataclasses.dataclass(frozen=True)
class Template:
    """A database that others are cloned from.

    :param modules: core modules to install, without demo data.
    """

    name: str
    modules: tuple[str, ...]


TEMPLATES = {
    template.name: template
    for template in (
        Template("tpl_empty", ("base",)),
        Template(
            "tpl_base",
            (
                "sale_management",
                "sale_crm",
                "contacts",
                "calendar",
                "phone_validation",
                "sms",
            ),
        ),
        Template(
            "tpl_channels",
            ("calendar", "im_livechat", "mass_mailing_sms", "rating", "website_crm"),
        ),
    )
}


class Databases:
    """The databases of one server with the filestores of one checkout."""

    def __init__(self, layout: Layout, server: Server, source: OdooSource):
        self._layout = layout
        self._server = server
        self._source = source

    def exists(self, name: str) -> bool:
        rows = self._server.query(
            f"SELECT 1 FROM pg_database WHERE datname = '{_checked(name)}'"
        )
        return bool(rows)

    def mark_of(self, name: str) -> str | None:
        """Return what :meth:`mark` wrote; ``None`` for a foreign database."""
        rows = self._server.query(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '')"
            " FROM pg_database"
            f" WHERE datname = '{_checked(name)}'"
        )
        comment = rows[0][0] if rows else ""
        return comment.removeprefix(MARK) if comment.startswith(MARK) else None

    def mark(self, name: str, value: str = "") -> None:
        """Declare the database to be ours, and finished with the inputs ``value``."""
        self._server.query(
            f"COMMENT ON DATABASE \"{_checked(name)}\" IS '{MARK}{value}'"
        )

    def names(self) -> list[str]:
        """Return our databases, sorted."""
        rows = self._server.query(
            "SELECT datname FROM pg_database"
            f" WHERE shobj_description(oid, 'pg_database') LIKE '{MARK}%' ORDER BY 1"
        )
        return [row[0] for row in rows]

    def drop(self, name: str) -> bool:
        """Delete the database and its files; say whether it was there."""
        if not self.exists(name):
            self._remove_files(name)
            return False
        if self.mark_of(name) is None and not self._server.embedded:
            raise Problem(
                f"The database '{name}' was not made by this tool, so it stays.",
                f"If it may go: dropdb {name}",
            )
        self._server.drop_database(name)
        self._remove_files(name)
        return True

    def create(self, name: str, modules: Sequence[str], *options: str) -> None:
        """Make a database with ``modules`` installed; a half-made one is dropped.

        :param options: more of Odoo's command line, such as ``--with-demo``.
        """
        self._create_empty(name)
        log = self._layout.logs / f"create-{name}.log"
        try:
            odoo_run.run_logged(
                self._layout,
                self._server,
                self._source,
                log,
                ["-d", name, "-i", ",".join(modules), "--stop-after-init", *options],
            )
        except CommandFailed as failure:
            raise Problem(
                f"Odoo could not install {', '.join(modules)} in '{name}'. {failure}",
                f"The whole log is in {log}. Repair the cause, then call again.",
            ) from failure

    def _create_empty(self, name: str) -> None:
        """Make the database as Odoo itself would, but marked as ours from the start."""
        self.drop(name)
        self._server.query(
            f'CREATE DATABASE "{_checked(name)}"'
            " ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0"
        )
        self.mark(name)
        try:
            self._server.query("CREATE EXTENSION IF NOT EXISTS pg_trgm", name)
        except CommandFailed as failure:
            raise Problem(
                f"The server lacks the extension pg_trgm. {failure}",
                "Install PostgreSQL's contrib package on that server.",
            ) from failure

    def clone(self, origin: str, name: str) -> None:
        """Copy database and files of ``origin``, replacing ``name`` if it is there."""
        if origin in TEMPLATES:
            self.prepare_template(origin)
        self.drop(name)
        self._server.query(
            f'CREATE DATABASE "{_checked(name)}" TEMPLATE "{_checked(origin)}"'
        )
        self.mark(name)
        files = self._layout.filestore / origin
        if files.exists():
            shutil.copytree(files, self._layout.filestore / name, dirs_exist_ok=True)

    def prepare_template(self, name: str) -> None:
        """Make the template unless it is there with the same Odoo and modules."""
        template = TEMPLATES.get(name)
        if template is None:
            known = ", ".join(TEMPLATES)
            raise Problem(f"There is no template '{name}'.", f"Known: {known}")
        with exclusive(self._layout.local / "templates.lock"):
            self._prepare(template)

    def _prepare(self, template: Template) -> None:
        name = template.name
        current = fingerprint(
            self._source.version, str(self._source.import_folder), *template.modules
        )
        if self.exists(name) and self.mark_of(name) == current:
            return
        with console.step(
            f"Preparing the template database {name} (once, some minutes)"
        ):
            self.create(name, template.modules)
            # A template that somebody works in, or is connected to, cannot be cloned.
            self._server.query(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            self.mark(name, current)

    def _remove_files(self, name: str) -> None:
        shutil.rmtree(self._layout.filestore / _checked(name), ignore_errors=True)


def _checked(name: str) -> str:
    """Return ``name`` if it is safe in SQL and as a folder's name.

    :raises Problem: otherwise.
    """
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]{0,62}", name):
        raise Problem(
            f"'{name}' cannot be the name of a database.",
            "Use letters, digits, '_', '-' and '.', starting with a letter.",
        )
    return name
