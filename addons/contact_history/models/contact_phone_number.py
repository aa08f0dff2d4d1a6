from odoo import api, fields, models

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
        stored = self.sudo().search([("partner_id", "in", partners.ids)])
        by_partner = stored.grouped("partner_id")
        new, gone = [], stored.browse()
        for partner in partners.sudo():
            rows = by_partner.get(partner, stored.browse())
            wanted = {number.e164 for number in partner._contact_history_numbers()}
            known = set(rows.mapped("number"))
            gone |= rows.filtered(
                lambda row, wanted=wanted: (
                    not row.is_learned and row.number not in wanted
                )
            )
            new += [
                {"partner_id": partner.id, "number": number}
                for number in sorted(wanted - known)
            ]
        gone.unlink()
        stored.create(new)
        return {values["number"] for values in new}

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
