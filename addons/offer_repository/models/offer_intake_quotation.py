from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.mail import unfold_references

_REFERENCES = 32
_NUMBERS = 50
_SHOWN = 5
_SURE = 0.8


class OfferIntake(models.Model):
    """Mails about a quotation of Odoo: they go on with its offer, none is made twice.

    A quotation is known by the mails of Odoo that are answered, by its number in the
    subject or text, and by the very bytes of a document that the archive has of it.
    """

    _inherit = "offer.intake"

    quotation_id = fields.Many2one(
        "sale.order",
        string="About Quotation",
        ondelete="set null",
        index="btree_not_null",
        domain="[('company_id', '=', company_id)]",
        help="The documents become a revision of this quotation's offer.",
    )
    quotation_text = fields.Char(compute="_compute_quotation_text")

    @api.depends("quotation_id", "amount_total", "currency_id", "state")
    def _compute_quotation_text(self):
        for item in self:
            item.quotation_text = False
            if item.quotation_id and item.state == "new":
                item.quotation_text = item._quotation_words()

    def _quotation_words(self):
        order = self.quotation_id
        if not order.has_access("read"):
            return self.env._("This is about a quotation of a colleague.")
        words = {"quotation": order.name}
        if not self._names_other_total(self.amount_total):
            return self.env._(
                "The documents become a revision of the offer of quotation "
                "%(quotation)s. Lines and amounts are those of the quotation.",
                **words,
            )
        words["total"] = self.currency_id.format(self.amount_total)
        words["other"] = order.currency_id.format(order.amount_total)
        return self.env._(
            "The document says %(total)s, quotation %(quotation)s says %(other)s. Take "
            "it only if the customer got what the quotation says.",
            **words,
        )

    def _names_other_total(self, total):
        """Tell whether an amount is neither of the quotation's."""
        order = self.quotation_id
        return bool(total) and all(
            order.currency_id.compare_amounts(total, amount)
            for amount in (order.amount_total, order.amount_untaxed)
        )

    # ------------------------------------------------------------------
    # Finding
    # ------------------------------------------------------------------

    def _find_quotation(self, msg_dict, subject, body, files):
        """Link the quotation that a mail is about, or propose those it may be about.

        Only of the item's branch, and only what its salesperson may work on: a link
        shows a number. A mail of nobody's names only what stands in it.
        """
        self.ensure_one()
        found = self._quotations_of_mail(msg_dict, subject, body, files)
        common = found[0].browse(set.intersection(*(set(one._ids) for one in found)))
        if len(common) == 1:
            self.quotation_id = common
            return
        every = found[0].union(*found)
        self.proposals = [
            *(
                {
                    "field": "quotation",
                    "value": order.name,
                    "confidence": 0.5,
                    "snippet": self.env._("The mail may be about this quotation"),
                }
                for order in every[:_SHOWN]
            ),
            *(self.proposals or []),
        ]

    def _quotations_of_mail(self, msg_dict, subject, body, files):
        """Return the quotations of each sign that there is, at least one set."""
        signs = [
            self._quotations_of_references(msg_dict),
            self._quotations_of_numbers(subject) or self._quotations_of_numbers(body),
        ]
        if self.user_id:
            signs.append(self._quotations_of_bytes(files))
        usable = [self._usable_quotations(one) for one in signs if one]
        return [one for one in usable if one] or [self.env["sale.order"].sudo()]

    def _quotations_of_references(self, msg_dict):
        references = unfold_references(
            f"{msg_dict.get('references') or ''} {msg_dict.get('in_reply_to') or ''}"
        )[-_REFERENCES:]
        orders_sudo = self.env["sale.order"].sudo()
        if not references:
            return orders_sudo
        messages_sudo = self.env["mail.message"].sudo()
        answered = messages_sudo.search(
            [("message_id", "in", references), ("model", "=", "sale.order")]
        )
        return orders_sudo.browse(set(answered.mapped("res_id"))).exists()

    def _quotations_of_numbers(self, text):
        numbers = self._numbers_in(text)[:_NUMBERS]
        # sudo: of which branch, and whose, is looked at afterwards
        return (
            self.env["sale.order"]
            .sudo()
            .search(
                [("name", "in", numbers), ("company_id", "=", self.company_id.id)],
                limit=_SHOWN,
            )
        )

    def _quotations_of_bytes(self, files):
        """Return the quotations whose archived offers hold one of these documents."""
        attachments_sudo = self.env["ir.attachment"].sudo()
        checksums = [attachments_sudo._compute_checksum(data) for _name, data in files]
        found = attachments_sudo.search(
            Domain("checksum", "in", checksums)
            & Domain("res_model", "=", "offer.revision")
            & Domain("company_id", "=", self.company_id.id)
            & Domain("mimetype", "not like", "image/"),
            limit=100,
        )
        revisions_sudo = (
            self.env["offer.revision"].sudo().browse(found.mapped("res_id"))
        )
        return revisions_sudo.offer_id.order_id

    def _usable_quotations(self, orders_sudo):
        """Return those of the branch that the item's salesperson may work on."""
        own = orders_sudo.filtered(lambda order: order.company_id == self.company_id)
        if not self.user_id:
            return own
        theirs = own.with_user(self.user_id).with_context(
            allowed_company_ids=self.company_id.ids
        )
        return own.browse(theirs._filtered_access("write").ids)

    # ------------------------------------------------------------------
    # Taking
    # ------------------------------------------------------------------

    def _is_certain_quotation(self, msg_dict):
        """Tell whether a mail of our own people brought the customer this quotation."""
        order_sudo = self.quotation_id.sudo()
        customer_sudo = self._partner_of_recipients(msg_dict).sudo()
        entity = customer_sudo.commercial_partner_id
        totals = [
            float(proposal["value"])
            for proposal in self.proposals or []
            if proposal["field"] == "amount_total" and proposal["confidence"] >= _SURE
        ]
        return bool(
            self.user_id
            and order_sudo.state != "cancel"
            and entity == order_sudo.partner_id.commercial_partner_id
            and not self.problem
            and not any(map(self._names_other_total, totals))
        )

    def _take_to_quotation(self):
        """Make the documents a version of the quotation's offer.

        :return: as :meth:`_take`
        """
        order = self.quotation_id
        order.check_access("write")
        if order.sudo().company_id != self.company_id:
            raise UserError(
                self.env._(
                    "Quotation %(quotation)s is not of %(branch)s.",
                    quotation=order.name,
                    branch=self.company_id.sudo().name,
                )
            )
        before = order._offer_heads().current_revision_id
        event = self._offer_event()
        offer_sudo = order._offer_archive(
            event["reason"],
            documents=event["files"],
            people=self._offer_values()["people"],
        )
        self._close("taken", offer_sudo)
        return offer_sudo, offer_sudo.current_revision_id - before
