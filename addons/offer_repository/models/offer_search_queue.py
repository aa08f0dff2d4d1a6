from odoo import api, fields, models
from odoo.tools import SQL

_TOUCHED = "offer_repository.search_touched"
_BATCH = 100
_LANGUAGES = "offer_repository.search_languages"
_LAST_TEXT = "offer_repository.search_last_text"


class OfferSearchQueue(models.Model):
    """Offers whose words are to be read anew: the one place that keeps them in step.

    Whoever changes what an offer is found by calls :meth:`_touch` or
    :meth:`_touch_customers`. That costs one insert at the end of the transaction; the
    rows are worked off in the background within seconds. Users only add rows, the job
    only takes some, so nobody waits for anybody.
    """

    _name = "offer.search.queue"
    _description = "Offer to be Read for the Search"
    _rec_name = "offer_id"
    _log_access = False
    _order = "id"

    # No foreign key: a row costs nothing when its offer is gone.
    offer_id = fields.Integer(required=True)

    # ------------------------------------------------------------------
    # Noting
    # ------------------------------------------------------------------

    @api.model
    def _touch(self, offer_ids):
        """Have these offers read anew once the transaction is over."""
        self._noted()[0].update(offer_ids)

    @api.model
    def _touch_customers(self, partner_ids):
        """Have the offers of these partners, and of who is the same, read anew."""
        self._noted()[1].update(partner_ids)

    @api.model
    def _noted(self):
        precommit = self.env.cr.precommit
        noted = precommit.data.get(_TOUCHED)
        if noted is None:
            noted = precommit.data[_TOUCHED] = (set(), set())
            precommit.add(self.sudo()._catch_up)
        return noted

    @api.model
    def _catch_up(self):
        """Put into the queue what this transaction touched, and wake the job."""
        offer_ids, partner_ids = self.env.cr.precommit.data.pop(_TOUCHED, ((), ()))
        added = 0
        if offer_ids:
            added += self._query_add(SQL("SELECT unnest(%s::int[])", sorted(offer_ids)))
        if partner_ids:
            added += self._query_add(self._query_offers_of(sorted(partner_ids)))
        # By the cached number: every quotation that is sent comes through here.
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "offer_repository.ir_cron_offer_search_index"
        )
        if cron_id and added:
            self.env["ir.cron"].sudo().browse(cron_id)._trigger()

    @api.model
    def _query_add(self, offer_ids):
        self.env.cr.execute(
            SQL("INSERT INTO offer_search_queue (offer_id) %s", offer_ids)
        )
        return self.env.cr.rowcount

    @api.model
    def _query_offers_of(self, partner_ids):
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.env["offer.offer"].flush_model(["partner_id", "commercial_partner_id"])
        self.env["offer.identity.member"].flush_model()
        return SQL(
            """
            WITH entity (id) AS (
                SELECT commercial_partner_id FROM res_partner WHERE id = ANY(%s)
            ), same (id) AS (
                SELECT id FROM entity
                UNION
                SELECT mate.partner_id
                FROM entity
                JOIN offer_identity_member AS own ON own.partner_id = entity.id
                JOIN offer_identity_member AS mate ON mate.identity_id = own.identity_id
            )
            SELECT offer.id FROM offer_offer AS offer
            WHERE offer.commercial_partner_id IN (SELECT id FROM same)
            UNION
            SELECT offer.id FROM offer_offer AS offer WHERE offer.partner_id = ANY(%s)
            """,
            partner_ids,
            partner_ids,
        )

    # ------------------------------------------------------------------
    # Working off
    # ------------------------------------------------------------------

    @api.model
    def _cron_index(self):
        """Read the offers in the queue, batch by batch, a commit after each."""
        self._catch_up()
        self._note_languages()
        self._note_texts()
        while True:
            done = self._work_off()
            remaining = self.search_count([], limit=1)
            time_left = self.env["ir.cron"]._commit_progress(done, remaining=remaining)
            if not done or not time_left:
                return

    @api.model
    def _work_off(self):
        """Read the offers of one batch; tell how many."""
        rows = self.search([], limit=_BATCH)
        if not rows:
            return 0
        offer_ids = sorted(set(rows.mapped("offer_id")))
        offers = self.env["offer.search.document"]._index(offer_ids)
        offers._query_found_facts()
        offers._make_thumbnails()
        rows.unlink()
        return len(offer_ids)

    @api.model
    def _note_languages(self):
        """Have everything read anew once another language is searched in."""
        parameters = self.env["ir.config_parameter"].sudo()
        now = " ".join(self.env["offer.search.document"]._languages()) or "simple"
        before = parameters.get_param(_LANGUAGES)
        if before != now:
            parameters.set_param(_LANGUAGES, now)
            if before:
                self.env["offer.job"]._schedule("search")

    @api.model
    def _note_texts(self):
        """Add the offers of documents whose text was extracted since the last run."""
        if "offer.document.text" not in self.env:
            return
        parameters = self.env["ir.config_parameter"].sudo()
        last = int(parameters.get_param(_LAST_TEXT, 0))
        texts = self.env["offer.document.text"].sudo()
        new = texts.search_fetch([("id", ">", last)], ["revision_id"], order="id")
        if new:
            offer_ids = new.revision_id.offer_id.ids
            self._query_add(SQL("SELECT unnest(%s::int[])", offer_ids))
            parameters.set_param(_LAST_TEXT, str(max(new.ids)))
