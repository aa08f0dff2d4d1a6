from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# Records a transaction: large enough not to live on commits, small enough for a user
# who saves one of them meanwhile not to wait.
_PROFILES = 500
_PAIRS = 200
_VERDICTS = 500
_OFFERS = 25
_WORDS = 200
_KEPT = timedelta(days=90)
UNANNOUNCED = "offer_repository_unannounced"


class OfferJob(models.Model):
    """What jobs do. Each stage has two methods.

    ``_count_<stage>()`` returns how many records there are, for the progress.
    ``_run_<stage>(after)`` works on the next batch of records with ids above ``after``
    and returns their ids, none when the stage is over.
    """

    _inherit = "offer.job"

    # ------------------------------------------------------------------
    # Profiles
    # ------------------------------------------------------------------

    @api.model
    def _entity_domain(self):
        # An entity is its own commercial partner: companies and people without one.
        return Domain("is_company", "=", True) | Domain("parent_id", "=", False)

    def _count_profiles(self):
        return self._all_partners().search_count(self._entity_domain())

    def _run_profiles(self, after):
        domain = self._entity_domain() & Domain("id", ">", after)
        partners = self._all_partners().search(domain, order="id", limit=_PROFILES)
        self.env["offer.partner.profile"]._sync(partners)
        return partners.ids

    @api.model
    def _all_partners(self):
        return self.env["res.partner"].sudo().with_context(active_test=False)

    def _count_missing(self):
        return 0

    def _run_missing(self, after):
        """Make profiles of partners that came or changed past Odoo, and stale ones."""
        if not after:
            self._profiles()._query_mark_drifted()
            self.env["offer.partner.key"]._query_drop_orphans()
        ids = self._profiles()._query_missing(after, _PROFILES)
        self.env["offer.partner.profile"]._sync(self._all_partners().browse(ids))
        return ids

    # ------------------------------------------------------------------
    # Pairs
    # ------------------------------------------------------------------

    def _count_pairs(self):
        return self._profiles().search_count([])

    def _run_pairs(self, after):
        # All of them, so every pair comes up at the customer with the smaller id.
        states = ("changed", "compared", "stale")
        return self._compare_next(after, states, is_later_only=True)

    def _count_changed(self):
        return self._profiles().search_count([("state", "=", "changed")])

    def _run_changed(self, after):
        return self._compare_next(after, ("changed",))

    @api.model
    def _profiles(self):
        return self.env["offer.partner.profile"].sudo()

    @api.model
    def _compare_next(self, after, states, is_later_only=False):
        """Look up the next customers and keep the pairs found.

        :return: ids of the partners
        """
        profiles = self._profiles()
        company_ids = profiles._query_next(after, states, _PAIRS)
        loaded = profiles._load(company_ids) if company_ids else {}
        for tree in self._trees() if company_ids else []:
            tree_ids = {False, None, *tree.ids}
            own = {
                partner_id: loaded[partner_id].profile
                for partner_id, company_id in company_ids.items()
                if company_id in tree_ids
            }
            if own:
                found = self.env["offer.partner.key"]._find_all_matches(
                    own, tree, is_later_only
                )
                self.env["offer.partner.match"]._record_all_matches(
                    found, tree, is_later_only
                )
        profiles._query_mark_compared(company_ids)
        return list(company_ids)

    # ------------------------------------------------------------------
    # Weights and thresholds
    # ------------------------------------------------------------------

    def _count_schemes(self):
        return 0

    def _run_schemes(self, after):
        """Choose the weights that suit the customers, once the profiles are made."""
        changed = self.env["res.company"]._offer_choose_schemes()
        if changed and self.kind == "rebuild":
            # Only what changed is compared in it: all the rest is to be weighed anew.
            self._schedule("scheme")
        return []

    @api.model
    def _all_pairs(self, after=0):
        return Domain("id", ">", after)

    def _count_verdicts(self):
        return self.env["offer.partner.match"].sudo().search_count(self._all_pairs())

    def _run_verdicts(self, after):
        """Give pairs the verdict that new thresholds make of their points."""
        pairs_sudo = self.env["offer.partner.match"].sudo()
        found = pairs_sudo.search(self._all_pairs(after), order="id", limit=_VERDICTS)
        found._apply_thresholds()
        return found.ids

    @api.model
    def _trees(self):
        """Return every tree of companies there is, once each, in sudo."""
        # All of them: there are as many companies as branches, not as customers.
        trees, rest = [], self.env["res.company"].sudo().search(Domain.TRUE)
        while rest:
            trees.append(rest[0]._offer_tree())
            rest -= trees[-1]
        return trees

    # ------------------------------------------------------------------
    # Offers and conflicts
    # ------------------------------------------------------------------

    @api.model
    def _open_quotations(self, after=0):
        """Return the domain of quotations that are out and not in the archive."""
        today = fields.Date.context_today(self)
        return (
            Domain("id", ">", after)
            & Domain("state", "=", "sent")
            & Domain("offer_ids", "=", False)
            & (
                Domain("validity_date", "=", False)
                | Domain("validity_date", ">=", today)
            )
        )

    def _count_offers(self):
        return self.env["sale.order"].sudo().search_count(self._open_quotations())

    def _run_offers(self, after):
        """Archive what went out before there was an archive."""
        orders_sudo = self.env["sale.order"].sudo().with_context(**{UNANNOUNCED: True})
        found = orders_sudo.search(
            self._open_quotations(after), order="id", limit=_OFFERS
        )
        for order in found:
            order._offer_backfill()
        return found.ids

    @api.model
    def _live_offers(self, after=0):
        return Domain("id", ">", after) & Domain("is_live", "=", True)

    def _count_conflicts(self):
        return self.env["offer.offer"].sudo().search_count(self._live_offers())

    def _run_conflicts(self, after):
        offers_sudo = self.env["offer.offer"].sudo().with_context(**{UNANNOUNCED: True})
        found = offers_sudo.search(self._live_offers(after), order="id", limit=_OFFERS)
        found.env["offer.conflict"]._detect(found)
        return found.ids

    # ------------------------------------------------------------------
    # Search
    # ------------------------------------------------------------------

    def _count_search(self):
        return self.env["offer.offer"].sudo().search_count([])

    def _run_search(self, after):
        """Read offers for the search; pictures only of those that are out now."""
        found = (
            self.env["offer.offer"]
            .sudo()
            .search([("id", ">", after)], order="id", limit=_WORDS)
        )
        self.env["offer.search.document"]._index(found.ids)
        found._query_found_facts()
        found.filtered("is_live")._make_thumbnails()
        return found.ids

    # ------------------------------------------------------------------
    # Report and house-keeping
    # ------------------------------------------------------------------

    def _report_values(self):
        """Return what the job's form tells once it is done.

        Override to report of more; add a field for it.
        """
        pairs = self.env["offer.partner.match"].sudo()
        undecided = [("judgement", "in", ("pending", "later"))]
        counts = dict(pairs._read_group(undecided, ["verdict"], ["__count"]))
        offers_sudo = self.env["offer.offer"].sudo()
        conflicts_sudo = self.env["offer.conflict"].sudo()
        return {
            "customer_count": self._count_pairs(),
            **{
                f"{verdict}_count": counts.get(verdict, 0)
                for verdict in ("certain", "probable", "possible", "same_group")
            },
            "offer_count": offers_sudo.search_count(self._live_offers()),
            "conflict_count": conflicts_sudo.search_count([("state", "=", "open")]),
        }

    def action_open_pairs(self):
        """Open the pairs that wait for a decision, surest first."""
        self.check_access("read")
        verdict = self.env.context.get("verdict")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customers to review"),
            "res_model": "offer.partner.match",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                ("judgement", "in", ("pending", "later")),
                *([("verdict", "=", verdict)] if verdict else []),
            ],
        }

    def action_open_conflicts(self):
        """Open the conflicts that wait for a decision."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open conflicts"),
            "res_model": "offer.conflict",
            "views": [(False, "list"), (False, "form")],
            "domain": [("state", "=", "open")],
        }

    @api.model
    def _cron_schedule_scan(self):
        """Have the customers that changed since the last night compared."""
        self._schedule("scan")

    @api.autovacuum
    def _gc_old_jobs(self):
        limit = fields.Datetime.now() - _KEPT
        finished = [
            ("state", "in", ("done", "cancelled")),
            ("kind", "!=", "first_run"),
            ("finished_at", "<", limit),
        ]
        self.search(finished, limit=1000).unlink()
