from . import base_partner_merge
from . import offer_conflict_resolve
from . import offer_conflict_resolve_side
from . import portal_share
