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
    row_hash,
)

# Whoever holds this object may add to the archive. It cannot be named from outside
# the process, so no context of a remote call opens the guards below.
ARCHIVE_KEY = object()
ARCHIVE_CONTEXT = "offer_repository_archive_key"
# First key of the advisory locks "append to the chain of company n" (n is the second);
# any number that no other code of this database uses.
_CHAIN_LOCK = 1_330_004_294
# Rows of this transaction that have no place yet: {company id: {model: [ids]}}
_UNSEALED = "offer_repository.unsealed"
# What lies beside the chain once everybody was forgotten
NOBODY = json.dumps({"salts": {}, "values": {}})


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
    # Given when the transaction ends; no committed row is without.
    chain_seq = fields.Integer(string="Position in the Chain", readonly=True)
    previous_hash = fields.Char(readonly=True)
    hash = fields.Char(string="Chain Hash", readonly=True)

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
            row._forget_fields(row._personal_values().keys())

    def _forget_fields(self, names):
        """Forget some of the personal data of one row, e.g. what is one person's.

        :param names: collection of fields of ``personal``
        """
        self.ensure_one()
        personal = json.loads(self.personal or NOBODY)
        gone = sorted(personal["values"].keys() & set(names))
        if not gone:
            return
        left = {
            part: {name: of[name] for name in of if name not in gone}
            for part, of in personal.items()
        }
        self._archive_env().write({"personal": json.dumps(left)})
        self.offer_id._log_event("forgotten", ", ".join(gone), about=self)

    # ------------------------------------------------------------------
    # Appending
    # ------------------------------------------------------------------

    def _archive_env(self):
        """Return the rows with the rights of the archive, to add or to forget."""
        return self.sudo().with_context(**{ARCHIVE_CONTEXT: ARCHIVE_KEY})

    @api.model
    def _append_row(self, company, people, make_payload, values):
        """Add a row to the chain of ``company``; its place is given at the commit.

        :param people: dict of clear personal data by field
        :param make_payload: function of the chain and the commitments to canonical text
        :param values: dict of the other columns
        :return: the new row, with the rights of the archive
        """
        salts = {field: secrets.token_hex(MIN_SALT_BYTES) for field in people}
        payload = make_payload(
            {"company": {"id": company.id, "name": company.name}},
            commit_all(people, salts),
        )
        row = self._archive_env().create(
            {
                **values,
                "company_id": company.id,
                "payload": payload,
                "personal": json.dumps({"salts": salts, "values": people}),
                "payload_sha256": payload_sha256(payload),
            }
        )
        row._seal_later()
        return row

    # ------------------------------------------------------------------
    # Sealing
    # ------------------------------------------------------------------

    def _seal_later(self):
        """Have the row put into its chain when the transaction ends.

        Only then, because whoever appends after us has to wait from the place in the
        chain to the commit: a confirmation that takes seconds, or a mass mailing that
        takes minutes, would keep the whole branch from sending.
        """
        precommit = self.env.cr.precommit
        unsealed = precommit.data.get(_UNSEALED)
        if unsealed is None:
            unsealed = precommit.data[_UNSEALED] = {}
            precommit.add(self.env["offer.chain.mixin"].sudo()._seal_all)
        rows = unsealed.setdefault(self.company_id.id, {})
        rows.setdefault(self._name, []).append(self.id)

    @api.model
    def _seal_all(self):
        """Put the rows of this transaction into their chains.

        Called at the commit, and before by whoever reads the chain. All in one order
        of companies, so that two transactions never wait for each other.
        """
        unsealed = self.env.cr.precommit.data.pop(_UNSEALED, {})
        for company_id, row_ids in sorted(unsealed.items()):
            for model, ids in sorted(row_ids.items()):
                self.env[model].sudo()._seal(company_id, ids)

    @api.model
    def _seal(self, company_id, row_ids):
        payloads = self._query_unsealed(row_ids)
        if not payloads:
            return  # made in a savepoint that was rolled back
        sequence, previous_hash = self._chain_head(company_id)
        places = []
        for row_id, payload in payloads:
            sequence += 1
            digest = row_hash(previous_hash, sequence, payload)
            places.append((row_id, sequence, previous_hash, digest))
            previous_hash = digest
        self._query_seal(places)

    @api.model
    def _query_unsealed(self, row_ids):
        """Return ids and payloads of those that still need a place, as appended."""
        # by id, not all that have no place: one put in past Odoo must never get one
        self.flush_model(["payload", "chain_seq"])
        self.env.cr.execute(
            SQL(
                "SELECT id, payload FROM %s WHERE id = ANY(%s) AND chain_seq IS NULL "
                "ORDER BY id",
                SQL.identifier(self._table),
                row_ids,
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _query_seal(self, places):
        # Raw SQL past the guards of write(): the only change a row ever sees but for
        # forgotten people. One statement, because others wait.
        ids, sequences, previous, hashes = map(list, zip(*places, strict=True))
        self.env.cr.execute(
            SQL(
                "UPDATE %s AS row SET chain_seq = place.chain_seq, "
                "previous_hash = place.previous_hash, hash = place.hash "
                "FROM (SELECT UNNEST(%s) AS id, UNNEST(%s) AS chain_seq, "
                "UNNEST(%s) AS previous_hash, UNNEST(%s) AS hash) AS place "
                "WHERE row.id = place.id",
                SQL.identifier(self._table),
                ids,
                sequences,
                previous,
                hashes,
            )
        )
        fields_sealed = ["chain_seq", "previous_hash", "hash"]
        self.browse(ids).invalidate_recordset(fields_sealed, flush=False)

    @api.model
    def _chain_head(self, company_id):
        """Return position and hash of the last row of a company, locked.

        This transaction's snapshot may be older than the last append (isolation is
        REPEATABLE READ): whoever held the lock before us has committed rows we cannot
        see. A second connection, opened only once the lock is ours, sees them all;
        our own uncommitted rows are visible only here. So the later of both is the
        head, and appending needs no retry: no gap, no fork, no error to the user.

        :return: tuple of int and str, ``(0, GENESIS_HASH)`` for an empty chain
        """
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(%s, %s)", _CHAIN_LOCK, company_id)
        )
        own = self._query_chain_head(self.env.cr, company_id)
        if not self.env.registry.ready:
            # Installing or upgrading: the table may be this transaction's own, unknown
            # to every other connection, and nobody else is at work.
            return own
        with self.env.registry.cursor() as fresh_cr:
            committed = self._query_chain_head(fresh_cr, company_id)
        return max(own, committed)

    @api.model
    def _query_chain_head(self, cr, company_id):
        # Raw SQL because it runs on a second cursor as well; reads one entry of the
        # index _chain_uniq from its end.
        cr.execute(
            SQL(
                "SELECT chain_seq, hash FROM %s WHERE company_id = %s "
                "AND chain_seq IS NOT NULL ORDER BY chain_seq DESC LIMIT 1",
                SQL.identifier(self._table),
                company_id,
            )
        )
        return cr.fetchone() or (0, GENESIS_HASH)
