import json
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..evidence import (
    GENESIS_HASH,
    MIN_SALT_BYTES,
    commit_all,
    payload_sha256,
    revision_hash,
)

# Whoever holds this object may add to the archive. It cannot be named from outside
# the process, so no context of a remote call opens the guards below.
ARCHIVE_KEY = object()
ARCHIVE_CONTEXT = "offer_repository_archive_key"
# First key of the advisory locks "append to the chain of company n" (n is the second);
# any number that no other code of this database uses.
_CHAIN_LOCK = 1_330_004_294


def is_archive(env):
    """Tell whether ``env`` belongs to the archive's own code.

    :param env: the :class:`odoo.api.Environment` of the guarded call
    """
    return env.context.get(ARCHIVE_CONTEXT) is ARCHIVE_KEY


class OfferChainMixin(models.AbstractModel):
    """A row of evidence: a payload, and a hash over it and the row before.

    Each model has one chain a company. Nobody writes or deletes a row through the
    ORM, the superuser included; who does it in the database breaks the chain.
    Only what the law lets a person have forgotten lies beside it, in ``personal``.
    """

    _name = "offer.chain.mixin"
    _description = "Row of Evidence"
    # who and when is in the payload, under the hash
    _log_access = False

    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    date = fields.Datetime(required=True, readonly=True, index=True)
    payload = fields.Text(required=True, readonly=True)
    personal = fields.Text(required=True, readonly=True)
    payload_sha256 = fields.Char(string="Fingerprint", required=True, readonly=True)
    chain_seq = fields.Integer(
        string="Position in the Chain", required=True, readonly=True
    )
    previous_hash = fields.Char(required=True, readonly=True)
    hash = fields.Char(string="Chain Hash", required=True, readonly=True)

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_archive()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse, but for the archive itself forgetting a person."""
        if not is_archive(self.env) or vals.keys() != {"personal"}:
            raise UserError(self._immutable_message())
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        # at_uninstall: the uninstall flag is a context key that any caller can set;
        # removing the addon drops the table without asking the ORM.
        raise UserError(self._immutable_message())

    def _check_archive(self):
        if not is_archive(self.env):
            raise UserError(self._immutable_message())

    def _immutable_message(self):
        return self.env._(
            "Revisions of the offer archive are made when an offer leaves the house "
            "and can never be added by hand, changed or deleted. Send the quotation "
            "again to archive a new revision."
        )

    # ------------------------------------------------------------------
    # Personal data
    # ------------------------------------------------------------------

    def _personal_values(self):
        """Return the clear personal data by field; forgotten ones are missing."""
        self.ensure_one()
        return json.loads(self.personal or "{}").get("values", {})

    def _forget_people(self):
        """Delete the personal data beside the chain for good, and log that it was done.

        The commitments in the payloads stay and say nothing any more. Documents are
        not touched: they go when their time is over.
        """
        for row in self:
            fields_of_people = sorted(row._personal_values())
            if not fields_of_people:
                continue
            row.with_env(self._archive_env().env).write(
                {"personal": json.dumps({"salts": {}, "values": {}})}
            )
            row.offer_id._log_event("forgotten", ", ".join(fields_of_people), about=row)

    # ------------------------------------------------------------------
    # Appending
    # ------------------------------------------------------------------

    @api.model
    def _archive_env(self):
        return self.sudo().with_context(**{ARCHIVE_CONTEXT: ARCHIVE_KEY})

    @api.model
    def _append_row(self, company, people, make_payload, values):
        """Add a row at the end of the chain of ``company``.

        Waits for other appends of the same company and lets the next one in when this
        transaction ends.

        :param people: dict of clear personal data by field
        :param make_payload: function of position and commitments to canonical text
        :param values: dict of the other columns
        :return: the new row, with the rights of the archive
        """
        sequence, previous_hash = self._chain_head(company)
        salts = {field: secrets.token_hex(MIN_SALT_BYTES) for field in people}
        payload = make_payload(
            {
                "company": {"id": company.id, "name": company.name},
                "sequence": sequence + 1,
            },
            commit_all(people, salts),
        )
        return self._archive_env().create(
            {
                **values,
                "company_id": company.id,
                "payload": payload,
                "personal": json.dumps({"salts": salts, "values": people}),
                "payload_sha256": payload_sha256(payload),
                "chain_seq": sequence + 1,
                "previous_hash": previous_hash,
                "hash": revision_hash(previous_hash, payload),
            }
        )

    @api.model
    def _chain_head(self, company):
        """Return position and hash of the last row of ``company``, locked.

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
                "SELECT chain_seq, hash FROM %s WHERE company_id = %s "
                "ORDER BY chain_seq DESC LIMIT 1",
                SQL.identifier(self._table),
                company_id,
            )
        )
        return cr.fetchone() or (0, GENESIS_HASH)
