from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from .offer_check import MANAGER


class OfferConflictDraft(models.Model):
    """A message to a customer that a decision prepared, for a person to send.

    Never sent by itself: its person opens it, changes it, and sends it from there.
    """

    _name = "offer.conflict.draft"
    _description = "Prepared Message"
    _order = "id desc"
    _rec_name = "subject"

    conflict_id = fields.Many2one(
        "offer.conflict",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
        groups="offer_repository.offer_repository_group_manager",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Sender",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", string="Branch", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Quotation",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    subject = fields.Char(required=True)
    body = fields.Text(required=True)
    state = fields.Selection(
        [("prepared", "Prepared"), ("sent", "Sent"), ("discarded", "Discarded")],
        default="prepared",
        required=True,
        readonly=True,
    )

    @api.model
    def _prepare_for(self, conflict, step):
        """Return the message about a decision, in the customer's language."""
        offer = self.env["offer.offer"].browse(step.values["offer"])
        side = self.env["res.company"].browse(step.values["side"])
        partner = step.record
        words = self.with_context(lang=partner.lang or step.person.lang)
        return words.create(
            {
                "conflict_id": conflict.id,
                "user_id": step.person.id,
                "company_id": offer.company_id.id,
                "partner_id": partner.id,
                "order_id": offer.order_id.id,
                "subject": words.env._("Your inquiry, our offer %s", offer.name),
                "body": words._body(conflict, side, step.person),
            }
        )

    @api.model
    def _body(self, conflict, side, sender):
        if conflict.decision == "joint":
            return self.env._(
                "Hello,\n\nseveral of our branches have made you an offer. You will "
                "get one joint offer instead, from %(branch)s.\n\n%(sender)s",
                branch=side.name,
                sender=sender.name,
            )
        return self.env._(
            "Hello,\n\nto save you from dealing with two of our branches, %(person)s "
            "of %(branch)s will look after your inquiry from now on. Our own offer is "
            "withdrawn.\n\n%(sender)s",
            person=conflict._person_of(side).name or side.name,
            branch=side.name,
            sender=sender.name,
        )

    def action_compose(self):
        """Open the message in the mail composer, on what its person may read."""
        self._check_mine()
        if self.state == "sent":
            raise UserError(self.env._("%s was sent already.", self.subject))
        record = self.order_id or self.partner_id
        return {
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_composition_mode": "comment",
                "default_model": record._name,
                "default_res_ids": record.ids,
                "default_partner_ids": self.partner_id.ids,
                "default_subject": self.subject,
                "default_body": plaintext2html(self.body),
            },
        }

    def action_done(self):
        """Note that the customer has been written to."""
        self._check_mine()
        self.sudo().state = "sent"  # checked just now

    def action_discard(self):
        """Put the message aside."""
        self._check_mine()
        if self.state == "prepared":
            self.sudo().state = "discarded"  # checked just now

    def _check_mine(self):
        self.ensure_one()
        self.check_access("read")
        if self.user_id != self.env.user and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("This message was prepared for %s.", self.user_id.name)
            )
