from . import base_partner_merge
from . import contact_followup_preview
from . import contact_interaction_assign
from . import contact_interaction_import
from . import contact_phone_endpoint_secret
from . import contact_phone_import
from . import contact_retention_start
