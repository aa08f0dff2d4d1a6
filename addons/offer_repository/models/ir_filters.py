from odoo import api, models

_OFFER = "offer.offer"


class IrFilters(models.Model):
    """Names of the favourites that come with the archive, in the reader's language.

    Odoo keeps the name of a favourite in one language. Who renames one sees the new
    name, whatever the language.
    """

    _inherit = "ir.filters"

    @api.model
    def get_filters(self, model, *args, **kwargs):
        """Return the favourites of a model, ours by their translated names."""
        filters = super().get_filters(model, *args, **kwargs)
        names = self._offer_names() if model == _OFFER else {}
        for one in filters:
            one["name"] = names.get(one["name"], one["name"])
        return filters

    @api.depends("name", "model_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for one in self:
            one.display_name = one._offer_name()
        return result

    def _offer_name(self):
        """Return the favourite's name as the reader knows it."""
        self.ensure_one()
        if self.model_id != _OFFER:
            return self.name
        return self._offer_names().get(self.name, self.name)

    @api.model
    def _offer_names(self):
        """Return what our favourites are called, by their names in the data."""
        return {
            "Live and due within two weeks": self.env._(
                "Live and due within two weeks"
            ),
            "Lost, by reason": self.env._("Lost, by reason"),
            "Large ones that are live": self.env._("Large ones that are live"),
        }
