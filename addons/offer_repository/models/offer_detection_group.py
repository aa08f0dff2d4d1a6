from odoo import api, fields, models


class OfferDetectionGroup(models.Model):
    """Separate companies that look for each other's customers and offers.

    Branches of one root company need no group: they belong together anyway.
    """

    _name = "offer.detection.group"
    _description = "Offer Detection Group"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    company_ids = fields.One2many(
        "res.company",
        "offer_detection_group_id",
        string="Companies",
        help="Duplicate customers and offer conflicts are looked for across these "
        "companies and all their branches.",
    )

    @api.ondelete(at_uninstall=False)
    def _release_companies(self):
        """Take the companies out first, so that cached record rules are renewed."""
        self.company_ids.offer_detection_group_id = False
