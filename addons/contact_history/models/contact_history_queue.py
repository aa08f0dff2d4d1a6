from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL

from .replica import need_to_write
from .sql_values import values_of

# Readers do so much of it themselves before they look.
FEW = 20
CRON = "contact_history.ir_cron_contact_history_queue"
# Of PostgreSQL's advisory locks: one at a time works on the queue.
LOCK = 0x636F6E74
_NOTED = "contact_history.noted"
_OWN = "contact_history.own_rows"


class ContactHistoryQueue(models.Model):
    """Messages that may be contacts, from the commit until they have been looked at.

    Whoever sends or receives a mail only notes it: finding the customer, writing the
    contact, setting clocks and telling who watches is done a moment later, by the job,
    or by the first reader. A message is noted in its own transaction, so what is
    committed is recorded sooner or later, and what is rolled back never.
    """

    _name = "contact.history.queue"
    _description = "Messages to be recorded"
    _order = "id"
    _log_access = False
    # Plain numbers: foreign keys would cost more than the row, and what is gone when
    # its turn comes is passed over.

    kind = fields.Selection(
        [
            ("message", "Message"),
            ("delivery", "Delivery"),
            ("follow", "Change"),
        ],
        required=True,
        readonly=True,
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    message_number = fields.Integer(
        required=True,
        readonly=True,
        index=True,
        aggregator=None,
    )
    user_number = fields.Integer(required=True, readonly=True, aggregator=None)
    company_number = fields.Integer(required=True, readonly=True, aggregator=None)
    is_automatic = fields.Boolean(readonly=True)
    noted_at = fields.Datetime(required=True, readonly=True)
    problem = fields.Char(
        readonly=True,
        help="Why it could not be recorded. The server's log says more.",
    )

    _waiting = models.Index("(id) WHERE problem IS NULL")

    # ------------------------------------------------------------------
    # Noting, in the transaction of the message
    # ------------------------------------------------------------------

    @api.model
    def _note(self, kind, numbers):
        """Have these looked at after the commit.

        :param numbers: list of (id of what is looked at, id of its message); of a
            ``message`` and ``follow`` both are the message's
        """
        if not numbers:
            return
        precommit = self.env.cr.precommit
        noted = precommit.data.get(_NOTED)
        if noted is None:
            noted = precommit.data[_NOTED] = []
            precommit.add(self._write_down)
        is_automatic = bool(self.env.context.get("contact_history_automatic"))
        noted += [
            (kind, *pair, self.env.uid, self.env.company.id, is_automatic)
            for pair in numbers
        ]

    @api.model
    def _write_down(self):
        """Write what this transaction noted, and wake the job, in one trip."""
        noted = self.env.cr.precommit.data.pop(_NOTED, None)
        if not noted:
            return
        now = self.env.cr.now().replace(microsecond=0)
        statements = []
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id(CRON)
        if cron_id:
            statements.append(
                SQL(
                    "INSERT INTO ir_cron_trigger (cron_id, call_at) VALUES (%s, %s)",
                    cron_id,
                    now,
                )
            )
        statements.append(
            SQL(
                """
                INSERT INTO contact_history_queue (
                    kind, number, message_number, user_number, company_number,
                    is_automatic, noted_at
                ) VALUES %s RETURNING id, kind
                """,
                values_of([(*row, now) for row in noted]),
            )
        )
        self.env.cr.execute(SQL("; ").join(statements))
        # A change waits for a message of another transaction.
        own = [row_id for row_id, kind in self.env.cr.fetchall() if kind != "follow"]
        self._remember(own, cron_id)

    def _remember(self, own, cron_id):
        """Keep which rows are this transaction's, until it ends; then wake the job."""
        cr = self.env.cr
        if _OWN in cr.cache:
            cr.cache[_OWN] += own
            return
        cr.cache[_OWN] = own
        cr.postrollback.add(lambda: cr.cache.pop(_OWN, None))
        cr.postcommit.add(lambda: cr.cache.pop(_OWN, None))
        if cron_id:
            cr.postcommit.add(self.env["ir.cron"].browse(cron_id)._notifydb)

    # ------------------------------------------------------------------
    # Before somebody reads, changes or deletes
    # ------------------------------------------------------------------

    @api.model
    def _catch_up_own(self):
        """Record what this very transaction noted: it may read what it wrote."""
        cr = self.env.cr
        if _NOTED in cr.precommit.data:
            self.sudo()._write_down()
        if own := cr.cache.get(_OWN):
            cr.cache[_OWN] = []
            self.sudo().browse(own).exists()._work()

    @api.model
    def _catch_up(self):
        """Record what waits, if it is little: somebody is about to read.

        Never fails and never waits for another one who is at it.

        :return: how many are left.
        """
        self.env["contact.partner.upkeep"]._catch_up()
        self._catch_up_own()
        # sudo: what is recorded is decided by the capture, who reads it by its rules.
        queue_sudo = self.sudo()
        waiting = queue_sudo._count_waiting(FEW + 1)
        if not waiting or waiting > FEW:
            return waiting
        need_to_write(self.env.cr, "messages wait to be recorded")
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                queue_sudo._take_next(FEW)._work()
                self.env.flush_all()
        except OperationalError:
            # The job was faster. What it recorded, the next look shows.
            self.env.invalidate_all(flush=False)
            return waiting
        return queue_sudo._count_waiting(FEW + 1)

    @api.model
    def _finish(self, message_ids=None):
        """Record what waits, now, and wait for whoever is at it.

        :param message_ids: only of these messages
        """
        self._catch_up_own()
        domain = [("problem", "=", False)]
        if message_ids is not None:
            domain.append(("message_number", "in", list(message_ids)))
        # sudo: see _catch_up.
        rows_sudo = self.sudo().search(domain)
        if rows_sudo:
            self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(%s)", LOCK))
            # Of rows that went meanwhile this transaction has to start again.
            rows_sudo.lock_for_update()
            rows_sudo._work()

    @api.model
    def _holds(self, message_ids):
        """Return which of these messages have not been recorded yet.

        A change of one of them has to wait for its turn, see ``_note``.
        """
        self._catch_up_own()
        # sudo: see _catch_up.
        rows_sudo = self.sudo().search([("message_number", "in", list(message_ids))])
        return set(rows_sudo.mapped("message_number"))
