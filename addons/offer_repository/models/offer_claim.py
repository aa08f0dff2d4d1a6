from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class OfferClaim(models.Model):
    """Customer protection: the branch that may work this customer until a day.

    One live claim for a customer and goods. Two transactions that claim one customer
    both write the row of his identity, so the later one starts anew and sees the
    other's claim: PostgreSQL sees to that, see :meth:`OfferIdentity._serialize_claims`.
    """

    _name = "offer.claim"
    _description = "Claim on a Customer"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, date_end, id"
    _rec_name = "customer_name"
    _mail_post_access = "read"

    identity_id = fields.Many2one(
        "offer.identity",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        groups="offer_repository.offer_repository_group_manager",
    )
    anchor_company_id = fields.Many2one(
        "res.company",
        string="Company Tree",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
        groups="base.group_system",
    )
    # As the branch that holds it calls him, see _grant.
    customer_name = fields.Char(string="Customer", required=True, readonly=True)
    category_id = fields.Many2one(
        "product.category",
        string="Goods",
        readonly=True,
        ondelete="restrict",
        help="The claim is for goods of this category and below. Empty: for all.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    origin = fields.Selection(
        [
            ("first_offer", "First offer"),
            ("decision", "Decision on a conflict"),
            ("manual", "By hand"),
            ("takeover", "Takeover"),
        ],
        required=True,
        readonly=True,
    )
    conflict_id = fields.Many2one(
        "offer.conflict",
        readonly=True,
        ondelete="set null",
        groups="offer_repository.offer_repository_group_manager",
        index="btree_not_null",
    )
    reason = fields.Char(readonly=True)
    date_start = fields.Date(string="Since", required=True, readonly=True)
    date_end = fields.Date(string="Until", required=True, readonly=True, tracking=True)
    days = fields.Integer(
        string="Term (Days)",
        required=True,
        readonly=True,
        help="So long it holds from the start, and from each contact on.",
    )
    date_contact = fields.Date(string="Last Contact", readonly=True)

    state = fields.Selection(
        [
            ("live", "Live"),
            ("released", "Released"),
            ("ended", "Ended"),
            ("handed", "Handed over"),
        ],
        default="live",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    end_reason = fields.Char(readonly=True)
    date_reviewed = fields.Date(readonly=True, groups="base.group_system")
    date_warned = fields.Date(readonly=True, groups="base.group_system")

    # Categories within each other are seen by _check_alone.
    _live_uniq = models.UniqueIndex(
        "(identity_id, COALESCE(category_id, 0)) WHERE state = 'live'",
        "Another branch has claimed this customer already.",
    )
    _days_positive = models.Constraint(
        "CHECK(days > 0)", "A claim is for one day at least."
    )
    _date_order = models.Constraint(
        "CHECK(date_end >= date_start)", "A claim cannot end before it starts."
    )
    # serves _cron_review
    _review_idx = models.Index("(date_reviewed, id) WHERE state = 'live'")

    @api.constrains("identity_id", "category_id", "state")
    def _check_alone(self):
        for claim_sudo in self.sudo().filtered(lambda claim: claim.state == "live"):
            identity = claim_sudo.identity_id
            identity._serialize_claims()
            other = identity._claims_on(claim_sudo.category_id) - claim_sudo
            if other:
                raise ValidationError(other[:1]._taken_message())

    def _taken_message(self):
        return self.env._(
            "%(branch)s has claimed this customer until %(date)s already.",
            branch=self.company_id.name,
            date=fields.Date.to_string(self.date_end),
        )

    # ------------------------------------------------------------------
    # Granting and ending, in sudo
    # ------------------------------------------------------------------

    @api.model
    def _grant(self, identity, company, origin, days, **values):
        """Claim a customer for a branch, from today.

        What has run out by now ends first, whether the nightly review came by or not.

        :param identity: ``offer.identity`` in sudo
        :param values: further fields: user_id, category_id, conflict_id, reason
        :raise ValidationError: when a live claim is in the way
        """
        today = fields.Date.context_today(self)
        # First the row of the identity: whoever waits for it must look afterwards.
        identity._serialize_claims()
        category = self.env["product.category"].browse(values.get("category_id") or ())
        identity._claims_on(category)._release_overdue()
        taken = identity._claims_on(category)
        if taken:
            raise ValidationError(taken[:1]._taken_message())
        self.env.flush_all()  # what was released must be so before the new one is made
        return (
            self.sudo()
            .with_context(mail_create_nosubscribe=True)
            .create(
                {
                    "identity_id": identity.id,
                    "anchor_company_id": identity.anchor_company_id.id,
                    "customer_name": identity._name_for(company),
                    "company_id": company.id,
                    "origin": origin,
                    "days": days,
                    "date_start": today,
                    "date_end": today + timedelta(days=days),
                    **values,
                }
            )
        )

    def _end(self, state, reason):
        """Let live claims go, and say why."""
        live = self.filtered(lambda claim: claim.state == "live")
        live.write({"state": state, "end_reason": reason})
        live.activity_unlink(["mail.mail_activity_data_todo"])
        for claim in live:
            claim._message_log(body=reason)


class OfferIdentity(models.Model):
    _inherit = "offer.identity"

    claim_ids = fields.One2many("offer.claim", "identity_id", readonly=True)
    # Written by whoever claims the customer, so that no two do at once.
    claim_serial = fields.Integer(readonly=True, default=0, groups="base.group_system")

    def _is_needed(self):
        return super()._is_needed() or bool(self.claim_ids)

    def _serialize_claims(self):
        """Let one transaction at a time claim these customers.

        SQL, and an UPDATE rather than a lock: transactions are REPEATABLE READ, so
        after waiting for a lock the other's claim would still be invisible. Having
        written the same row, the later one fails with a serialization error instead,
        upon which Odoo runs it again from the start.
        """
        self.env.flush_all()
        for identity in self.sorted("id"):
            self.env.cr.execute(
                SQL(
                    "UPDATE offer_identity SET claim_serial ="
                    " COALESCE(claim_serial, 0) + 1 WHERE id = %s",
                    identity.id,
                ),
                # two at once are no mistake, and the second one is run again
                log_exceptions=False,
            )

    def _claims_on(self, category):
        """Return the live claims that goods of a category, or all goods, fall under."""
        domain = Domain("identity_id", "in", self.ids) & Domain("state", "=", "live")
        if category:
            above = [int(one) for one in category.parent_path.split("/") if one]
            domain &= (
                Domain("category_id", "=", False)
                | Domain("category_id", "in", above)
                | Domain("category_id", "child_of", category.id)
            )
        return self.env["offer.claim"].sudo().search(domain, order="date_start, id")

    def _name_for(self, company):
        """Return what a branch may call the customer: by its own record of him."""
        partners = self.member_ids.partner_id
        own = partners.filtered(lambda partner: partner.company_id == company)
        shared = partners.filtered(lambda partner: not partner.company_id)
        known = (own or shared)[:1]
        return known.display_name or self.env._("Customer of another branch")

    @api.model
    def _identity_of(self, partner, tree_sudo):
        """Return the identity of a customer, made now if there is none."""
        entity = partner.commercial_partner_id
        identities = self.sudo()
        member = identities._members_of(entity.ids, tree_sudo)
        if member:
            return member.identity_id
        identity = identities._create_for(entity.id, tree_sudo)
        self.env["offer.identity.member"].sudo().create(
            identity._member_values(entity.id, {})
        )
        return identity

    def _absorb(self, others):
        """Bring the claims together when customers turn out to be one."""
        others.claim_ids._move_to(self)
        return super()._absorb(others)
