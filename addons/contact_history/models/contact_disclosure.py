import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, sql

from .replica import need_to_write
from .res_company import LEVEL_SELECTION

# A page that is reloaded or scrolled twice tells nothing new.
REPEAT_MINUTES = 10


class ContactDisclosure(models.Model):
    """Append-only log: who saw what of another branch, when and why."""

    _name = "contact.disclosure"
    _description = "Disclosure"
    _order = "date desc, id desc"
    _rec_name = "date"

    date = fields.Datetime(
        default=fields.Datetime.now,
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Reader",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Reader's branch",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    owner_company_id = fields.Many2one(
        "res.company",
        string="Disclosed branch",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    kind = fields.Selection(
        [
            ("interaction", "Contact"),
            ("access_request", "Access request"),
        ],
        required=True,
        readonly=True,
    )
    level = fields.Selection(
        selection=LEVEL_SELECTION,
        required=True,
        readonly=True,
    )
    # No foreign key: the log outlives what it tells of.
    res_model = fields.Char(string="Document model", readonly=True)
    res_id = fields.Integer(string="Document", readonly=True)
    # In words only when shown: the reader of the log has another language perhaps.
    reason = fields.Char(compute="_compute_reason")
    reason_code = fields.Char(readonly=True)
    reason_values = fields.Json(readonly=True)
    # What was written down before there were codes.
    reason_text = fields.Char(readonly=True)

    _recent = models.Index("(user_id, kind, res_id, date DESC)")

    def _auto_init(self):
        self._keep_old_words()
        return super()._auto_init()

    def _keep_old_words(self):
        """Keep the reasons of a log that was begun before there were codes."""
        cr, old, new = self.env.cr, "reason", "reason_text"
        if sql.column_exists(cr, self._table, old):
            sql.rename_column(cr, self._table, old, new)

    @api.depends("reason_code", "reason_values", "reason_text")
    @api.depends_context("lang")
    def _compute_reason(self):
        texts = self._reason_texts()
        for row in self:
            text = texts.get(row.reason_code)
            row.reason = text % row._reason_words() if text else row.reason_text

    def _reason_texts(self):
        """Return the words of every reason by its code, in the language of the reader.

        Override in an addon that writes rows: its codes, each with a sentence whose
        named placeholders :meth:`_reason_words` fills.
        """
        return {
            "shown": self.env._("Shown in the contact history of the customer."),
            "handed_out": self.env._("Answer to a request of the customer."),
        }

    def _reason_words(self):
        """Return what the row's reason names, by placeholder.

        Override to put values that are codes themselves into words.
        """
        self.ensure_one()
        return dict(self.reason_values or {})

    def write(self, vals):
        # No super(): not even superuser mode may rewrite the log.
        raise UserError(
            self.env._("The disclosure log is append-only and cannot be changed.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("The disclosure log is append-only: entries cannot be deleted.")
        )

    @api.model
    def _log(self, rows):
        """Note that the current user saw something of another branch.

        A row equal to one of the last minutes (same reader, kind, document and
        level) is left out.

        :param list[dict] rows: owner_company_id, kind, level, res_model and
            res_id each; partner_id where known; reason_code, one of
            :meth:`_reason_texts`, and reason_values, what it names. Reader,
            branch and date are filled in.
        :return: the new contact.disclosure records, in superuser mode.
        """
        if not rows:
            return self.sudo().browse()
        fresh = {self._identity(row): row for row in reversed(rows)}
        ids = self._query_insert([*reversed(fresh.values())])
        # sudo: nobody may read the log; its writers need what they wrote.
        return self.sudo().browse(ids)

    @api.model
    def _identity(self, row):
        return tuple(
            row[name]
            for name in ("kind", "res_model", "res_id", "level", "owner_company_id")
        )

    @api.model
    def _query_insert(self, rows):
        """Insert the rows that are news; return their ids.

        SQL, for every look-up writes here while somebody is typing, and users may
        neither read nor write the log. Relies on _recent.
        """
        need_to_write(self.env.cr, "who looked is written down")
        self.flush_model()
        now = fields.Datetime.now()
        found = self.env.execute_query(
            SQL(
                """
                INSERT INTO contact_disclosure (
                    date, user_id, company_id, owner_company_id, partner_id, kind,
                    level, res_model, res_id, reason_code, reason_values,
                    create_uid, create_date, write_uid, write_date
                )
                SELECT %(now)s, %(uid)s, %(company)s, line.owner_company_id,
                       line.partner_id, line.kind, line.level, line.res_model,
                       line.res_id, line.reason_code, line.reason_values,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                FROM json_to_recordset(%(rows)s::json) AS line (
                    owner_company_id int, partner_id int, kind varchar, level varchar,
                    res_model varchar, res_id int, reason_code varchar,
                    reason_values jsonb
                )
                WHERE NOT EXISTS (
                    SELECT FROM contact_disclosure AS recent
                    WHERE recent.user_id = %(uid)s AND recent.kind = line.kind
                        AND recent.res_id = line.res_id AND recent.date >= %(since)s
                        AND recent.res_model IS NOT DISTINCT FROM line.res_model
                        AND recent.level = line.level
                        AND recent.owner_company_id = line.owner_company_id
                )
                RETURNING id
                """,
                now=now,
                since=now - timedelta(minutes=REPEAT_MINUTES),
                uid=self.env.uid,
                company=self.env.company.id,
                rows=json.dumps([_values(row) for row in rows]),
            )
        )
        return [row_id for (row_id,) in found]


def _values(row):
    """Return a row's values as JSON knows them: Odoo's empty link is no number."""
    return {name: None if value is False else value for name, value in row.items()}
