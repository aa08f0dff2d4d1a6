from dataclasses import replace
from functools import lru_cache

from odoo import api, fields, models, tools

from ..judgements import points_of
from ..matching import DEFAULT_SCHEME, Profile, choose_scheme

# By what kind of register they are for: their names carry a version, which may be
# another one after an upgrade.
_SCHEMES = {
    "general": DEFAULT_SCHEME,
    "persons": choose_scheme([Profile(is_person=True)]),
}
# So many customers are looked at to choose; fewer than that say nothing about a tree.
_SAMPLE = 5000
_ENOUGH = 200


class ResCompany(models.Model):
    """By which weights and thresholds a tree compares; kept at its root."""

    _inherit = "res.company"

    offer_scheme_choice = fields.Selection(
        [
            ("auto", "Choose by the customers there are"),
            ("general", "Companies, and people with phone or e-mail"),
            ("persons", "People with name and address only"),
        ],
        string="Scheme of the Comparison",
        default="auto",
        required=True,
        help="How much each kind of evidence counts. Where only names and addresses "
        "are known, they have to count for more.",
    )
    # What "auto" came to at the last first run or renewal of profiles.
    offer_scheme_found = fields.Selection(
        [
            ("general", "Companies, and people with phone or e-mail"),
            ("persons", "People with name and address only"),
        ],
        string="Scheme Chosen",
        default="general",
        required=True,
        readonly=True,
    )
    offer_certain_percent = fields.Float(
        string="Certain From (%)",
        digits=(5, 2),
        help="0: as the scheme of the comparison says.",
    )
    offer_probable_percent = fields.Float(
        string="Probable From (%)",
        digits=(5, 2),
        help="0: as the scheme of the comparison says.",
    )

    _offer_percent_range = models.Constraint(
        "CHECK(offer_probable_percent >= 0 AND offer_certain_percent < 100 "
        "AND offer_certain_percent >= offer_probable_percent)",
        "The thresholds must lie between 0 and 100 %, certain not below probable.",
    )

    def cache_invalidation_fields(self):
        own = {
            "offer_scheme_choice",
            "offer_scheme_found",
            "offer_certain_percent",
            "offer_probable_percent",
        }
        return super().cache_invalidation_fields() | own

    def write(self, vals):
        """Compare everything again when somebody wants other weights."""
        before = {company: company._offer_scheme_kind() for company in self.sudo()}
        result = super().write(vals)
        if "offer_scheme_choice" in vals and any(
            company._offer_scheme_kind() != kind for company, kind in before.items()
        ):
            # sudo: the job follows from the setting, whoever may change that.
            self.env["offer.job"].sudo()._schedule("scheme")
        return result

    def _offer_scheme_kind(self):
        """Return which weights a tree with this root is compared by."""
        self.ensure_one()
        choice = self.offer_scheme_choice
        return self.offer_scheme_found if choice == "auto" else choice

    def _offer_scheme(self):
        """Return the scheme that customers of a tree are compared by.

        One object as long as nothing is changed: the comparison keeps results by it.

        :param self: the whole tree, see :meth:`_offer_tree`
        :return: :class:`~..matching.Scheme`
        """
        return _scheme(*self._offer_scheme_wishes())

    @tools.ormcache("self._ids")
    def _offer_scheme_wishes(self):
        """Return what the tree's root is set to; asked at every look-up."""
        root_sudo = self.env["offer.identity"]._anchor(self.sudo())
        return (
            root_sudo._offer_scheme_kind(),
            root_sudo.offer_certain_percent,
            root_sudo.offer_probable_percent,
        )

    @api.model
    def _offer_choose_schemes(self):
        """Choose the weights of every tree that leaves it to us, by its customers.

        :return: ``res.company`` in sudo, the roots of trees that got other ones
        """
        profiles = self.env["offer.partner.profile"].sudo()
        changed_sudo = self.sudo().browse()
        for tree_sudo in self.env["offer.job"]._trees():
            root_sudo = self.env["offer.identity"]._anchor(tree_sudo)
            sample = profiles._sample(tree_sudo, _SAMPLE)
            kind = "general"
            if len(sample) >= _ENOUGH:
                is_persons = choose_scheme(sample) is _SCHEMES["persons"]
                kind = "persons" if is_persons else kind
            if root_sudo.offer_scheme_found != kind:
                root_sudo.offer_scheme_found = kind
                if root_sudo.offer_scheme_choice == "auto":
                    changed_sudo |= root_sudo
        return changed_sudo


@lru_cache(maxsize=256)
def _scheme(kind, certain_percent, probable_percent):
    """Return the scheme of a kind, with thresholds of one's own if not 0."""
    scheme = _SCHEMES[kind]
    wishes = {"certain": certain_percent, "probable": probable_percent}
    own = {
        name: points_of(percent / 100, scheme.slope, scheme.offset)
        for name, percent in wishes.items()
        if percent
    }
    if "probable" in own:
        own["possible"] = min(scheme.possible, own["probable"])
    return replace(scheme, **own) if own else scheme
