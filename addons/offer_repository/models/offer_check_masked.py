from odoo import api, models

from .partner_match import FOUND_BY

# What is told of a customer whom the reader may not read, by the code of the evidence
# and the code whose words are used. Whatever comes close, or is part of something, is
# left out: one could try streets, cities and words until all that is stored is known.
_MASKED = {
    **{code: code for code in FOUND_BY},
    **{
        code: code
        for code in ("vat_differs", "registry_differs", "phone_differs")
        + ("mobile_differs", "email_differs", "email_differs_free")
        + ("third_certain", "third_probable")
    },
    "vat_typo": "vat_differs",
    "registry_typo": "registry_differs",
    "phone_typo": "phone_differs",
    "name_equal_unique": "name_fair",
    "name_equal_rare": "name_fair",
    "name_equal_some": "name_fair",
    "name_equal_common": "name_fair",
    "name_close": "name_fair",
    "name_near": "name_fair",
    "name_fair": "name_fair",
}


class OfferCheck(models.AbstractModel):
    """What evidence about a customer of another branch may tell."""

    _inherit = "offer.check"

    @api.model
    def _masked_words(self, match):
        """Return the same where the reader may not read the customer."""
        return self._words_of(
            match,
            [
                item._replace(
                    code=_MASKED[item.code],
                    # A number that nearly is the one looks like any other.
                    points=-abs(item.points)
                    if item.code.endswith("_typo")
                    else item.points,
                )
                for item in match.evidence
                if item.code in _MASKED
            ],
        )
