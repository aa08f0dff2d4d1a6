from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..conflicts import Line, Proposal, live_window, text_key

# How long the cron waits before it looks at offers again that were being worked on.
_RETRY_AFTER = timedelta(minutes=1)
_SECOND_LOOK = "offer_repository.second_look"


class OfferOffer(models.Model):
    """What detection adds to an offer."""

    _inherit = "offer.offer"

    conflict_ids = fields.Many2many(
        "offer.conflict",
        "offer_conflict_offer_rel",
        string="Conflicts",
        readonly=True,
        groups="offer_repository.offer_repository_group_manager",
    )
    conflict_count = fields.Integer(
        string="Number of Conflicts",
        compute="_compute_conflict_count",
        groups="offer_repository.offer_repository_group_manager",
    )
    # Detection's own note: what is set has not been seen by a transaction that saw
    # everybody else's offers too. Readers have no use for it.
    conflict_check_pending = fields.Boolean(
        readonly=True,
        copy=False,
        groups="base.group_system",
    )

    # serves _cron_detect_conflicts
    _conflict_check_pending_idx = models.Index("(id) WHERE conflict_check_pending")

    @api.depends("conflict_ids")
    def _compute_conflict_count(self):
        for offer in self:
            offer.conflict_count = len(offer.conflict_ids)

    # ------------------------------------------------------------------
    # Detection
    # ------------------------------------------------------------------

    def _on_archived(self, revision):
        result = super()._on_archived(revision)
        self.conflict_check_pending = True
        self.env["offer.conflict"]._detect(self, is_sending=True)
        self._trigger_second_look()
        return result

    @api.model
    def _trigger_second_look(self):
        """Wake the cron once this transaction is over, once for all that it sends.

        What other transactions are sending at this moment is seen then.
        """
        precommit = self.env.cr.precommit
        if not precommit.data.get(_SECOND_LOOK):
            precommit.data[_SECOND_LOOK] = True
            precommit.add(self._conflict_cron()._trigger)

    @api.model
    def _look_again_at(self, partner_ids, tree_sudo):
        """Have the cron look at these customers' live offers: they may be one now."""
        offers = self.search(
            [
                ("commercial_partner_id", "in", list(partner_ids)),
                ("company_id", "in", tree_sudo.ids),
                ("is_live", "=", True),
            ]
        )
        if offers:
            offers.conflict_check_pending = True
            self._trigger_second_look()

    @api.model
    def _conflict_cron(self):
        # By the cached number: every quotation that is sent comes through here.
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "offer_repository.ir_cron_offer_conflict_detect", raise_if_not_found=True
        )
        return self.env["ir.cron"].sudo().browse(cron_id)

    @api.model
    def _cron_detect_conflicts(self, batch=100):
        """Look again at offers sent since the last run, now that all see all."""
        pending = Domain("conflict_check_pending", "=", True)
        after = 0
        while True:
            domain = pending & Domain("id", ">", after)
            found = self.search(domain, order="id", limit=batch)
            if not found:
                break
            after = found[-1].id
            # A user may be working on some of them: those come next time.
            offers = found.try_lock_for_update()
            done = offers - self.env["offer.conflict"]._detect(offers)
            done.conflict_check_pending = False
            remaining = self.search_count(domain)
            if not self.env["ir.cron"]._commit_progress(len(done), remaining=remaining):
                return
        if self.search_count(pending, limit=1):
            self._conflict_cron()._trigger(at=fields.Datetime.now() + _RETRY_AFTER)

    def action_open_conflicts(self):
        """Open the cases the offer is part of."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_conflict_action"
        )
        # Not in sudo: who may not read the field is refused by it.
        cases = self.conflict_ids
        action.update(domain=[("id", "in", cases.ids)], context={})
        if len(cases) == 1:
            action.update(res_id=cases.id, views=[(False, "form")])
        return action

    # ------------------------------------------------------------------
    # What of an offer is compared
    # ------------------------------------------------------------------

    def _conflict_prefetch(self):
        """Read what proposals of these offers need, and no more, for all at once."""
        products = self.current_revision_id.line_ids.product_id
        products.fetch(("product_tmpl_id",))
        products.product_tmpl_id.fetch(("name", "categ_id", "uom_id"))

    def _conflict_proposal(self, currency):
        """Return the offer as the conflict rules see it, in one currency."""
        self.ensure_one()
        lines = self.current_revision_id.line_ids.filtered(
            lambda line: not line.display_type and not line.is_optional
        )
        return self._conflict_proposal_of(str(self.id), lines, currency)

    def _conflict_proposal_of(self, key, lines, currency):
        """Return an offer with these lines as the conflict rules see it."""
        sent = self.date_first_sent or self.create_date
        start, end = live_window(
            sent.date(),
            self.date_valid_until or None,
            self.company_id.offer_conflict_window_days,
        )
        return Proposal(
            key=key,
            side=self._conflict_side(),
            lines=tuple(self._conflict_line(line, currency) for line in lines),
            total=self._conflict_convert(self.amount_untaxed, currency),
            start=start,
            end=end,
        )

    def _conflict_side(self):
        """Return the competitor that the offer belongs to.

        Without team or salesperson the branch is the side: a rival all the same.
        """
        by = self.company_id._offer_conflict_side()
        if by == "team" and self.team_id:
            return f"{self.company_id.id}/team/{self.team_id.id}"
        if by == "salesperson" and self.user_id:
            return f"user/{self.user_id.id}"
        return str(self.company_id.id)

    def _conflict_line(self, line, currency):
        product = line.product_id
        label = (line.name or product.display_name or "").partition("\n")[0]
        return Line(
            label=label,
            quantity=self._conflict_quantity(line),
            amount=self._conflict_convert(line.price_subtotal, currency),
            product=str(product.id) if product else None,
            code=(line.product_code or "").strip().casefold() or None,
            template=str(product.product_tmpl_id.id) if product else None,
            text=text_key(product.name or label),
            category=str(product.categ_id.id) if product.categ_id else None,
            cost=self._conflict_cost(line, currency),
        )

    def _conflict_cost(self, line, currency):
        """Return what a line costs ourselves, None when the archive does not know."""
        # sudo: conflicts are worked out for nobody in particular; who is shown a margin
        # is asked where one is shown
        cost = line.sudo().cost_unit * line.quantity
        return self._conflict_convert(cost, currency) if cost else None

    def _conflict_quantity(self, line):
        """Return a line's quantity in the product's own unit."""
        unit = line.product_id.uom_id
        if not unit or not line.uom_id or unit == line.uom_id:
            return line.quantity
        return line.uom_id._compute_quantity(
            line.quantity, unit, round=False, raise_if_failure=False
        )

    def _conflict_convert(self, amount, currency):
        """Return an amount of the offer in ``currency``, at the day it was sent."""
        self.ensure_one()
        sent = self.date_last_sent or self.create_date
        return self.currency_id._convert(
            amount, currency, self.company_id, sent.date(), round=False
        )
