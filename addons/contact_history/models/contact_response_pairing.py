import logging

from psycopg2 import IntegrityError, OperationalError

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..response import ANSWERS, ASKS, NEITHER, Contact, pair

_logger = logging.getLogger(__name__)

BATCH = 500
# Turns looked at again in one run of the job.
WAITING_LIMIT = 2000


class ContactResponsePairing(models.AbstractModel):
    """Keeps contact.response in step with the contacts, thread by thread.

    A thread is (branch, customer, address), see contact.interaction._thread. After
    an answer nobody waits, so a change reaches from the turn it falls into to the
    next answer behind it, and only that piece is paired again.
    """

    _name = "contact.response.pairing"
    _description = "Contact history: pairing of questions and answers"

    @api.model
    def _pair_safely(self, interactions, spans, asking, is_changed):
        """Pair now, or leave it to the job when somebody else is at it.

        Capturing a message must never fail because of the clock.
        """
        if not is_changed and not asking and not self._is_awaited(spans):
            return  # most mails that go out: they answer nobody
        # What the caller wrote comes first: when that clashes, it is the caller's
        # transaction that has to be tried again, and no savepoint can help it. By hand,
        # for the savepoint's own way runs what waits for the commit, each time.
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                self._pair(spans, asking, is_changed)
                self.env.flush_all()
        except (IntegrityError, OperationalError):
            # Another transaction works on the same customer right now.
            _logger.info("Pairing of %s contacts postponed", len(interactions))
            self.env.invalidate_all(flush=False)
            # sudo: a mark for the job.
            interactions.exists().sudo().write({"is_pairing_due": True})
            self.env["contact.response"]._postpone()

    @api.model
    def _is_awaited(self, spans):
        """Return whether a turn waits, or was answered later, at these moments."""
        # sudo: see _pair.
        turns_sudo = self.env["contact.response"].sudo()
        touched = spans and turns_sudo.search(self._domain_touched(spans), limit=1)
        return bool(touched)

    @api.model
    def _pair(self, spans, asking, is_changed=False):
        """Pair the given threads again, each around its given span.

        :param dict spans: {thread: (first, last moment that changed)}.
        :param asking: contacts that may start a clock.
        :param bool is_changed: rows may have gone, or left their thread.
        """
        # sudo: the clock runs whoever looks; nobody may write turns by hand.
        turns_sudo = self.env["contact.response"].sudo()
        if is_changed:
            homeless = asking.sudo().filtered(lambda row: not row._thread())
            turns_sudo.search([("interaction_id", "in", homeless.ids)]).unlink()
        if not spans:
            return
        touched_sudo = turns_sudo.search(self._domain_touched(spans))
        begins = {}
        for turn_sudo in touched_sudo:
            thread = turn_sudo.interaction_id._thread()
            moment = begins.get(thread, turn_sudo.started_at)
            begins[thread] = min(moment, turn_sudo.started_at)
        may_start = {row._thread() for row in asking.sudo()}
        spans = {
            thread: (min(first, begins.get(thread, first)), last)
            for thread, (first, last) in spans.items()
            if is_changed or thread in begins or thread in may_start
        }
        if spans:
            self._replace(touched_sudo, self._read_pieces(spans))

    def _domain_thread(self, thread):
        company_id, partner_id, address = thread
        domain = Domain("company_id", "=", company_id)
        if partner_id:
            return domain & Domain("commercial_partner_id", "=", partner_id)
        return (
            domain
            & Domain("commercial_partner_id", "=", False)
            & Domain("address_normalized", "=", address)
        )

    def _domain_touched(self, spans):
        return Domain.OR(
            self._domain_thread(thread)
            & Domain("started_at", "<=", last)
            & (Domain("answered_at", "=", False) | Domain("answered_at", ">=", first))
            for thread, (first, last) in spans.items()
        )

    def _read_pieces(self, spans):
        """Return the contacts to be paired again, a list for each thread."""
        ends = self._find_ends(spans)
        # sudo: see _pair.
        rows_sudo = self.env["contact.interaction"].sudo()
        wanted = []
        for thread, (first, _last) in spans.items():
            piece = self._domain_thread(thread) & Domain("occurred_at", ">=", first)
            if thread in ends:
                piece &= Domain("occurred_at", "<=", ends[thread])
            wanted.append(piece)
        rows_sudo = rows_sudo.search_fetch(
            Domain.OR(wanted) & Domain("response_role", "!=", NEITHER),
            ["occurred_at", "channel", "response_role", "user_id"],
            order="occurred_at, id",
        )
        return [
            self._until_answer(list(piece), spans[thread][1])
            for thread, piece in rows_sudo.grouped(lambda row: row._thread()).items()
        ]

    def _find_ends(self, spans):
        """Return {thread: moment of the first answer behind the span}."""
        domain = Domain.OR(
            self._domain_thread(thread) & Domain("occurred_at", ">", last)
            for thread, (_first, last) in spans.items()
        )
        groups = (
            self.env["contact.interaction"]
            .sudo()
            ._read_group(
                domain & Domain("response_role", "=", ANSWERS),
                ["company_id", "commercial_partner_id", "address_normalized"],
                ["occurred_at:min"],
            )
        )
        ends = {}
        for company, partner, address, moment in groups:
            thread = (company.id, partner.id, False if partner else address)
            ends[thread] = min(moment, ends.get(thread, moment))
        return ends

    def _until_answer(self, rows, last):
        """Cut behind the first answer after ``last``, within the same second too."""
        for place, row in enumerate(rows):
            if row.occurred_at > last and row.response_role == ANSWERS:
                return rows[: place + 1]
        return rows

    def _replace(self, touched_sudo, pieces):
        """Store the turns of the pieces; rows that stay keep their identity."""
        questions = [row.id for rows in pieces for row in rows]
        stored_sudo = touched_sudo | touched_sudo.search(
            [("interaction_id", "in", questions)]
        )
        by_question = {turn.interaction_id.id: turn for turn in stored_sudo}
        new = []
        for rows in pieces:
            for turn in pair(map(self._to_contact, rows)):
                values = self._prepare_response(turn)
                known_sudo = by_question.pop(turn.contact_ids[0], None)
                if known_sudo is None:
                    new.append(values)
                else:
                    self._write_changes(known_sudo, values)
        gone_sudo = touched_sudo.browse(turn.id for turn in by_question.values())
        gone_sudo.unlink()
        touched_sudo.create(new)

    def _to_contact(self, row_sudo):
        return Contact(
            row_sudo.id,
            row_sudo.occurred_at,
            row_sudo.channel,
            row_sudo.response_role,
            row_sudo.user_id.id or None,
        )

    def _prepare_response(self, turn):
        return {
            "interaction_id": turn.contact_ids[0],
            "started_at": turn.started_at,
            "question_count": len(turn.contact_ids),
            "asked_user_id": turn.asked or False,
            "user_id": turn.responsible or False,
            "handover_count": turn.handover_count,
            "answer_id": turn.answer_id or False,
            "answered_at": turn.answered_at or False,
        }

    def _write_changes(self, turn_sudo, values):
        current = {
            name: turn_sudo[name].id
            if turn_sudo._fields[name].type == "many2one"
            else turn_sudo[name]
            for name in values
        }
        changes = {
            name: value for name, value in values.items() if current[name] != value
        }
        if changes:
            turn_sudo.write(changes)

    def _questions(self, response):
        """Return the contacts that one open turn consists of."""
        thread = response.sudo().interaction_id._thread()
        return self.env["contact.interaction"].search(
            self._domain_thread(thread)
            & Domain("response_role", "=", ASKS)
            & Domain("occurred_at", ">=", response.started_at)
        )

    # ------------------------------------------------------------------
    # What could not be done at once
    # ------------------------------------------------------------------

    @api.model
    def _cron_pair(self):
        """Pair what was postponed, and look again at who seems to wait."""
        due_sudo = self.env["contact.interaction"].sudo()
        domain = [("is_pairing_due", "=", True)]
        batch_sudo = due_sudo.search(domain, order="id", limit=BATCH)
        if not batch_sudo:
            self._check_waiting()
            return
        self._pair(batch_sudo._clock_spans(), batch_sudo, is_changed=True)
        batch_sudo.write({"is_pairing_due": False})
        remaining = due_sudo.search_count(domain, limit=10 * BATCH)
        self.env["ir.cron"]._commit_progress(len(batch_sudo), remaining=remaining)
        if remaining:
            self.env["contact.response"]._postpone()

    @api.model
    def _check_waiting(self):
        """Measure open turns again, and pair those that have an answer after all.

        Two transactions at the same time do not see each other's contact; hours
        and holidays may have changed since.
        """
        waiting_sudo = (
            self.env["contact.response"]
            .sudo()
            .search([("answered_at", "=", False)], order="due_at", limit=WAITING_LIMIT)
        )
        waiting_sudo._measure_again()
        stale_sudo = waiting_sudo.browse(self._query_stale())
        self._pair(
            stale_sudo.interaction_id._clock_spans(), stale_sudo.interaction_id, True
        )

    def _query_stale(self):
        """Return ids of open turns behind which there is an answer already.

        Reads the index ``_waiting``, and for each turn the index
        ``_commercial_partner_page`` of contacts.
        """
        self.env["contact.response"].flush_model()
        self.env["contact.interaction"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT turn.id
                  FROM contact_response turn
                 WHERE turn.answered_at IS NULL
                   AND EXISTS (
                        SELECT 1 FROM contact_interaction answer
                         WHERE answer.commercial_partner_id = turn.commercial_partner_id
                           AND answer.company_id = turn.company_id
                           AND answer.response_role = %s
                           AND answer.occurred_at > turn.started_at)
                 LIMIT %s
                """,
                ANSWERS,
                BATCH,
            )
        )
        return [row[0] for row in rows]
