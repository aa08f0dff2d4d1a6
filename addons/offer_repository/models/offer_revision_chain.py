import json
import secrets
from datetime import UTC

from odoo import api, models
from odoo.tools import SQL, split_every

from ..evidence import (
    GENESIS_HASH,
    MIN_SALT_BYTES,
    ChainRow,
    build_payload,
    commit_all,
    document_entries,
    payload_sha256,
    revision_hash,
    verify_chain,
    verify_commitments,
    verify_documents,
)
from .offer_revision import ARCHIVE_CONTEXT, ARCHIVE_KEY

# First key of the advisory locks "append to the chain of company n" (n is the second);
# any number that no other code of this database uses.
_CHAIN_LOCK = 1_330_004_294


class OfferRevision(models.Model):
    _inherit = "offer.revision"

    # ------------------------------------------------------------------
    # Appending
    # ------------------------------------------------------------------

    @api.model
    def _append(self, offer, snapshot, event):
        """Add a revision at the end of the chain of the offer's company.

        The only way a revision comes to be. Waits for other appends of the same
        company and lets the next one in when this transaction ends.

        :param offer: ``offer.offer`` of length one
        :param snapshot: see ``sale.order._offer_snapshot``
        :param event: dict of reason, date and files
        :return: the new revision
        """
        sequence, previous_hash = self._chain_head(offer.company_id)
        current = offer.current_revision_id
        number = current.number + 1 if current else 1
        salts = {
            field: secrets.token_hex(MIN_SALT_BYTES) for field in snapshot["people"]
        }
        payload = build_payload(
            chain={
                "company": {"id": offer.company_id.id, "name": offer.company_id.name},
                "sequence": sequence + 1,
            },
            offer={
                "number": offer.name,
                "revision": number,
                "reason": event["reason"],
                "date": event["date"].replace(tzinfo=UTC),
            },
            content=snapshot["content"],
            people=commit_all(snapshot["people"], salts),
            documents=document_entries(event["files"]),
        )
        revision = self._archive_env().create(
            {
                **snapshot["revision"],
                "offer_id": offer.id,
                "company_id": offer.company_id.id,
                "number": number,
                "reason": event["reason"],
                "date": event["date"],
                "is_material": not current._is_same_content(snapshot["content"])
                if current
                else True,
                "payload": payload,
                "personal": json.dumps({"salts": salts, "values": snapshot["people"]}),
                "payload_sha256": payload_sha256(payload),
                "chain_seq": sequence + 1,
                "previous_hash": previous_hash,
                "hash": revision_hash(previous_hash, payload),
            }
        )
        revision._append_lines(snapshot["lines"])
        revision._append_documents(event["files"])
        return revision.with_env(self.env)

    @api.model
    def _archive_env(self):
        return self.sudo().with_context(**{ARCHIVE_CONTEXT: ARCHIVE_KEY})

    def _append_lines(self, lines):
        self.env["offer.revision.line"].create(
            [
                {**line, "revision_id": self.id, "company_id": self.company_id.id}
                for line in lines
            ]
        )

    def _append_documents(self, files):
        # No post-processing: it would recompress images, and these bytes are evidence.
        attachments = self.env["ir.attachment"].with_context(image_no_postprocess=True)
        attachments.create(
            [
                {
                    "name": file.name,
                    "raw": file.data,
                    "mimetype": file.mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
                for file in files
            ]
        )

    # ------------------------------------------------------------------
    # The chain's head
    # ------------------------------------------------------------------

    @api.model
    def _chain_head(self, company):
        """Return position and hash of the last revision of ``company``, locked.

        This transaction's snapshot may be older than the last append (isolation is
        REPEATABLE READ): whoever held the lock before us has committed rows we cannot
        see. A second connection, opened only once the lock is ours, sees them all;
        our own uncommitted rows are visible only here. So the later of both is the
        head, and appending needs no retry: no gap, no fork, no error to the user.

        :return: tuple of int and str, ``(0, GENESIS_HASH)`` for an empty chain
        """
        self.flush_model(["company_id", "chain_seq", "hash"])
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(%s, %s)", _CHAIN_LOCK, company.id)
        )
        own = self._query_chain_head(self.env.cr, company.id)
        if not self.env.registry.ready:
            # Installing or upgrading: the table may be this transaction's own, unknown
            # to every other connection, and nobody else is at work.
            return own
        with self.env.registry.cursor() as fresh_cr:
            committed = self._query_chain_head(fresh_cr, company.id)
        return max(own, committed)

    @api.model
    def _query_chain_head(self, cr, company_id):
        # Raw SQL because it runs on a second cursor as well; reads one entry of the
        # index _chain_uniq from its end.
        cr.execute(
            SQL(
                "SELECT chain_seq, hash FROM offer_revision WHERE company_id = %s "
                "ORDER BY chain_seq DESC LIMIT 1",
                company_id,
            )
        )
        return cr.fetchone() or (0, GENESIS_HASH)

    # ------------------------------------------------------------------
    # Verifying
    # ------------------------------------------------------------------

    @api.model
    def _verify_company(self, company):
        """Return every fault of the archive of one company.

        Checks the chain, the personal data beside it and every document's bytes.
        Linear in the bytes kept; reads in batches.

        :return: list of :class:`evidence.Finding`, empty for an intact archive
        """
        self.flush_model()
        findings = list(verify_chain(self._chain_rows(company)))
        for revision in self._chain_revisions(company):
            findings += revision._verify_beside_chain()
        return sorted(set(findings), key=lambda finding: finding.sequence)

    def _chain_rows(self, company):
        for revision in self._chain_revisions(company):
            yield ChainRow(
                revision.chain_seq,
                revision.payload,
                revision.payload_sha256,
                revision.previous_hash,
                revision.hash,
            )

    def _chain_revisions(self, company, batch=200):
        """Yield the revisions of ``company`` in the order of the chain."""
        ids = (
            self.sudo().search([("company_id", "=", company.id)], order="chain_seq").ids
        )
        for part in split_every(batch, ids):
            revisions_sudo = self.sudo().browse(part)
            yield from revisions_sudo
            revisions_sudo.invalidate_recordset()

    def _verify_beside_chain(self):
        """Return what does not fit between a payload and what is kept beside it."""
        self.ensure_one()
        try:
            payload = self._payload_value()
        except ValueError:
            return ()  # the chain reports an unreadable payload already
        personal = json.loads(self.personal)
        return verify_commitments(
            self.chain_seq, payload["people"], personal["values"], personal["salts"]
        ) + verify_documents(
            self.chain_seq,
            payload["documents"],
            [file.data for file in self._document_files()],
        )
