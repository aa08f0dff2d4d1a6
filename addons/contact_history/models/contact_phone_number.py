from odoo import api, fields, models
from odoo.tools import SQL

from .sql_values import values_of

# A switchboard that so many customers share tells nothing.
MAX_CANDIDATES = 20
BATCH = 2000


class ContactPhoneNumber(models.Model):
    """Comparable telephone numbers of partners: several may stand in one field."""

    _name = "contact.phone.number"
    _description = "Telephone number"
    _rec_name = "number"
    # Rows are derived and many: who made them when is the partner's affair.
    _log_access = False

    number = fields.Char(required=True, readonly=True, index=True)
    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    is_learned = fields.Boolean(
        readonly=True,
        help="Not in the address book: somebody said whose number it is.",
    )

    @api.model
    def _sync(self, partners):
        """Let the numbers follow what stands in the fields of the partners."""
        _numbers, statements = self._prepare(partners)
        if statements:
            self.env.cr.execute(SQL("; ").join(statements))

    @api.model
    def _prepare(self, partners, is_new=False):
        """Find what changes when the numbers follow the fields of the partners.

        :param is_new: nothing is stored of these partners yet
        :return: set of the numbers that are new, and the statements that are left to
            execute: one trip to the database costs as much as a statement.
        """
        # sudo: looked up by the telephone, never shown as such.
        wanted = {
            (partner.id, number.e164)
            for partner in partners.sudo()
            for number in partner._contact_history_numbers()
        }
        held = [] if is_new else self._query_held(partners.ids)
        gone = [
            row_id
            for row_id, is_learned, *line in held
            if tuple(line) not in wanted and not is_learned
        ]
        added = sorted(wanted.difference(tuple(line) for _id, _learned, *line in held))
        self.invalidate_model(flush=False)
        statements = list(self._sql_replace(gone, added))
        return {number for _partner_id, number in added}, statements

    @api.model
    def _query_held(self, partner_ids):
        """Return (row id, is learned, partner id, number) of what is stored.

        SQL, like the following, because of the cost: every partner that is saved with
        a telephone comes through here. Relies on the index of partner_id.
        """
        self.flush_model(["partner_id", "number", "is_learned"])
        return self.env.execute_query(
            SQL(
                """
                SELECT id, is_learned, partner_id, number
                FROM contact_phone_number WHERE partner_id IN %s
                """,
                tuple(partner_ids) or (0,),
            )
        )

    @api.model
    def _sql_replace(self, gone_ids, added):
        """Yield what removes rows and adds others.

        :param added: list of (partner id, number)
        """
        if gone_ids:
            yield SQL(
                "DELETE FROM contact_phone_number WHERE id IN %s", tuple(gone_ids)
            )
        if added:
            yield SQL(
                "INSERT INTO contact_phone_number (partner_id, number) VALUES %s",
                values_of(added),
            )

    @api.model
    def _learn(self, partner, number):
        """Remember by hand whose number it is."""
        rows = self.sudo().search(
            [("partner_id", "=", partner.id), ("number", "=", number)]
        )
        if not rows:
            rows.create(
                {"partner_id": partner.id, "number": number, "is_learned": True}
            )

    @api.model
    def _find_customers(self, numbers, company):
        """Return {number: values for a contact}, of the numbers somebody has.

        One partner, or several of one company: known. Several customers: nobody
        knows which, so they are candidates and none of them is taken.
        """
        # sudo: partners of one's own branch and its parents only; they are put on the
        # contact, and who reads that is decided there.
        rows = self.sudo().search(
            [
                ("number", "in", list(numbers)),
                ("partner_id.active", "=", True),
                ("partner_id.partner_share", "=", True),
                (
                    "partner_id.company_id",
                    "in",
                    [*company.sudo().parent_ids.ids, False],
                ),
            ],
            order="number, partner_id",
        )
        return {
            number: self._customer_values(found.partner_id)
            for number, found in rows.grouped("number").items()
        }

    @api.model
    def _max_candidates(self):
        return MAX_CANDIDATES

    @api.model
    def _customer_values(self, partners):
        if len(partners) == 1:
            customer = partners
        elif len(partners.commercial_partner_id) == 1:
            customer = partners.commercial_partner_id
        else:
            candidates = partners.ids[:MAX_CANDIDATES]
            return {
                "partner_id": False,
                "certainty": "maybe",
                "candidate_ids": [fields.Command.set(candidates)],
            }
        return {
            "partner_id": customer.id,
            "certainty": "known",
            "candidate_ids": [fields.Command.clear()],
        }

    @api.model
    def _rebuild(self):
        """Read the numbers of all partners, in batches: once, at installation."""
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        last = 0
        while True:
            batch = partners.search(
                [("id", ">", last), ("phone", "!=", False)], order="id", limit=BATCH
            )
            if not batch:
                return
            self._sync(batch)
            last = batch[-1].id
            self.env.flush_all()
            self.env.invalidate_all()
