from odoo import api, fields, models

from ..response import ASKS, is_courtesy, role_of

# More at once (imports, a first reading of old mails) are left to the job.
PAIRED_AT_ONCE = 50
ROLE_SELECTION = [
    ("asks", "Waits for an answer"),
    ("answers", "Is an answer"),
    ("neither", "Neither"),
]
# Whatever of these changes, the clock may have to be set again.
CLOCK_FIELDS = frozenset(
    {
        "address",
        "channel",
        "company_id",
        "direction",
        "is_automatic",
        "needs_no_answer",
        "note",
        "occurred_at",
        "partner_id",
        "preview",
        "state",
        "user_id",
    }
)


class ContactInteraction(models.Model):
    _inherit = "contact.interaction"

    # response
    is_automatic = fields.Boolean(
        string="Automatic",
        readonly=True,
        help="A robot sent it, for example an out of office message.",
    )
    needs_no_answer = fields.Boolean(
        help="Somebody of us decided that the customer does not wait.",
    )
    no_answer_user_id = fields.Many2one(
        "res.users",
        string="Decided by",
        ondelete="set null",
        readonly=True,
        copy=False,
    )
    response_role = fields.Selection(
        ROLE_SELECTION,
        compute="_compute_response_role",
        store=True,
        precompute=True,
    )
    # True is what rows get that were there before response times were measured.
    is_pairing_due = fields.Boolean(default=True, readonly=True, copy=False)

    # contact.response._cron_pair
    _pairing_due = models.Index("(id) WHERE is_pairing_due IS TRUE")
    # Threads of senders nobody knows, see contact.response._domain_thread.
    _address_page = models.Index(
        "(address_normalized, occurred_at DESC) WHERE commercial_partner_id IS NULL"
    )

    @api.depends(
        "channel", "direction", "state", "is_automatic", "needs_no_answer", "preview"
    )
    def _compute_response_role(self):
        for interaction in self:
            interaction.response_role = role_of(
                interaction.channel or "",
                interaction.direction or "",
                interaction.state or "",
                is_silent=interaction._is_silent(),
            )

    def _is_silent(self):
        """Return whether nobody expects an answer to this contact."""
        self.ensure_one()
        if self.is_automatic or self.needs_no_answer:
            return True
        if self.direction != "incoming":
            return False
        # sudo: the names below the letter, which are looked at and not shown.
        partner_sudo = self.partner_id.sudo()
        names = f"{partner_sudo.name or ''} {partner_sudo.parent_id.name or ''}"
        return is_courtesy(self.preview, names)

    @api.model_create_multi
    def create(self, vals_list):
        is_due = len(vals_list) > PAIRED_AT_ONCE
        interactions = super().create(
            [{**vals, "is_pairing_due": is_due} for vals in vals_list]
        )
        if is_due:
            self.env["contact.response"]._postpone()
            return interactions
        # An answer matters only where somebody waits, which is looked up later.
        spans = interactions._clock_spans()
        asking = interactions.filtered(lambda row: row.response_role == ASKS)
        self.env["contact.response"]._pair(interactions, spans, asking)
        return interactions

    def write(self, vals):
        is_timed = not CLOCK_FIELDS.isdisjoint(vals)
        before = self._clock_spans() if is_timed else {}
        result = super().write(vals)
        if is_timed:
            self._pair_again(before)
        return result

    def unlink(self):
        before = self._clock_spans()
        result = super().unlink()
        self.browse()._pair_again(before)
        return result

    def _pair_again(self, before):
        """Set the clocks of where these contacts were, and of where they are now."""
        spans = dict(before)
        for thread, (first, last) in self._clock_spans().items():
            was_first, was_last = spans.get(thread, (first, last))
            spans[thread] = min(first, was_first), max(last, was_last)
        self.env["contact.response"]._pair(self, spans, self, is_changed=True)

    def _clock_spans(self):
        """Return {thread: (first, last moment)} of these contacts."""
        spans = {}
        # sudo: the clock runs for every contact, whoever touched it.
        for interaction_sudo in self.sudo():
            thread = interaction_sudo._thread()
            if thread:
                moment = interaction_sudo.occurred_at
                first, last = spans.get(thread, (moment, moment))
                spans[thread] = min(first, moment), max(last, moment)
        return spans

    def _thread(self):
        """Return whose waiting this contact belongs to: (branch, customer, address).

        Everybody of one customer waits together. Of somebody unknown we have the
        address only. Who withholds it cannot be answered: None.
        """
        self.ensure_one()
        if self.commercial_partner_id:
            return self.company_id.id, self.commercial_partner_id.id, False
        if self.address_normalized:
            return self.company_id.id, False, self.address_normalized
        return None

    def action_needs_no_answer(self):
        """Stop the clock by hand: nobody has to answer these contacts."""
        self.check_access("read")
        # sudo: people may not write what a machine recorded, but they may read
        # these, and only say that nobody waits.
        self.sudo().write(
            {"needs_no_answer": True, "no_answer_user_id": self.env.uid},
        )
        return True

    def action_needs_answer(self):
        """Let the clock run again."""
        self.check_access("read")
        # sudo: see action_needs_no_answer.
        self.sudo().write({"needs_no_answer": False, "no_answer_user_id": False})
        return True
