from odoo import models
from odoo.fields import Domain

from ..timeline import shorten


class ContactHistorySourceRating(models.AbstractModel):
    """Ratings that customers gave, read with the reader's rights."""

    _name = "contact.history.source.rating"
    _inherit = "contact.history.source"
    _description = "Ratings"

    _source_code = "rating"
    _source_sequence = 30
    _source_kind = "rating"

    def _is_available(self):
        return self.env["rating.rating"].has_access("read")

    def _read_entries(self, partners, before, limit, filters):
        if filters.is_active:
            return []
        ratings = self.env["rating.rating"].search(
            Domain("partner_id", "in", partners.ids)
            & Domain("consumed", "=", True)
            # These are shown by their own source.
            & Domain("res_model", "!=", "contact.feedback")
            & Domain("rated_on", "!=", False)
            & self._domain_before(before, "rated_on"),
            order="rated_on desc, id desc",
            limit=limit,
        )
        return [self._prepare_entry(rating) for rating in self._readable(ratings)]

    def _readable(self, ratings):
        """Leave out ratings of documents that the reader may not open.

        Odoo lets every colleague read every rating, with its words.
        """
        readable = set()
        for name, given in ratings.grouped("res_model").items():
            if name in self.env:
                documents = self.env[name].browse(set(given.mapped("res_id"))).exists()
                readable |= {
                    (name, one.id) for one in documents._filtered_access("read")
                }
        return ratings.filtered(lambda one: (one.res_model, one.res_id) in readable)

    def _prepare_entry(self, rating):
        # sudo: names of people, as Odoo shows them for any link.
        rating_sudo = rating.sudo()
        return {
            "id": rating.id,
            "kind": "rating",
            "occurred_at": rating.rated_on.replace(microsecond=0),
            "direction": "incoming",
            "label": self.env._("%(stars)s of 5", stars=f"{rating.rating:g}"),
            "subject": rating.res_name,
            "preview": shorten(rating.feedback or ""),
            "user_name": rating_sudo.rated_partner_id.name,
            "partner_name": rating_sudo.partner_id.name,
            "res_model": rating.res_model,
            "res_id": rating.res_id,
        }
