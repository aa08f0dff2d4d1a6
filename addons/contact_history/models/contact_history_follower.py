from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 500
# Transactions that were open at the last look show up within this time.
OVERLAP = timedelta(minutes=30)
UNASSIGNED_LIMIT = 2000


class ContactHistoryPosition(models.Model):
    """How far a feed has been followed."""

    _name = "contact.history.position"
    _description = "Contact history: position"
    _rec_name = "feed"

    feed = fields.Char(required=True, readonly=True)
    followed_at = fields.Datetime(required=True, readonly=True)

    _feed_uniq = models.UniqueIndex("(feed)", "This feed is followed already.")


class ContactHistoryFollower(models.AbstractModel):
    """Reads the feeds that change by themselves, and documents that get a customer."""

    _name = "contact.history.follower"
    _description = "Contact history: follower"

    @api.model
    def _cron_follow(self):
        """Record what has happened since the last look; each feed stays by itself."""
        for feed in self.env["contact.history.feed"]._get_feeds():
            followed = self._follow(feed)
            self.env["ir.cron"]._commit_progress(followed)
        self._assign_by_document()

    @api.model
    def _follow(self, feed):
        """Take what changed in one feed, and remember when.

        :return: how many records were looked at.
        """
        now = fields.Datetime.now()
        # sudo: the job's own memory.
        positions_sudo = self.env["contact.history.position"].sudo()
        position_sudo = positions_sudo.search([("feed", "=", feed._feed_code)])
        since = position_sudo.followed_at or self._installed_at()
        domain = feed._domain_changed(since - OVERLAP)
        if domain is None:
            return 0
        looked = self._take_all(feed, domain)
        if position_sudo:
            position_sudo.followed_at = now
        else:
            positions_sudo.create({"feed": feed._feed_code, "followed_at": now})
        return looked

    def _installed_at(self):
        return self.env["contact.history.backfill"]._installed_at()

    def _take_all(self, feed, domain):
        looked, last = 0, 0
        while True:
            records = feed._records_sudo().search(
                domain & Domain("id", ">", last), order="id", limit=BATCH
            )
            feed._take(records)
            looked += len(records)
            if len(records) < BATCH:
                return looked
            last = records[-1].id

    # ------------------------------------------------------------------
    # Senders that become known by the document they wrote to
    # ------------------------------------------------------------------

    @api.model
    def _assign_by_document(self):
        """Give contacts of unknown senders to whom their document belongs by now.

        Somebody nobody knows writes, a lead is made of it, and later a salesperson
        says on the lead who the customer is.
        """
        # sudo: documents of all branches; only the contact's customer is set.
        rows_sudo = (
            self.env["contact.interaction"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", False),
                    ("candidate_ids", "=", False),
                    ("res_id", "!=", False),
                ],
                order="occurred_at desc, id desc",
                limit=UNASSIGNED_LIMIT,
            )
        )
        for name, rows in rows_sudo.grouped("res_model").items():
            if name in self.env:
                self._assign_rows(self.env[name].sudo(), rows)

    def _assign_rows(self, model_sudo, rows_sudo):
        documents_sudo = model_sudo.browse(set(rows_sudo.mapped("res_id"))).exists()
        partners = documents_sudo._mail_get_partners()
        for row_sudo in rows_sudo:
            customers = partners.get(row_sudo.res_id, self.env["res.partner"])
            customers = customers.filtered("partner_share")
            if len(customers.commercial_partner_id) == 1:
                row_sudo.write(self._prepare_assignment(row_sudo, customers))

    def _prepare_assignment(self, row_sudo, customers):
        """Whose address it is, is known; anybody else on the document is a maybe."""
        same = customers.filtered(
            lambda one: one.email_normalized == row_sudo.address_normalized
        )
        if same:
            return {"partner_id": same[:1].id, "certainty": "known"}
        return {
            "partner_id": customers[:1].id,
            "certainty": "maybe",
            "candidate_ids": [fields.Command.set(customers[:1].ids)],
        }
