from dataclasses import replace

from odoo import fields, models

from ..judgements import points_of
from ..matching import DEFAULT_SCHEME


class ResCompany(models.Model):
    """The tree's own thresholds of the comparison, kept at its root."""

    _inherit = "res.company"

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

    def _offer_scheme(self):
        """Return the scheme that customers of a tree are compared by.

        :param self: the whole tree, see :meth:`_offer_tree`
        :return: :class:`~..matching.Scheme`
        """
        anchor_sudo = self.env["offer.identity"]._anchor(self.sudo())
        wishes = {
            "certain": anchor_sudo.offer_certain_percent,
            "probable": anchor_sudo.offer_probable_percent,
        }
        own = {
            name: points_of(percent / 100, DEFAULT_SCHEME.slope, DEFAULT_SCHEME.offset)
            for name, percent in wishes.items()
            if percent
        }
        if "probable" in own:
            own["possible"] = min(DEFAULT_SCHEME.possible, own["probable"])
        return replace(DEFAULT_SCHEME, **own) if own else DEFAULT_SCHEME
