from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from odoo import api, models
from odoo.tools import SQL

from ..evidence import (
    CHAINS,
    GENESIS_HASH,
    Finding,
    verify_archive,
    waived_by,
)

_BATCH = 5000


class ArchivePart:
    """A part of a chain on its way through verification.

    :ivar sequence: position of the last row that was looked at
    :ivar hash: what that row claims to be its hash
    :ivar count: number of rows looked at
    """

    def __init__(self, sequence=0, digest=GENESIS_HASH):
        self.sequence = sequence
        self.hash = digest
        self.count = 0

    def watch(self, rows):
        """Yield the rows and remember the last one."""
        for kept in rows:
            yield kept
            self.sequence, self.hash = kept.row.sequence, kept.row.hash
            self.count += 1


class OfferChainMixin(models.AbstractModel):
    _inherit = "offer.chain.mixin"

    @api.model
    def _verify_part(self, company, part, limit=None):
        """Yield every fault of the next rows of a chain.

        Checks with the payloads the columns, lines, files and personal data beside
        them. Linear in the bytes kept; memory does not grow with them.

        :param part: :class:`ArchivePart`, moved on behind the rows that are read
        :param limit: number of rows, all by default
        """
        chain = self._name.removeprefix("offer.")
        waived = waived_by(self._waivers(company), chain)
        rows = islice(self._kept_rows(company, part.sequence), limit)
        found = verify_archive(part.watch(rows), waived, part.sequence + 1, part.hash)
        for finding in found:
            yield replace(finding, chain=chain)

    @api.model
    def _find_unplaced(self, company):
        """Yield what lies in the table and was never put into the chain."""
        for row_id in self._query_unplaced(company.id):
            chain = self._name.removeprefix("offer.")
            yield Finding("row_unplaced", 0, str(row_id), chain)

    def _waivers(self, company) -> Iterator[str]:
        """Yield the payloads of events that let something be missing, in order."""
        after = 0
        while rows := self._query_waivers(company.id, after):
            for _sequence, payload in rows:
                yield payload
            after = rows[-1][0]

    def _query_waivers(self, company_id, after):
        # reads the index _chain_uniq of offer.event
        self.env.cr.execute(
            SQL(
                "SELECT chain_seq, payload FROM offer_event WHERE company_id = %s "
                "AND code IN ('forgotten', 'purged') AND chain_seq > %s "
                "ORDER BY chain_seq LIMIT %s",
                company_id,
                after,
                _BATCH,
            )
        )
        return self.env.cr.fetchall()


class OfferRevision(models.Model):
    _inherit = "offer.revision"

    @api.model
    def _verify_company(self, company):
        """Return every fault of the archive of one company, both chains.

        :return: list of :class:`evidence.Finding`, empty for an intact archive
        """
        findings = []
        self._seal_all()
        for chain in CHAINS:
            model = self.env[f"offer.{chain}"].sudo()
            findings += model._verify_part(company, ArchivePart())
            findings += model._find_unplaced(company)
        return findings
