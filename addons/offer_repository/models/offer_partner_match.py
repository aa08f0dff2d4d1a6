from odoo import api, fields, models
from odoo.fields import Domain

from ..matching import Verdict

# What nobody has decided yet: the comparison's own verdict counts.
UNDECIDED = ("pending", "later")
# Decided not to be one customer.
APART = ("different", "same_group")


class OfferPartnerMatch(models.Model):
    """Two customer records that may be one, how sure that is, and what people say.

    Written by the look-ups (``offer_partner_match_record.py``), decided by people
    (``offer_partner_match_judge.py``). The customer with the smaller id is the left
    one, so that a pair has one row in a company tree.
    """

    _name = "offer.partner.match"
    _description = "Customer Match"
    _order = "score desc, id"

    left_partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    right_partner_id = fields.Many2one(
        "res.partner",
        string="Other Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    # Record rules and filters read them: a rule through the partner would need his
    # own rule to be asked for every row.
    left_company_id = fields.Many2one(
        related="left_partner_id.company_id",
        string="Branch",
        store=True,
        index="btree_not_null",
    )
    right_company_id = fields.Many2one(
        related="right_partner_id.company_id",
        string="Other Branch",
        store=True,
        index="btree_not_null",
    )
    # The tree is named by one of its companies, as in identities.
    anchor_company_id = fields.Many2one(
        "res.company",
        string="Company Tree",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )

    score = fields.Float(
        readonly=True,
        digits=(6, 4),
        aggregator=None,
        help="How probable it is that both records are one customer: 0.9 is right "
        "nine times in ten.",
    )
    points = fields.Float(readonly=True, digits=(8, 2), aggregator=None)
    verdict = fields.Selection(
        [
            (Verdict.CERTAIN.value, "Same customer"),
            (Verdict.PROBABLE.value, "Probably the same"),
            (Verdict.POSSIBLE.value, "Possibly the same"),
            ("same_group", "Same group of companies"),
        ],
        string="Comparison",
        required=True,
        readonly=True,
        index=True,
    )
    # Codes and values, not sentences: every reader gets them in the own language.
    evidence = fields.Json(string="Evidence Rows", readonly=True)
    evidence_text = fields.Char(string="Evidence", compute="_compute_evidence_text")
    scheme = fields.Char(
        readonly=True,
        help="Name and version of the weights that the points are made with.",
    )
    date = fields.Datetime(
        string="Found",
        default=fields.Datetime.now,
        required=True,
        readonly=True,
    )

    judgement = fields.Selection(
        [
            ("pending", "To review"),
            ("same", "Same customer"),
            ("same_group", "Same group"),
            ("different", "Different customers"),
            ("later", "Later"),
        ],
        default="pending",
        required=True,
        readonly=True,
        index=True,
    )
    judged_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    judged_at = fields.Datetime(string="Judged On", readonly=True)
    judgement_reason = fields.Char(string="Reason", readonly=True)
    judged_scheme = fields.Char(
        string="Scheme When Judged",
        readonly=True,
        help="The scheme behind what the comparison said to who decided.",
    )
    # Key data of both when they were judged; see _key_data_digest.
    digest = fields.Char(readonly=True, groups="base.group_system")
    log_ids = fields.One2many("offer.partner.match.log", "match_id", readonly=True)

    # One row a pair and tree. Odoo's contact merge sees neither this index nor what it
    # would do to rows behind the check: _move makes room before.
    _pair_uniq = models.UniqueIndex(
        "(left_partner_id, right_partner_id, anchor_company_id)",
        "These two customers have a match already.",
    )
    _pair_order_check = models.Constraint(
        "CHECK(left_partner_id < right_partner_id)",
        "The customer with the smaller number comes first.",
    )
    # serves the review, see _review_domain
    _review_idx = models.Index("(anchor_company_id, judgement, verdict, score DESC)")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    # Not of the names: everybody who saves a partner would pay for following them.
    @api.depends("left_partner_id", "right_partner_id")
    def _compute_display_name(self):
        for match in self:
            # sudo: who may read the pair may know the two names, see the record rules.
            pair_sudo = match.sudo()
            match.display_name = self.env._(
                "%(left)s / %(right)s",
                left=pair_sudo.left_partner_id.display_name,
                right=pair_sudo.right_partner_id.display_name,
            )

    @api.depends("evidence")
    @api.depends_context("lang")
    def _compute_evidence_text(self):
        check = self.env["offer.check"]
        for match in self:
            codes = [row["code"] for row in match.evidence or ()]
            match.evidence_text = ", ".join(check._evidence_labels(codes))

    # ------------------------------------------------------------------
    # Domains
    # ------------------------------------------------------------------

    @api.model
    def _pair_domain(self, partner_ids, tree_sudo):
        """Return the domain of all pairs with one of these customers in a tree."""
        ids = list(partner_ids)
        mine = Domain("left_partner_id", "in", ids)
        mine |= Domain("right_partner_id", "in", ids)
        return mine & Domain("anchor_company_id", "in", tree_sudo.ids)

    @api.model
    def _same_domain(self):
        """Return the domain of pairs that count as one customer."""
        certain = Domain("verdict", "=", Verdict.CERTAIN.value)
        return Domain("judgement", "=", "same") | (
            certain & Domain("judgement", "in", UNDECIDED)
        )

    @api.model
    def _apart_domain(self):
        """Return the domain of pairs that must not count as one customer."""
        group = Domain("verdict", "=", "same_group")
        return Domain("judgement", "in", APART) | (
            group & Domain("judgement", "in", UNDECIDED)
        )

    def _other_id(self, partner_id):
        """Return the id of the customer that is not ``partner_id``."""
        self.ensure_one()
        left, right = self.left_partner_id.id, self.right_partner_id.id
        return right if left == partner_id else left
