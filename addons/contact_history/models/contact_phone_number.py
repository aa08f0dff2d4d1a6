from odoo import api, fields, models
from odoo.tools import SQL, split_every

from .contact_partner_upkeep import PARTNERS_AT_ONCE, Call
from .sql_functions import array_of, make_function

# A switchboard that so many customers share tells nothing.
MAX_CANDIDATES = 20
BATCH = 2000

_FOLLOW = SQL(
    """
    (
        the_partner int, the_numbers varchar[]
    ) RETURNS int LANGUAGE plpgsql SET enable_seqscan TO off AS $$
    BEGIN
        WITH gone AS (
            DELETE FROM contact_phone_number AS held
            WHERE held.partner_id = the_partner
                AND held.is_learned IS NOT TRUE
                AND held.number != ALL(the_numbers)
        )
        INSERT INTO contact_phone_number (partner_id, number)
        SELECT partner.id, wanted.number
        FROM unnest(the_numbers) AS wanted (number)
        JOIN res_partner AS partner ON partner.id = the_partner
        WHERE wanted.number != ALL(ARRAY(
            -- by the partner: many may have the number of a switchboard
            SELECT held.number FROM contact_phone_number AS held
            WHERE held.partner_id = the_partner
        ));
        RETURN the_partner;
    END $$
    """
)


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

    def init(self):
        """Make the function that :meth:`_call_follow` calls.

        Rows that fit stay as they are, and so does what was learned otherwise.
        """
        make_function(self.env.cr, "contact_phone_number_follow", _FOLLOW)

    @api.model
    def _search(self, domain, *args, **kwargs):
        """A transaction finds the numbers that it wrote itself."""
        self.env["contact.partner.upkeep"]._catch_up()
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _sync(self, partners):
        """Let the numbers follow what stands in the fields of the partners."""
        # sudo: looked up by the telephone, never shown as such.
        lines = [
            (partner_sudo.id, partner_sudo._contact_history_e164(self.env.company.id))
            for partner_sudo in partners.sudo()
        ]
        calls = [
            self._call_follow(some)
            for some in split_every(PARTNERS_AT_ONCE, lines, list)
        ]
        self.env["contact.partner.upkeep"]._carry_out(calls)

    @api.model
    def _call_follow(self, lines):
        """Let the rows of partners follow their numbers; see contact.partner.upkeep.

        :param lines: list of (partner id, list of numbers)
        """
        calls = (SQL("contact_phone_number_follow(%s, %s)", *line) for line in lines)
        return Call(array_of(calls), lambda _ids: self.invalidate_model(flush=False))

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
