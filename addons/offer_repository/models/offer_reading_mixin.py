from odoo import api, models


class OfferReadingMixin(models.AbstractModel):
    """Rows that say something of offers: who reads them is written into the log.

    That may happen in whatever these ways read, so Odoo must not run them on a replica.
    """

    _name = "offer.reading.mixin"
    _description = "Read Where the Log Can Be Written"

    @api.model
    def web_search_read(self, *args, **kwargs):
        return super().web_search_read(*args, **kwargs)

    @api.model
    def web_read_group(self, *args, **kwargs):
        return super().web_read_group(*args, **kwargs)

    @api.model
    def search_read(self, *args, **kwargs):
        return super().search_read(*args, **kwargs)

    def web_read(self, specification):
        return super().web_read(specification)

    for _way in (web_search_read, web_read_group, search_read, web_read):
        _way._readonly = False
    del _way
