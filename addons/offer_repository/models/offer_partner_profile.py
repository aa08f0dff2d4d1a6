from dataclasses import dataclass

from odoo import api, fields, models
from odoo.tools import SQL

from ..matching import PROFILE_VERSION, Profile, ProfileError, normalise


@dataclass(frozen=True, slots=True)
class LoadedProfile:
    """A stored profile.

    :ivar parent_id: id of the partner above the commercial entity, or ``None``
    """

    profile: Profile
    parent_id: int | None


class OfferPartnerProfile(models.Model):
    """A customer in normal form, ready to be compared, one row a commercial entity.

    Addresses and contact persons below a company count for it. Rows and the keys made
    of them (``offer.partner.key``) follow the partner in every create, write, delete
    and merge; what people judge about customers is kept elsewhere.
    """

    _name = "offer.partner.profile"
    _description = "Customer Profile"
    _order = "id"
    _rec_name = "partner_id"
    # Rows are derived and many: who made them when is the partner's affair.
    _log_access = False

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    # The partner's own, beside the keys: look-ups stay within a tree of companies.
    company_id = fields.Many2one(
        "res.company",
        ondelete="set null",
        index="btree_not_null",
    )
    dump = fields.Text(required=True)
    version = fields.Integer(
        required=True,
        help="Of the normal form. Rows of an older one are made anew.",
    )
    # When it was made or found to be right; partners written later are looked at.
    made_at = fields.Datetime(required=True, default=fields.Datetime.now)
    state = fields.Selection(
        [
            ("stale", "To be made anew"),
            ("changed", "To be compared"),
            ("compared", "Compared"),
        ],
        default="changed",
        required=True,
    )

    # A constraint rather than an index: Odoo's contact merge knows what to do with it.
    _partner_uniq = models.Constraint(
        "UNIQUE(partner_id)", "A customer has one profile."
    )
    # serves the jobs, which look for what is left to do
    _pending_idx = models.Index("(state, partner_id) WHERE state != 'compared'")

    def init(self):
        """Have the jobs make anew what an older release of the addon made."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE offer_partner_profile
                SET state = 'stale'
                WHERE version != %s AND state != 'stale'
                """,
                PROFILE_VERSION,
            )
        )

    # ------------------------------------------------------------------
    # Keeping in step
    # ------------------------------------------------------------------

    @api.model
    def _catch_up(self):
        """Bring profiles and keys in step with what this transaction changed."""
        self.env["contact.partner.upkeep"]._catch_up()

    @api.model
    def _sync(self, partners):
        """Bring these partners' commercial entities up to date, profiles and keys.

        :param partners: ``res.partner``, contacts as well as companies; those that
            exist no more are passed over
        :return: number of customers whose profile is new or another one
        """
        return self._follow({*partners.ids, *partners._query_offer_entities()})

    @api.model
    def _follow(self, partner_ids):
        """Do the same for ids of contacts, and of all commercial entities they have.

        :return: number of customers whose profile is new or another one
        """
        members = self.env["res.partner"]._offer_members(partner_ids)
        contacts = {
            row["id"]: row
            for rows in members.values()
            for row in rows
            if row["id"] not in members
        }
        others = partner_ids - members.keys()
        gone = {
            partner_id
            for partner_id in others
            if partner_id not in contacts or contacts[partner_id]["stored"]
        }
        if gone:
            self._query_drop(gone)
        return self._store(members)

    @api.model
    def _make(self, partners):
        """Return the profiles made from what is stored of partners now.

        :return: dict of commercial entity's id to :class:`~..matching.Profile`
        """
        parties = partners._offer_parties()
        return {entity_id: normalise(party) for entity_id, party in parties.items()}

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _of(self, entity_sudo):
        """Return the profile of one commercial entity.

        :param entity_sudo: ``res.partner``, one that exists
        """
        return self._load(entity_sudo.ids)[entity_sudo.id].profile

    @api.model
    def _load(self, partner_ids):
        """Return the profiles of many customers in one query, by partner id.

        What is missing or of another version is made on the spot; the job that makes
        everything anew stores it.

        :return: dict of partner id to :class:`LoadedProfile`
        """
        self._catch_up()
        loaded, missing = {}, {}
        for partner_id, parent_id, dump in self._query_loaded(partner_ids):
            try:
                loaded[partner_id] = LoadedProfile(Profile.load(dump or ""), parent_id)
            except ProfileError:
                missing[partner_id] = parent_id
        if missing:
            partners_sudo = self.env["res.partner"].sudo().browse(missing)
            for partner_id, profile in self._make(partners_sudo).items():
                loaded[partner_id] = LoadedProfile(profile, missing.get(partner_id))
        return loaded

    @api.model
    def _query_loaded(self, partner_ids):
        """Return (partner id, parent id, dump or None) of the partners that exist."""
        self.env["res.partner"].flush_model(["parent_id"])
        return self.env.execute_query(
            SQL(
                """
                SELECT partner.id, partner.parent_id,
                       CASE WHEN profile.version = %s THEN profile.dump END
                FROM res_partner AS partner
                LEFT JOIN offer_partner_profile AS profile
                    ON profile.partner_id = partner.id
                WHERE partner.id = ANY(%s)
                """,
                PROFILE_VERSION,
                list(partner_ids),
            )
        )
