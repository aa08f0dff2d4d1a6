import logging

from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, mute_logger

from ..conflicts import assess_case, signature
from .partner_match import itself

_logger = logging.getLogger(__name__)

# First half of the advisory lock's key: "offer conflicts of a tree". Any number will do
# that nobody else in the database uses.
_LOCK_SPACE = 0x0FFE4C
# Context: in the sender's transaction, who has been shown a notice.
IS_SENDING = "offer_repository_is_sending"
SILENT = {
    # Whoever sends an offer must not become a follower of the case, see its creation
    # in a mailbox or be named in its chatter.
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "mail_notrack": True,
    "tracking_disable": True,
}


class OfferConflict(models.Model):
    """How cases are opened and kept up to date."""

    _inherit = "offer.conflict"

    @api.model
    def _detect(self, offers, is_sending=False):
        """Open or update the cases that these offers are part of.

        Runs at send, in the sender's transaction, and again in the cron: a transaction
        does not see what another one has not committed yet. What another transaction
        is working on is left to that second look.

        :param offers: ``offer.offer``
        :param is_sending: leave to the second look what is no conflict: whoever sends
            need not wait for matches and identities to be written down
        :return: the offers that could not be looked at now
        """
        deferred = offers.browse()
        # Superuser: the case is the managers' affair, no trace of it may hang on the
        # salesperson whose sending brought it to light.
        context = {**SILENT, IS_SENDING: is_sending}
        detector = self.with_user(SUPERUSER_ID).with_context(**context)
        for offer in offers.with_env(detector.env):
            if not detector._detect_one(offer, is_sending):
                deferred |= offers.browse(offer.id)
        return deferred

    @api.model
    def _detect_one(self, offer, is_sending=False):
        """Look at one offer; tell whether that was possible now."""
        if not offer.is_live or not offer.commercial_partner_id:
            return True
        tree = offer.company_id._offer_tree()
        found = self._find_matches(offer, tree)
        matches = self._with_group(self._likely(offer, found), tree)
        live = self._live_rivals(offer, matches, tree)
        rivals = live - self._settled_rivals(offer)
        news = self._decided_news(offer, live, tree)
        if not rivals and not found and not news:
            return True
        if is_sending and not news and not self._collides(offer, rivals, matches, tree):
            return True
        if not self._try_lock(tree):
            return False
        # Flushed by hand, for the savepoint's own way wakes the cron each time.
        self.env.flush_all()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
                for case, text in news:
                    case._reopen(text)
                if news:
                    rivals = live - self._settled_rivals(offer)
                self._record(offer, rivals, found, tree)
                self.env.flush_all()
        except UniqueViolation:
            self.env.transaction.clear()  # what was undone must not be found in it
            # Somebody committed the same finding after this transaction's snapshot was
            # taken: the cron, with a snapshot of its own, brings the two together.
            _logger.info("Conflict check of offer %s is left to the cron.", offer.id)
            return False
        return True

    @api.model
    def _find_matches(self, offer, tree):
        """Return who else the offer's customer may be, everywhere in the tree."""
        entity = offer.commercial_partner_id
        profile = self.env["offer.partner.profile"]._of(entity)
        return self.env["offer.partner.key"]._find_matches(profile, tree, entity.id)

    @api.model
    def _likely(self, offer, found):
        """Return the matches that a conflict may rest on, the customer's own first."""
        own = itself(offer.commercial_partner_id.id)
        return [own, *(match for match in found if match.is_likely)]

    @api.model
    def _settled_rivals(self, offer):
        """Return the offers that people have decided about together with this one."""
        decided = offer.conflict_ids.filtered(lambda case: case.state == "decided")
        return decided.offer_ids

    @api.model
    def _live_rivals(self, offer, matches, tree):
        """Return the live offers of other sides than the offer's to these customers."""
        domain = Domain("commercial_partner_id", "in", [m.partner_id for m in matches])
        if tree._offer_conflict_side() == "branch":
            tree -= offer.company_id
        domain &= Domain("company_id", "in", tree.ids)
        domain &= Domain("is_live", "=", True)
        side = offer._conflict_side()
        return (
            self.env["offer.offer"]
            .search(domain)
            .filtered(lambda rival: rival._conflict_side() != side)
        )

    @api.model
    def _try_lock(self, tree):
        """Let one transaction at a time write the cases of a tree, without waiting."""
        anchor = self.env["offer.identity"]._anchor(tree)
        [(got_it,)] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", _LOCK_SPACE, anchor.id)
        )
        return got_it

    @api.model
    def _record(self, offer, rivals, found, tree):
        """Write down matches, identity and case."""
        finder = offer.user_id.id or SUPERUSER_ID
        self.env["offer.partner.match"].with_user(finder)._write_down(
            offer.commercial_partner_id.id, found, tree
        )
        if not rivals:
            return
        matches = self._likely(offer, found)
        involved = rivals.commercial_partner_id | offer.commercial_partner_id
        identities = self.env["offer.identity"].with_user(finder)
        identity = identities.sudo()._link(
            offer.commercial_partner_id,
            [match for match in matches if match.partner_id in involved.ids],
            tree,
        )
        case = self._open_case(identity, rivals | offer)
        offers = case.offer_ids | rivals | offer
        values = self._assessment_values(identity, offers)
        if not values:
            return
        if case:
            case.write(values)
        else:
            self._create_case(identity, values)

    @api.model
    def _open_case(self, identity, offers):
        """Return the open case of a customer or of one of these offers, at most one."""
        cases = self.search(
            [
                ("state", "=", "open"),
                "|",
                ("identity_id", "=", identity.id),
                ("offer_ids", "in", offers.ids),
            ]
        )
        if len(cases) > 1:
            cases._unite(identity)
        return cases.exists()

    @api.model
    def _create_case(self, identity, values):
        offers = self.env["offer.offer"].browse(values["offer_ids"][0][2])
        case = self.create(
            {
                **values,
                "name": self.env["ir.sequence"].next_by_code("offer.conflict"),
                "identity_id": identity.id,
                "signature": signature(
                    str(identity.id),
                    map(str, offers.company_id.ids),
                    map(str, offers.ids),
                ),
            }
        )
        self.env.flush_all()  # a violated index must show inside the savepoint
        case._tell()
        return case

    @api.model
    def _assessment_values(self, identity, offers):
        """Return the field values of a case over these offers, empty without one."""
        currency = identity.anchor_company_id.currency_id
        partner_of = {str(offer.id): offer.commercial_partner_id.id for offer in offers}
        kinship = identity._kinship(set(partner_of.values()))

        def verdict_of(left, right):
            return kinship.verdict(partner_of[left], partner_of[right])

        offers._conflict_prefetch()
        proposals = [offer._conflict_proposal(currency) for offer in offers]
        case = assess_case(proposals, verdict_of)
        if case is None:
            return {}
        collided = {key for pair in case.pairs for key in (pair.left, pair.right)}
        return self._case_values(
            case, currency, offers.filtered(lambda offer: str(offer.id) in collided)
        )

    @api.model
    def _case_values(self, case, currency, offers):
        spread = case.widest.spread
        return {
            "offer_ids": [fields.Command.set(offers.ids)],
            "company_ids": [fields.Command.set(offers.company_id.ids)],
            "currency_id": currency.id,
            "severity": case.worst.severity.value,
            "reasons": [
                {"code": reason.code, "points": reason.points, "value": reason.value}
                for reason in case.worst.reasons
            ],
            "lowest_amount": currency.round(spread.lowest),
            "highest_amount": currency.round(spread.highest),
            "spread_amount": currency.round(spread.amount),
            "spread_percent": spread.percent,
            "spread_basis": spread.basis,
            "overlap_percent": 100.0 * case.worst.overlap.share,
        }

    def _unite(self, identity):
        """Bring the cases of identities that became one together.

        A customer has one open case at a time: the oldest takes over the offers of the
        others, which go. Decided cases stay what they are.
        """
        self.filtered(lambda case: case.state == "decided").identity_id = identity
        open_cases = self.filtered(lambda case: case.state == "open").sorted("id")
        stays, others = open_cases[:1], open_cases[1:]
        if others:
            offers = open_cases.offer_ids
            others.unlink()
            stays.write(
                {
                    "offer_ids": [fields.Command.set(offers.ids)],
                    "company_ids": [fields.Command.set(offers.company_id.ids)],
                }
            )
        stays.identity_id = identity
