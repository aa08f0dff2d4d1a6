import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL, groupby

from .contact_history_queue import CRON, LOCK
from .contact_interaction_live import ANNOUNCED_AT_ONCE
from .contact_interaction_response import PAIRED_AT_ONCE

# So many still set their clocks and tell who watches at once.
BATCH = min(PAIRED_AT_ONCE, ANNOUNCED_AT_ONCE)

_logger = logging.getLogger(__name__)


class ContactHistoryQueue(models.Model):
    """Working off the queue: in batches, one worker at a time."""

    _inherit = "contact.history.queue"

    @api.model
    def _cron_record(self, batch=BATCH):
        """Record what waits until there is nothing left, or the time is over."""
        while rows := self._take_next(batch):
            rows._work()
            self.env.flush_all()
            self.env.invalidate_all()
            left = self._count_waiting()
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=left):
                return
        if self._count_waiting(1):
            # A reader is at it; what he leaves has to be done all the same.
            at = fields.Datetime.add(fields.Datetime.now(), seconds=2)
            self.env.ref(CRON)._trigger(at)

    def _count_waiting(self, limit=None):
        return self.search_count([("problem", "=", False)], limit=limit)

    def _take_next(self, limit):
        """Return the next rows, locked; none while another one works on the queue."""
        [(is_free,)] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK)
        )
        if not is_free:
            return self.browse()
        rows = self.search([("problem", "=", False)], limit=limit)
        return rows.try_lock_for_update()

    def _work(self):
        """Record these; what cannot be recorded is set aside and stops no other."""
        # What happened to a message comes after the message.
        rows = self.sorted(lambda row: (row.kind == "follow", row.id))
        for key, group in groupby(rows, lambda row: row._key()):
            rows.browse(row.id for row in group)._record_safely(key)

    def _key(self):
        return self.kind, self.user_number, self.company_number, self.is_automatic

    def _record_safely(self, key):
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                self._record(*key)
                self.env.flush_all()
                self._query_remove()
            return
        except OperationalError:
            # Another transaction was faster: all of it is tried again.
            raise
        except Exception as error:  # noqa: BLE001  # pylint: disable=broad-except
            # Mails of any app: what is wrong with one of them nobody can foresee, and
            # it must not keep the others away.
            self.env.invalidate_all(flush=False)
            if len(self) == 1:
                self._set_aside(error)
                return
        half = len(self) // 2
        self[:half]._record_safely(key)
        self[half:]._record_safely(key)

    def _query_remove(self):
        """SQL: Odoo would write a line into the log for each."""
        self.env.cr.execute(
            SQL("DELETE FROM contact_history_queue WHERE id IN %s", self._ids)
        )
        self.invalidate_recordset(flush=False)

    def _set_aside(self, error):
        _logger.warning(
            "Contact history: %s %s cannot be recorded",
            self.kind,
            self.number,
            exc_info=error,
        )
        # Its class only: what it says may be personal.
        self.problem = type(error).__name__

    def _record(self, kind, user_id, company_id, is_automatic):
        capture = self._acting(user_id, company_id, is_automatic)
        records = self._records(kind, capture.env).exists()
        if kind == "message":
            capture._capture_messages(records)
        elif kind == "delivery":
            capture._capture_notifications(records)
        else:
            capture._mark_delivery(records.sudo())
            capture._show_edit(records.sudo())

    def _records(self, kind, env):
        model = "mail.notification" if kind == "delivery" else "mail.message"
        return env[model].browse(self.mapped("number"))

    def _acting(self, user_id, company_id, is_automatic):
        """Return the capture as it would have been in the message's transaction."""
        user = self.env["res.users"].browse(user_id).exists() or self.env.user
        company = self.env["res.company"].browse(company_id).exists()
        context = {"allowed_company_ids": company.ids} if company else {}
        if is_automatic:
            context["contact_history_automatic"] = True
        return (
            self.env["contact.history.capture"].with_user(user).with_context(**context)
        )

    def action_retry(self):
        """Try again what was set aside."""
        self.check_access("read")
        # sudo: nobody may write the queue; who may read it, may have it tried again.
        self.sudo().write({"problem": False})
        self.env.ref(CRON).sudo()._trigger()
        return True
