from odoo import api, fields, models
from odoo.tools import SQL

# A switchboard that so many customers share tells nothing.
MAX_CANDIDATES = 20
BATCH = 2000


class ContactPhoneNumber(models.Model):
    """Comparable telephone numbers of partners: several may stand in one field."""

    _name = "contact.phone.number"
    _description = "Telephone number"
    _rec_name = "number"

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
        """Let the numbers follow what stands in the fields of the partners.

        :return: set of the numbers that are new.
        """
        # sudo: looked up by the telephone, never shown as such.
        wanted = [
            (partner.id, number)
            for partner in partners.sudo()
            for number in {n.e164 for n in partner._contact_history_numbers()}
        ]
        return self._query_sync(partners.ids, sorted(wanted))

    @api.model
    def _query_sync(self, partner_ids, wanted):
        """Make the rows of partners what they should be; return the new numbers.

        One statement because of the cost: every partner that is saved with a telephone
        comes through here. Relies on the index of partner_id.

        :param wanted: list of (partner id, number), each once
        """
        owner_ids, numbers = (
            map(list, zip(*wanted, strict=True)) if wanted else ([], [])
        )
        self.flush_model(["partner_id", "number", "is_learned"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH wanted AS (
                    SELECT * FROM unnest(%(owners)s::int[], %(numbers)s::varchar[])
                        AS line (partner_id, number)
                ), held AS MATERIALIZED (
                    SELECT id, partner_id, number, is_learned
                    FROM contact_phone_number WHERE partner_id = ANY(%(partners)s)
                ), gone AS (
                    DELETE FROM contact_phone_number WHERE id = ANY(ARRAY(
                        SELECT id FROM held
                        WHERE is_learned IS NOT TRUE
                            AND (partner_id, number) NOT IN (SELECT * FROM wanted)
                    ))
                )
                INSERT INTO contact_phone_number (
                    partner_id, number, create_uid, create_date, write_uid, write_date
                )
                SELECT partner_id, number, %(uid)s, %(now)s, %(uid)s, %(now)s
                FROM wanted
                WHERE (partner_id, number) NOT IN (SELECT partner_id, number FROM held)
                RETURNING number
                """,
                owners=owner_ids,
                numbers=numbers,
                partners=partner_ids,
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        self.invalidate_model(flush=False)
        return {number for (number,) in rows}

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
