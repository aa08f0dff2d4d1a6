from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

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
        [("interaction", "Contact")],
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
    reason = fields.Char(readonly=True)

    _recent = models.Index("(user_id, kind, res_id, date DESC)")

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
            res_id each; partner_id and reason where known. Reader, branch and
            date are filled in.
        :return: the new contact.disclosure records, in superuser mode.
        """
        if not rows:
            return self.sudo().browse()
        common = {"user_id": self.env.uid, "company_id": self.env.company.id}
        seen = self._find_recent(rows)
        fresh = {}
        for row in rows:
            identity = self._identity(row)
            if identity not in seen:
                fresh.setdefault(identity, {**common, **row})
        # sudo: nobody may write the log, this is its only way in.
        return self.sudo().create(list(fresh.values()))

    @api.model
    def _identity(self, row):
        return row["kind"], row["res_model"], row["res_id"], row["level"]

    @api.model
    def _find_recent(self, rows):
        """Return the identities the reader has been logged with just now."""
        since = fields.Datetime.now() - timedelta(minutes=REPEAT_MINUTES)
        # sudo: readers may not read the log, not even of themselves.
        recent_sudo = self.sudo().search_fetch(
            [
                ("user_id", "=", self.env.uid),
                ("kind", "in", list({row["kind"] for row in rows})),
                ("res_id", "in", list({row["res_id"] for row in rows})),
                ("date", ">=", since),
            ],
            ["kind", "res_model", "res_id", "level"],
        )
        return {self._identity(row) for row in recent_sudo}
