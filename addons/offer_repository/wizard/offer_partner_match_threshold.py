from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import float_round, formatLang

from ..judgements import points_of
from ..matching import Verdict

_DECIDED = ("same", "same_group", "different")


class OfferPartnerMatchThreshold(models.TransientModel):
    """What other thresholds would make of the pairs there are, before they hold."""

    _name = "offer.partner.match.threshold"
    _description = "Thresholds of the Comparison"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self._default_company_id(),
    )
    certain_percent = fields.Float(
        string="Certain From",
        digits=(5, 2),
        required=True,
        default=lambda self: self._default_percent("certain"),
        help="How probable it must be that two records are one customer for them to "
        "count as one without anybody's decision.",
    )
    probable_percent = fields.Float(
        string="Probable From",
        digits=(5, 2),
        required=True,
        default=lambda self: self._default_percent("probable"),
        help="How probable it must be for users to be warned.",
    )

    certain_now = fields.Integer(compute="_compute_now")
    certain_wrong_now = fields.Integer(compute="_compute_now")
    probable_now = fields.Integer(compute="_compute_now")
    missed_now = fields.Integer(compute="_compute_now")
    certain_then = fields.Integer(compute="_compute_then")
    certain_wrong_then = fields.Integer(compute="_compute_then")
    probable_then = fields.Integer(compute="_compute_then")
    missed_then = fields.Integer(compute="_compute_then")
    decision_count = fields.Integer(
        string="Decisions so Far", compute="_compute_decision_count"
    )

    # ------------------------------------------------------------------
    # Defaults and computes
    # ------------------------------------------------------------------

    @api.model
    def _default_company_id(self):
        tree_sudo = self.env.company._offer_tree()
        return self.env["offer.identity"]._anchor(tree_sudo).id

    @api.model
    def _default_percent(self, name):
        scheme = self.env.company._offer_tree()._offer_scheme()
        percent = 100 * scheme.probability(getattr(scheme, name))
        # Never rounded up: pairs right on the threshold would fall below it.
        return float_round(percent, precision_digits=2, rounding_method="DOWN")

    @api.depends("company_id")
    def _compute_decision_count(self):
        for dialog in self:
            dialog.decision_count = dialog._count(Domain("judgement", "in", _DECIDED))

    @api.depends("company_id")
    def _compute_now(self):
        for dialog in self:
            scheme = dialog._scheme()
            dialog._fill("now", scheme.certain, scheme.probable)

    @api.depends("company_id", "certain_percent", "probable_percent")
    def _compute_then(self):
        for dialog in self:
            scheme = dialog._scheme()
            points = [
                points_of(percent / 100, scheme.slope, scheme.offset)
                for percent in (dialog.certain_percent, dialog.probable_percent)
            ]
            dialog._fill("then", *points)

    @api.constrains("certain_percent", "probable_percent")
    def _check_percent(self):
        for dialog in self:
            low, high = dialog.probable_percent, dialog.certain_percent
            if not 0 < low <= high < 100:
                raise ValidationError(
                    self.env._(
                        "%(probable)s and %(certain)s do not work: both must lie "
                        "between 0 and 100 %%, and certain not below probable.",
                        probable=f"{formatLang(self.env, low)} %",
                        certain=f"{formatLang(self.env, high)} %",
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_apply(self):
        """Make these thresholds hold for the whole tree, for all pairs there are.

        Look-ups follow at once, the pairs in the background.
        """
        self.ensure_one()
        # sudo: the tree's root may be a company that is not switched on. Who may open
        # the dialog is decided by its access line.
        company_sudo = self.company_id.sudo()
        company_sudo.write(
            {
                "offer_certain_percent": self.certain_percent,
                "offer_probable_percent": self.probable_percent,
            }
        )
        return self._renew_verdicts()

    def action_reset(self):
        """Go back to the thresholds of the scheme."""
        company_sudo = self.company_id.sudo()
        company_sudo.write({"offer_certain_percent": 0, "offer_probable_percent": 0})
        return self._renew_verdicts()

    @api.model
    def _renew_verdicts(self):
        """Have the pairs there are brought in step, and show how far that is."""
        return self.env["offer.job"]._schedule("thresholds")._action_open()

    # ------------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------------

    def _scheme(self):
        return self.company_id._offer_tree()._offer_scheme()

    def _fill(self, when, certain, probable):
        """Set the four numbers of one column."""
        above = Domain("points", ">=", certain)
        between = Domain("points", "<", certain) & Domain("points", ">=", probable)
        below = Domain("points", "<", probable)
        not_same = Domain("judgement", "in", ("different", "same_group"))
        self[f"certain_{when}"] = self._count(above)
        self[f"certain_wrong_{when}"] = self._count(above & not_same)
        self[f"probable_{when}"] = self._count(between)
        self[f"missed_{when}"] = self._count(below & Domain("judgement", "=", "same"))

    def _count(self, domain):
        tree_sudo = self.company_id._offer_tree()
        scheme = tree_sudo._offer_scheme()
        # sudo: numbers only, of pairs of the whole tree.
        return (
            self.env["offer.partner.match"]
            .sudo()
            .search_count(
                domain
                & Domain("anchor_company_id", "in", tree_sudo.ids)
                & Domain("scheme", "in", (False, scheme.name))
                # A rule above the score: no threshold makes these one customer.
                & Domain("verdict", "!=", Verdict.SAME_GROUP.value)
            )
        )
