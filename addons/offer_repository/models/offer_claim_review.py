from odoo import api, fields, models
from odoo.fields import Domain

from ..conflicts import Standing, Term, extended, standing
from .offer_conflict_detection import SILENT
from .offer_job_stages import UNANNOUNCED

_REVIEW = "offer_repository.ir_cron_offer_claim_review"


class OfferClaim(models.Model):
    """What becomes of claims: contacts extend them, none lets them go."""

    _inherit = "offer.claim"

    @api.model
    def _cron_review(self, batch=100):
        """Grant claims of first offers, then review the live ones, each once a day."""
        if not self._grant_first_offers():
            return
        today = fields.Date.context_today(self)
        due = Domain("state", "=", "live") & (
            Domain("date_reviewed", "=", False) | Domain("date_reviewed", "<", today)
        )
        while claims := self.search(due, order="id", limit=batch):
            claims._review()
            remaining = self.search_count(due)
            if not self.env["ir.cron"]._commit_progress(
                len(claims), remaining=remaining
            ):
                return

    def _review(self):
        """Bring claims in step with the contacts there were; safe to do twice."""
        today = fields.Date.context_today(self)
        for claim in self.with_context(**SILENT):
            claim.date_reviewed = today
            term = claim._follow_contacts(today)
            state = standing(term, today, claim.company_id.offer_claim_warn_days)
            if state == Standing.RELEASED:
                claim._release()
            elif state == Standing.ENDING and claim.date_warned != claim.date_end:
                claim.date_warned = claim.date_end
                claim._warn()

    def _follow_contacts(self, today):
        """Extend the claim by its branch's contacts; return its term."""
        days = self._contact_days()
        term = extended(Term(self.date_start, self.date_end, self.days), days, today)
        past = [day for day in days if day <= today]
        contact = max(past, default=False)
        if term.end != self.date_end or contact != self.date_contact:
            self.write({"date_end": term.end, "date_contact": contact})
        return term

    def _contact_days(self):
        """Return the days on which the branch was in touch with the customer.

        Measured by the contact history: what went out, and calls that were taken.
        What machines send is no contact.
        """
        reached = Domain("direction", "=", "outgoing") & Domain(
            "state", "in", ("done", "answered")
        )
        taken = Domain("direction", "=", "incoming") & Domain("state", "=", "answered")
        members = self.identity_id.member_ids.filtered(
            lambda member: member.verdict == "certain"
        )
        rows = self.env["contact.interaction"]._read_group(
            Domain("commercial_partner_id", "in", members.partner_id.ids)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("is_automatic", "=", False)
            & Domain("certainty", "=", "known")
            & Domain("occurred_at", ">=", self.date_start)
            & (reached | taken),
            ["occurred_at:day"],
        )
        return [moment.date() for (moment,) in rows]

    def _release_overdue(self):
        """Release what has run out and nobody has reviewed yet."""
        live = self.filtered(lambda claim: claim.state == "live")
        today = fields.Date.context_today(self)
        live.filtered(lambda claim: claim.date_end < today)._review()

    def _release(self):
        words = self.with_context(lang=self.company_id.partner_id.lang)
        self._end(
            "released",
            words.env._("No contact within the term: the customer is free."),
        )

    def _warn(self):
        """Tell who holds the claim that it runs out, unless he wants no telling."""
        user = self.user_id.filtered("active")
        user = user or self.company_id._offer_conflict_manager().sudo()
        if not user.offer_conflict_notify or self.env.context.get(UNANNOUNCED):
            return
        words = self.with_context(lang=user.lang, mail_activity_quick_update=False)
        words._offer_todo(
            user,
            words.env._(
                "Your claim on %(customer)s runs out", customer=self.customer_name
            ),
            words.env._(
                "Without a contact with the customer before then the claim ends, and "
                "other branches may work with him."
            ),
            date_deadline=self.date_end,
        )

    # ------------------------------------------------------------------
    # First offers
    # ------------------------------------------------------------------

    @api.model
    def _grant_first_offers(self, batch=200):
        """Give the customer to who was first to send an offer, where that is policy.

        Here and not when sending: who was first is known once all have committed. When
        the time of the job is up before all are looked at, it is woken up again.

        :return: whether there is time left
        """
        pending = Domain("claim_check_pending", "=", True)
        offers_sudo = self.env["offer.offer"].sudo()
        while offers := offers_sudo.search(
            pending, order="date_first_sent, id", limit=batch
        ):
            for offer in offers:
                offer.claim_check_pending = False
                if offer.is_live:
                    self._grant_first_offer(offer)
            remaining = offers_sudo.search_count(pending)
            cron = self.env["ir.cron"]
            if not cron._commit_progress(len(offers), remaining=remaining):
                self.env.ref(_REVIEW).sudo()._trigger()
                return False
        return True

    @api.model
    def _grant_first_offer(self, offer):
        tree = offer.company_id._offer_tree()
        identity = self.env["offer.identity"]._identity_of(offer.partner_id, tree)
        earlier = self.env["offer.offer"].search_count(
            [
                ("commercial_partner_id", "in", identity.member_ids.partner_id.ids),
                ("company_id", "in", (tree - offer.company_id).ids),
                ("is_live", "=", True),
                ("date_first_sent", "<", offer.date_first_sent),
            ],
            limit=1,
        )
        everything = self.env["product.category"]
        identity._claims_on(everything)._release_overdue()
        if earlier or identity._claims_on(everything):
            return
        self._grant(
            identity,
            offer.company_id,
            "first_offer",
            offer.company_id.offer_claim_days,
            user_id=offer.user_id.id,
            reason=offer.name,
        )

    # ------------------------------------------------------------------
    # Customers that turn out to be one
    # ------------------------------------------------------------------

    def _move_to(self, identity):
        """Give claims to the identity that stays; of two in each other's way the
        older one holds, and the managers of the other branch are told."""
        claims = (self | identity.claim_ids).sorted(lambda c: (c.date_start, c.id))
        holding = self.browse()
        for claim in claims.filtered(lambda claim: claim.state == "live"):
            clash = holding.filtered(claim._is_in_the_way_of)
            if clash:
                claim._yield_to(clash[:1])
            else:
                holding |= claim
        self.env.flush_all()  # who yields must have done so before both are together
        self.identity_id = identity

    def _is_in_the_way_of(self, other):
        mine, theirs = self.category_id, other.category_id
        if not mine or not theirs:
            return True
        paths = mine.parent_path, theirs.parent_path
        return paths[0].startswith(paths[1]) or paths[1].startswith(paths[0])

    def _yield_to(self, older):
        self._end(
            "ended",
            self.env._(
                "The customer turned out to be one that %(branch)s has claimed before.",
                branch=older.company_id.name,
            ),
        )
        manager = self.company_id._offer_conflict_manager().sudo()
        if manager.offer_conflict_notify and not self.env.context.get(UNANNOUNCED):
            words = self.with_context(lang=manager.lang)
            words._offer_todo(
                manager,
                words.env._("Two claims on one customer"),
                words.end_reason,
            )


class OfferOffer(models.Model):
    _inherit = "offer.offer"

    # Detection's own note, as conflict_check_pending.
    claim_check_pending = fields.Boolean(
        readonly=True, copy=False, groups="base.group_system"
    )

    # serves _grant_first_offers
    _claim_check_pending_idx = models.Index(
        "(date_first_sent) WHERE claim_check_pending"
    )

    def _on_archived(self, revision):
        result = super()._on_archived(revision)
        is_policy = self.company_id.offer_claim_on_first_offer
        if is_policy and revision.number == 1 and not self.env.context.get(UNANNOUNCED):
            self.claim_check_pending = True
            self.env.ref(_REVIEW).sudo()._trigger()
        return result
