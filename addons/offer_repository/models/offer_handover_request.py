from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .offer_check import MANAGER


class OfferHandoverRequest(models.Model):
    """One branch asks another one to leave a customer to it.

    The asking side knows the other side's customer by a card only: it reads its own
    name for him and whom it asked. Colleague and managers of the owning branch, and of
    the tree, decide.
    """

    _name = "offer.handover.request"
    _description = "Hand-over Request"
    _inherit = ["mail.activity.mixin", "mail.thread"]
    _order = "create_date desc, id desc"
    _rec_name = "customer_name"

    user_id = fields.Many2one(
        "res.users",
        string="Asked By",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Asking Branch",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    # Read by the asking side as texts, see owner_name: its form must hold no record of
    # the other branch.
    owner_company_id = fields.Many2one(
        "res.company",
        string="Owning Branch",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    owner_user_id = fields.Many2one(
        "res.users",
        string="Colleague",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    owner_name = fields.Char(string="Asked", readonly=True)
    # Not called partner_id: the chatter would read it, and propose to write to him.
    customer_id = fields.Many2one(
        "res.partner",
        string="Customer Record",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        groups="base.group_system",
    )
    asked_name = fields.Char(string="Name Given", readonly=True)
    customer_name = fields.Char(
        string="Customer",
        compute="_compute_customer_name",
        compute_sudo=True,
    )
    reason = fields.Text(readonly=True)
    state = fields.Selection(
        [("asked", "Asked"), ("granted", "Granted"), ("refused", "Refused")],
        default="asked",
        required=True,
        readonly=True,
        tracking=True,
    )
    answer = fields.Text(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    answered_at = fields.Datetime(string="Answered On", readonly=True)
    is_answerer = fields.Boolean(compute="_compute_is_answerer")

    @api.depends("customer_id", "asked_name", "owner_company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_customer_name(self):
        """Name the customer as the reader knows him."""
        for request in self:
            partner = request.customer_id.sudo(False)
            is_known = bool(partner) and partner.has_access("read")
            request.customer_name = (
                request.customer_id.display_name if is_known else request.asked_name
            )

    @api.depends("state", "owner_user_id", "owner_company_id")
    @api.depends_context("uid")
    def _compute_is_answerer(self):
        for request in self:
            request.is_answerer = request.state == "asked" and request._may_answer()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_grant(self):
        """Hand the customer over: the asking user becomes its salesperson."""
        self._answer("granted")

    def action_refuse(self):
        """Keep the customer."""
        self._answer("refused")

    def answer_request(self, state, answer=""):
        """Answer with a few words.

        :param str state: ``granted`` or ``refused``
        :param str answer: may be empty
        """
        if state not in ("granted", "refused"):
            raise UserError(self.env._("A request is granted or refused."))
        self._answer(state, str(answer or "")[:2000])
        return True

    def action_open_customer(self):
        """Open the customer, for those who may read it."""
        self.ensure_one()
        self.check_access("read")
        partner = self.sudo().customer_id.sudo(False)
        partner.check_access("read")
        return partner._get_records_action()

    # ------------------------------------------------------------------
    # Private
    # ------------------------------------------------------------------

    @api.model
    def _ask(self, target, asked_sudo, reason, customer):
        """Make the request and tell those who decide.

        :param target: :class:`~.offer_check_action.CardTarget`
        :param asked_sudo: ``res.users``
        :return: ``offer.handover.request`` in sudo
        """
        # sudo: nobody may write requests; the card was shown to the user.
        requests_sudo = self.sudo()
        open_sudo = requests_sudo.search(
            [
                ("user_id", "=", self.env.uid),
                ("customer_id", "=", target.customer_sudo.id),
                ("owner_company_id", "=", target.company_sudo.id),
                ("state", "=", "asked"),
            ],
            limit=1,
        )
        if open_sudo:
            raise UserError(
                self.env._(
                    "You have asked %(branch)s already and there is no answer yet.",
                    branch=target.company_sudo.name,
                )
            )
        request_sudo = requests_sudo.with_context(mail_create_nosubscribe=True).create(
            {
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "owner_company_id": target.company_sudo.id,
                "owner_user_id": target.colleague_sudo.id,
                "owner_name": ", ".join(
                    [target.company_sudo.name, *asked_sudo.mapped("name")]
                ),
                "customer_id": target.customer_sudo.id,
                "asked_name": customer or self.env._("Customer of a card"),
                "reason": reason,
            }
        )
        request_sudo._tell(asked_sudo)
        return request_sudo

    def _tell(self, users_sudo):
        for user_sudo in users_sudo:
            words = self.with_context(lang=user_sudo.lang)
            words._offer_todo(
                user_sudo,
                words.env._(
                    "%(user)s, %(branch)s, asks for a customer",
                    user=self.user_id.name,
                    branch=self.company_id.name,
                ),
                self.reason,
            )

    def _may_answer(self):
        """Tell whether the user decides about the request."""
        self.ensure_one()
        # sudo: who may answer is no secret to who reads the request
        request_sudo = self.sudo()
        is_manager = self.env.user.has_group(MANAGER)
        return is_manager or request_sudo.owner_user_id == self.env.user

    def _answer(self, state, answer=""):
        self.check_access("read")
        for request in self:
            if not request._may_answer():
                raise AccessError(
                    self.env._("The colleague who was asked decides, or a manager.")
                )
            if request.state != "asked":
                raise UserError(self.env._("This request was answered already."))
        # sudo: answering is the one way to write a request; checked above.
        for request_sudo in self.sudo():
            request_sudo.write(
                {
                    "state": state,
                    "answer": answer,
                    "answered_by_id": self.env.uid,
                    "answered_at": fields.Datetime.now(),
                }
            )
            request_sudo.activity_unlink(["mail.mail_activity_data_todo"])
            if state == "granted":
                request_sudo._hand_over()
            request_sudo._tell_asker()

    def _hand_over(self):
        """Give the customer to who asked.

        Override to hand over more, open activities for example. A customer kept by the
        owning branch alone is shared from now on: its documents stay where they are.
        """
        customer = self.customer_id
        values = {"user_id": self.user_id.id}
        if customer.company_id and customer.company_id != self.company_id:
            values["company_id"] = False
        customer.write(values)

    def _tell_asker(self):
        words = self.with_context(lang=self.user_id.lang)
        labels = dict(words._fields["state"]._description_selection(words.env))
        words._offer_todo(
            self.user_id,
            words.env._(
                "%(state)s: hand-over of %(customer)s",
                state=labels[self.state],
                customer=self.asked_name,
            ),
            self.answer,
        )
