from odoo import api, models


class ContactHistoryQueueReader(models.AbstractModel):
    """What is made of messages: readers see what was posted before they look."""

    _name = "contact.history.queue.reader"
    _description = "Contact history: reader of what is recorded later"

    @api.model
    def _search(self, domain, *args, **kwargs):
        """A transaction finds what it posted itself."""
        self.env["contact.history.queue"]._catch_up_own()
        return super()._search(domain, *args, **kwargs)

    @api.model
    def web_search_read(self, domain, specification, *args, **kwargs):
        self.env["contact.history.queue"]._catch_up()
        return super().web_search_read(domain, specification, *args, **kwargs)

    @api.model
    def web_read_group(self, domain, groupby, *args, **kwargs):
        self.env["contact.history.queue"]._catch_up()
        return super().web_read_group(domain, groupby, *args, **kwargs)

    # They may record what waits, so Odoo must not run them on a replica.
    web_search_read._readonly = web_read_group._readonly = False


class ContactInteraction(models.Model):
    _name = "contact.interaction"
    _inherit = ["contact.interaction", "contact.history.queue.reader"]


class ContactResponse(models.Model):
    _name = "contact.response"
    _inherit = ["contact.response", "contact.history.queue.reader"]
