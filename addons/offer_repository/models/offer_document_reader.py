import json
import logging
import os
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from odoo import api, models

from ..matching import normalise_phones, normalise_vat
from ..reading import (
    DEFAULT_LIMITS,
    MIMETYPES,
    Context,
    Reading,
    ReadingError,
    find_kind,
    parse_answer,
    propose,
)

_logger = logging.getLogger(__name__)

_ADDON = Path(__file__).resolve().parents[1]
_UNKNOWN = "application/octet-stream"
_WORKER = "from reading.worker import run; raise SystemExit(run())"
# Longer than any honest document of the size we take needs on a slow machine.
_SECONDS = 25
_SECONDS_TOGETHER = 60
# What the reading process may know of its surroundings: no password, no configuration.
_ENVIRONMENT = (
    "LANG",
    "LC_ALL",
    "PATH",
    "PYTHONPATH",
    "TESSDATA_PREFIX",
    "VIRTUAL_ENV",
)


class OfferDocumentReader(models.AbstractModel):
    """Reads documents in a process of their own, bounded in time and memory.

    Files come from anybody. One that hangs its reader, or kills it, costs one process
    for some seconds; the user gets a code, and the server goes on.
    """

    _name = "offer.document.reader"
    _description = "Reader of Documents"

    @api.model
    def _read_file(self, name, data):
        """Return what a file is and says.

        :param name: the file's name, only compared with what the file is
        :return: :class:`~..reading.Reading`; never raises because of the file
        """
        if not data or len(data) > DEFAULT_LIMITS.bytes:
            problem = "too_big" if data else "empty"
            return Reading("unknown", _UNKNOWN, problem=problem)
        try:
            done = self._run(name, data)
            answer, problem = done.stdout, "broken"
        except subprocess.TimeoutExpired as late:
            answer, problem = late.stdout, "timeout"
        try:
            return parse_answer((answer or b"").decode())
        except ValueError:
            _logger.info("A document was given up: %s.", problem)
            return self._given_up(data, problem)

    @api.model
    def _read_files(self, files):
        """Read several files that came together, within a time for all of them.

        :param files: list of (name, bytes)
        :return: list of (name, bytes, :class:`~..reading.Reading`)
        """
        until = time.monotonic() + _SECONDS_TOGETHER
        return [
            (
                name,
                data,
                self._read_file(name, data)
                if time.monotonic() < until
                else self._given_up(data, "timeout"),
            )
            for name, data in files
        ]

    @api.model
    def _run(self, name, data):
        limits = json.dumps(asdict(DEFAULT_LIMITS))
        environment = {
            key: os.environ[key] for key in _ENVIRONMENT if key in os.environ
        }
        # a surrogate, or a null character, cannot be told to a process
        safe_name = name.encode("ascii", "replace").decode().replace("\0", "")
        return subprocess.run(
            [sys.executable, "-c", _WORKER, safe_name, limits],
            input=data,
            capture_output=True,
            check=False,
            cwd=_ADDON,
            env={**environment, "PYTHONIOENCODING": "utf-8"},
            timeout=_SECONDS,
        )

    @api.model
    def _given_up(self, data, problem):
        try:
            kind = find_kind(data, DEFAULT_LIMITS)
        except ReadingError:
            kind = "unknown"
        return Reading(kind, MIMETYPES.get(kind, _UNKNOWN), problem=problem)

    # ------------------------------------------------------------------
    # What the text seems to say
    # ------------------------------------------------------------------

    @api.model
    def _propose(self, text, company):
        """Return what an offer of a company seems to say, as a list of dicts."""
        return [asdict(one) for one in propose(text, self._reading_context(company))]

    @api.model
    def _reading_context(self, company):
        # sudo: numbers and addresses of the whole tree are ours, whoever asks
        tree_sudo = company._offer_tree()
        country = company.sudo().country_id.code or None
        homes = tuple(
            dict.fromkeys(
                filter(
                    None, [country, *self.env["res.partner"]._offer_home_countries()]
                )
            )
        )
        users_sudo = self.env["res.users"].sudo()
        mailboxes = {company_sudo.email for company_sudo in tree_sudo}
        mailboxes |= set(
            users_sudo.search([("company_ids", "in", tree_sudo.ids)]).mapped("email")
        )
        return Context(
            normalise_tax=lambda value: self._tax_number(value, homes),
            find_phones=lambda value: normalise_phones(value, country),
            own_tax_numbers=frozenset(
                filter(
                    None,
                    (
                        self._tax_number(one.vat or "", (one.country_id.code, *homes))
                        for one in tree_sudo
                    ),
                )
            ),
            own_phones=frozenset(
                phone
                for one in tree_sudo
                for phone in normalise_phones(one.phone or "", one.country_id.code)
            ),
            own_domains=frozenset(
                mailbox.rpartition("@")[2].strip("> ").lower()
                for mailbox in mailboxes
                if mailbox
            )
            - self._public_domains(),
        )

    @api.model
    def _tax_number(self, value, countries):
        """Return a tax number whose check digit holds in one of the countries."""
        readings = (normalise_vat(value, country) for country in countries or (None,))
        return next((one.value for one in readings if one and one.is_valid), None)

    @api.model
    def _public_domains(self):
        """Return domains at which customers have mailboxes too."""
        return frozenset({"gmail.com", "wp.pl", "onet.pl", "o2.pl", "gmx.de", "web.de"})

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    @api.model
    def _problem_text(self, code):
        """Return what is wrong with a file, and what to do, for its code."""
        return self._problem_texts().get(code, "")

    @api.model
    def _problem_texts(self):
        limit = DEFAULT_LIMITS.bytes // 1_000_000
        return {
            "bomb": self.env._(
                "The file unpacks to far more than it should. Send the document itself."
            ),
            "broken": self.env._(
                "The file is damaged. Save it again in the program it was made with."
            ),
            "disguised": self.env._(
                "The file is not what its name says. Check where it comes from."
            ),
            "empty": self.env._("The file is empty."),
            "encrypted": self.env._(
                "The file is protected by a password. Save it without one."
            ),
            "nested": self.env._(
                "The file is an archive. Unpack it, or use “Import offers” for a list "
                "with documents."
            ),
            "timeout": self.env._(
                "Reading the file took too long. It can be kept, but not searched."
            ),
            "too_big": self.env._(
                "The file is larger than %(limit)s MB. Save it with smaller pictures.",
                limit=limit,
            ),
            "unsupported": self.env._(
                "Files of this kind cannot be read. Use PDF, DOCX, XLSX, ODT, "
                "pictures, EML or MSG."
            ),
            "cut": self.env._("The file is very long: only its beginning was read."),
            "no_text": self.env._(
                "There is no text in the file, as with scanned pages. Enter the values "
                "yourself."
            ),
            "problem_inside": self.env._("A file inside this mail could not be read."),
        }
