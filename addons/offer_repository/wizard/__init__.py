from . import base_partner_merge
from . import offer_conflict_resolve
from . import offer_conflict_resolve_side
from . import offer_partner_match_merge
from . import offer_partner_match_threshold
from . import portal_share
from . import offer_retention_purge
from . import offer_offer_hold
