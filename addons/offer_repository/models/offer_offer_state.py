from odoo import api, fields, models


class OfferOffer(models.Model):
    """What becomes of an offer: accepted, lost, replaced, and why."""

    _inherit = "offer.offer"

    accepted_revision_id = fields.Many2one(
        "offer.revision",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The revision that was signed or confirmed.",
    )
    close_reason = fields.Char(string="Closed Because", readonly=True, copy=False)
    lost_reason_id = fields.Many2one(
        "crm.lost.reason",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    event_ids = fields.One2many("offer.event", "offer_id", readonly=True)
    variant_ids = fields.Many2many(
        "offer.offer",
        string="Variants",
        compute="_compute_variant_ids",
        help="Offers made from copies of one quotation for the same customer.",
    )

    @api.depends("order_id.offer_variant_root")
    def _compute_variant_ids(self):
        for offer in self:
            # by id and with the reader's rules: variants of others stay theirs
            offer.variant_ids = self.search([("id", "in", offer._variants().ids)])

    # ------------------------------------------------------------------
    # State
    # ------------------------------------------------------------------

    def _set_state(self, state, only_from, detail="", **values):
        """Move the offers that are in one of ``only_from`` to ``state``, and log it.

        :param detail: why, in a sentence; nothing personal
        :param values: dict of further fields of the head
        """
        moved = self.filtered(lambda offer: offer.state in only_from)
        moved.write({"state": state, "close_reason": detail or False, **values})
        code = "reopened" if state == "sent" else state
        # one order of companies for all: their chains are locked one after the other
        for offer in moved.sorted("company_id"):
            offer._log_event(code, detail)
        return moved

    def _log_event(self, code, detail="", **values):
        self.ensure_one()
        return self.env["offer.event"]._append(self, code, detail, **values)

    def _lose(self, lead):
        """Close the offers of an opportunity that was lost."""
        reason = lead.lost_reason_id
        return self._set_state(
            "lost",
            only_from=("sent", "expired"),
            detail=reason.name or "",
            lost_reason_id=reason.id,
        )

    def _explain_loss(self, reason):
        """Take over a reason that was given, or changed, after the loss."""
        for offer in self.filtered(lambda offer: offer.state == "lost"):
            if offer.lost_reason_id != reason:
                offer.write({"lost_reason_id": reason.id, "close_reason": reason.name})
                offer._log_event("lost", reason.name or "")

    def _reopen_lost(self):
        """Put lost offers back to where they were; the cron expires what is over."""
        self.filtered(
            lambda offer: offer.order_id.state in ("draft", "sent")
        )._set_state("sent", only_from=("lost",), lost_reason_id=False)

    # ------------------------------------------------------------------
    # Acceptance
    # ------------------------------------------------------------------

    def _accept(self, when):
        """Note which revision was accepted, and close the variants beside it."""
        self.ensure_one()
        current = self.current_revision_id
        if self.accepted_revision_id == current:
            return
        self.accepted_revision_id = current
        self._log_event("accepted", str(current.number), when=when)
        self._close_variants()

    def _close_variants(self):
        reason = self.env._("The customer accepted %(offer)s.", offer=self.name)
        closed = self._variants()._set_state(
            "superseded", only_from=("sent", "expired"), detail=reason
        )
        for order in closed.order_id:
            order.message_post(body=reason)

    def _variants(self):
        """Return the other offers (sudo) made from copies of the same quotation.

        Only for the same customer and, where both have one, the same opportunity: a
        copy is also the quick way to a new quotation for somebody else.
        """
        self.ensure_one()
        root = self.sudo().order_id.offer_variant_root
        if not root:
            return self.sudo().browse()
        found_sudo = self.sudo().search(
            [
                ("order_id.offer_variant_root", "=", root),
                ("commercial_partner_id", "=", self.sudo().commercial_partner_id.id),
                ("id", "!=", self.id),
            ]
        )
        mine = self.sudo().opportunity_id
        return found_sudo.filtered(
            lambda other: (
                not mine or not other.opportunity_id or other.opportunity_id == mine
            )
        )
