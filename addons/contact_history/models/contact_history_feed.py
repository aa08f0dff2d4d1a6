from odoo import api, models
from odoo.fields import Domain


class ContactHistoryFeed(models.AbstractModel):
    """Something that holds contacts, and is read for them.

    A new feed is a new model, nothing else::

        class ContactHistoryFeedTicket(models.AbstractModel):
            _name = "contact.history.feed.ticket"
            _inherit = "contact.history.feed"
            _description = "Contact history: tickets"

            _feed_code = "ticket"
            _feed_model = "helpdesk.ticket"

            def _take(self, records): ...

    ``contact.history.backfill`` reads every feed once, for what was there before the
    addon; ``contact.history.follower`` reads those that say so again and again. The
    model that is read may belong to an app that is not installed: then there is no
    such feed.
    """

    _name = "contact.history.feed"
    _description = "Contact history: feed"

    # Short, unique and stable.
    _feed_code = ""
    # Read in this order: answers are attributed by what they answer.
    _feed_sequence = 100
    # What is read, by ascending id.
    _feed_model = ""

    @api.model
    def _get_feeds(self):
        """Return the available feeds, found through Odoo's registry."""
        names = self.env.registry.descendants(["contact.history.feed"], "_inherit")
        feeds = [self.env[name] for name in names if self.env[name]._feed_code]
        feeds.sort(key=lambda feed: (feed._feed_sequence, feed._feed_code))
        return [feed for feed in feeds if feed._is_available()]

    @api.model
    def _is_available(self):
        """Return whether there is anything of that kind in this database."""
        return self._feed_model in self.env

    @api.model
    def _is_ready(self):
        """Return whether it can be read now. Override when others come first."""
        return True

    @api.model
    def _feed_name(self):
        """Return what people call the records of this feed, translated."""
        return self.env["ir.model"]._get(self._feed_model).name

    @api.model
    def _domain_past(self):
        """Return which records are worth a look. Every feed overrides this."""
        return Domain.FALSE

    @api.model
    def _take(self, records):
        """Record the contacts of these records, each once.

        Every feed overrides this. Reading the same records again adds nothing.

        :param records: of ``_feed_model``, in superuser mode.
        :return: the contact.interaction records that are new.
        """
        return self.env["contact.interaction"].sudo()

    @api.model
    def _domain_changed(self, since):
        """Return which records changed, or happened, after a moment.

        Override to be read again and again. Records may come more often than they
        changed.

        :param since: naive UTC datetime.
        :return: Domain, or None when something else captures what is new.
        """
        return

    @api.model
    def _records_sudo(self):
        # sudo: whoever started it, or the job: contacts of all branches are recorded,
        # and who reads them is decided by their own rules.
        return self.env[self._feed_model].sudo().with_context(active_test=False)
