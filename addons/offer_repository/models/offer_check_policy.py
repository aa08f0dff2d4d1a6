from odoo import api, fields, models, tools

from ..conflicts import Severity
from ..matching import Verdict

# From nothing at all to no way past it.
LEVELS = ("silent", "inform", "reason", "approval", "block")
# What stops a user until something more has happened.
STOPPING = frozenset(LEVELS[2:])
DEFAULT_LEVEL = "inform"


class OfferCheckPolicy(models.Model):
    """What happens in a branch when a customer is known already.

    Without a rule of its own a branch has those of the company above it; without any,
    users are informed and nothing more.
    """

    _name = "offer.check.policy"
    _inherit = ["contact.history.cached.mixin"]
    _description = "Customer Check Policy"
    _order = "company_id, event, verdict"

    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        ondelete="cascade",
        index=True,
        default=lambda self: self.env.company,
        help="Branches below without a rule for the same event follow this one.",
    )
    event = fields.Selection(
        [
            ("customer", "Customer is saved who is known already"),
            ("quotation", "Quotation goes out while another branch has a live offer"),
            ("conflict", "Quotation goes out into an offer conflict"),
        ],
        required=True,
        default="customer",
    )
    verdict = fields.Selection(
        [
            (Verdict.CERTAIN.value, "Only if certain"),
            (Verdict.PROBABLE.value, "Also if probable"),
        ],
        string="How Sure",
        required=True,
        default=Verdict.CERTAIN.value,
    )
    found_by = fields.Selection(
        [
            ("any", "Anything"),
            ("record", "Same customer record"),
            ("tax", "Same tax number"),
            ("registry", "Same company registry number"),
            ("bank", "Same bank account"),
            ("email", "Same e-mail address"),
            ("phone", "Same phone number"),
            ("website", "Same internet domain"),
            ("name", "Name and address alone"),
        ],
        required=True,
        default="any",
        help="The rule holds for customers who were found by this, among other "
        "evidence. A rule that says nothing holds where this is all that was found.",
    )
    severity = fields.Selection(
        [
            (Severity.LOW.value, "From low on"),
            (Severity.MEDIUM.value, "From medium on"),
            (Severity.HIGH.value, "Only if high"),
        ],
        string="How Severe",
        required=True,
        default=Severity.LOW.value,
        help="Counts for conflicts only; how sure it is that the customers are one is "
        "part of it.",
    )
    level = fields.Selection(
        [
            ("silent", "Say nothing"),
            ("inform", "Inform"),
            ("reason", "Ask for a reason"),
            ("approval", "Need a manager's approval"),
            ("block", "Refuse"),
        ],
        string="What Happens",
        required=True,
        default="reason",
    )

    _company_event_verdict_uniq = models.UniqueIndex(
        "(company_id, event, verdict, found_by, severity)",
        "The branch has a rule for this event, evidence, certainty and severity "
        "already.",
    )

    @api.depends("company_id", "level")
    def _compute_display_name(self):
        levels = dict(self._fields["level"]._description_selection(self.env))
        for policy in self:
            policy.display_name = self.env._(
                "%(company)s: %(level)s",
                company=policy.company_id.display_name,
                level=levels.get(policy.level, ""),
            )

    @api.model
    @tools.ormcache("company_id", "event")
    def _rules(self, company_id, event):
        """Return the rules of an event that count in a branch.

        Cached, because every customer that is saved asks.

        :return: tuple of (verdict or, for conflicts, severity, what it was found by,
            level) texts
        """
        minimum = "severity" if event == "conflict" else "verdict"
        company_sudo = self.env["res.company"].sudo().browse(company_id)
        for company in company_sudo.parent_ids[::-1]:
            # sudo: users obey the rules, they need not read them
            policies_sudo = self.sudo().search(
                [("company_id", "=", company.id), ("event", "=", event)]
            )
            if policies_sudo:
                return tuple(
                    (policy[minimum], policy.found_by, policy.level)
                    for policy in policies_sudo
                )
        return ()

    @api.model
    def _level(self, company, event, match):
        """Return what happens in a branch when a customer was found: the strictest.

        :param match: :class:`~.partner_match.PartnerMatch`
        :return: one of :data:`LEVELS`
        """
        levels = [
            level
            for minimum, found_by, level in self._rules(company.id, event)
            if match.verdict.rank >= Verdict(minimum).rank
            and self._is_found_by(match, found_by, level)
        ]
        return max(levels, key=LEVELS.index, default=DEFAULT_LEVEL)

    @api.model
    def _is_found_by(self, match, found_by, level):
        """Tell whether a rule about this evidence is about a match.

        Silence about phones must not hide whom the tax number found as well.
        """
        if found_by == "any":
            return True
        if level == "silent":
            return match.found_by == {found_by}
        return found_by in match.found_by

    @api.model
    def _conflict_level(self, company, severity):
        """Return what happens in a branch to a quotation that goes into a conflict.

        :param severity: :class:`~..conflicts.Severity`
        :return: one of :data:`LEVELS`
        """
        levels = [
            level
            for minimum, _found_by, level in self._rules(company.id, "conflict")
            if severity.rank >= Severity(minimum).rank
        ]
        return max(levels, key=LEVELS.index, default=DEFAULT_LEVEL)

    @api.model
    def _is_stopping(self, company, event):
        """Tell whether anything can stop a user there: if not, nobody need look."""
        return self._is_gated(company, event, STOPPING)

    @api.model
    def _is_gated(self, company, event, levels):
        """Tell whether any rule about an event has one of these levels."""
        rules = self._rules(company.id, event)
        return any(level in levels for *_when, level in rules)
