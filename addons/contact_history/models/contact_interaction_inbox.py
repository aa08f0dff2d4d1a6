from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from .contact_partner_upkeep import Call
from .sql_functions import make_function

# So many old contacts of one address are attached at once.
ATTACH_LIMIT = 5000

_UNASSIGNED = SQL(
    """
    (
        the_addresses varchar[], the_limit int
    ) RETURNS int[] LANGUAGE plpgsql SET enable_seqscan TO off AS $$
    DECLARE
        the_address varchar;
        found int[] := '{}';
    BEGIN
        FOREACH the_address IN ARRAY the_addresses LOOP
            found := found || ARRAY(
                SELECT contact.id
                FROM (
                    SELECT id, occurred_at FROM contact_interaction
                    WHERE address_normalized = the_address
                        AND (partner_id IS NULL OR certainty = 'maybe')
                    OFFSET 0  -- by the index of the address and no other
                ) AS contact
                ORDER BY contact.occurred_at DESC, contact.id DESC
                LIMIT the_limit
            );
        END LOOP;
        RETURN found;
    END $$
    """
)


class ContactInteraction(models.Model):
    """Contacts of which nobody knows whose they are."""

    _inherit = "contact.interaction"

    # The inbox, and whoever becomes known later: contact.history.follower.
    _unassigned = models.Index("(occurred_at DESC, id DESC) WHERE partner_id IS NULL")

    suggested_partner_id = fields.Many2one(
        "res.partner",
        string="Probably",
        compute="_compute_suggested_partner_id",
    )

    @api.depends("partner_id", "certainty", "candidate_ids")
    def _compute_suggested_partner_id(self):
        for interaction in self:
            readable = interaction.candidate_ids._filtered_access("read")
            interaction.suggested_partner_id = interaction.partner_id or readable[:1]

    @api.model
    def _domain_unassigned(self):
        return Domain("partner_id", "=", False) | Domain("certainty", "=", "maybe")

    def action_assign_suggested(self):
        """Take the suggestion; without one, ask who it is."""
        self.ensure_one()
        self.check_access("read")
        if self.suggested_partner_id:
            return self._assign(self.suggested_partner_id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Whose contact is it?"),
            "res_model": "contact.interaction.assign",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_interaction_id": self.id},
        }

    def _assign(self, partner, is_remembered=True):
        """Say whose contact this is, and with it all others from that address.

        :param partner: res.partner that the user may read.
        :param bool is_remembered: the number is the customer's from now on.
        """
        self.ensure_one()
        self.check_access("read")
        partner.check_access("read")
        if not partner:
            raise UserError(self.env._("Choose the customer whose contact it is."))
        same = self
        if self.address_normalized:
            same |= self.search(
                Domain("address_normalized", "=", self.address_normalized)
                & self._domain_unassigned(),
                limit=ATTACH_LIMIT,
            )
        # sudo: recorded contacts may not be written by hand, but that they are
        # unassigned and readable was checked above.
        same.sudo().write(
            {
                "partner_id": partner.id,
                "certainty": "known",
                "candidate_ids": [Command.clear()],
            }
        )
        number = self.address_normalized
        if is_remembered and number and "@" not in number:
            self.env["contact.phone.number"]._learn(partner, number)
        return True

    def init(self):
        """Make the function that :meth:`_call_attach` calls; see there."""
        make_function(self.env.cr, "contact_interaction_unassigned", _UNASSIGNED)
        return super().init()

    @api.model
    def _call_attach(self, addresses):
        """Give uncertain contacts to who has their address now, if that is clear.

        See contact.partner.upkeep. Relies on the index of address_normalized.
        """
        call = SQL(
            "contact_interaction_unassigned(%s, %s)",
            list(addresses),
            ATTACH_LIMIT,
        )
        return Call(call, self._attach)

    @api.model
    def _attach(self, row_ids):
        """Do so with those that are found."""
        if not row_ids:
            return
        # sudo: whoever writes down the number; every branch's calls are attached.
        rows_sudo = self.sudo().browse(row_ids)
        for (address, company), found in rows_sudo.grouped(
            lambda row: (row.address_normalized, row.company_id)
        ).items():
            values = self._customer_of(address, company)
            if values and not values["partner_id"]:
                # Several have it: whom the document points to is the better guess.
                found = found.filtered(lambda row: not row.partner_id)
            if values:
                found.write(values)

    @api.model
    def _customer_of(self, address, company):
        numbers = self.env["contact.phone.number"]
        if "@" not in address:
            return numbers._find_customers({address}, company).get(address)
        partners_sudo = (
            self.env["res.partner"]
            .sudo()
            .search(
                [
                    ("email_normalized", "=", address),
                    ("partner_share", "=", True),
                    ("company_id", "in", [*company.sudo().parent_ids.ids, False]),
                ],
                limit=numbers._max_candidates(),
            )
        )
        return partners_sudo and numbers._customer_values(partners_sudo)

    def _phone_card(self, user):
        """Return what the person whose telephone rings is shown of the caller.

        Only what that person may read: the card goes to one screen.
        """
        self.ensure_one()
        interaction = self.with_user(user).sudo(False)
        customer = interaction.sudo().partner_id
        is_readable = bool(customer) and customer.with_user(user).sudo(
            False
        ).has_access("read")
        candidates = interaction.sudo().candidate_ids.with_user(user).sudo(False)
        return {
            "number": self.address or "",
            "partner_id": customer.id if is_readable else False,
            "partner_name": customer.name if is_readable else "",
            "candidates": candidates._filtered_access("read")[:3].mapped("name"),
        }
