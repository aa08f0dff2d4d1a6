# One line a model, grouped by part, so that parallel work rarely meets.
from . import res_company
from . import res_users
from . import offer_detection_group
from . import res_config_settings

# archive
from . import offer_chain_mixin
from . import offer_offer
from . import offer_offer_state
from . import offer_offer_versions
from . import offer_revision
from . import offer_revision_chain
from . import offer_revision_line
from . import offer_event
from . import offer_archive_verify
from . import offer_archive_check
from . import offer_archive_finding
from . import offer_archive_export
from . import offer_offer_retention
from . import offer_backfill
from . import ir_attachment
from . import sale_order
from . import sale_order_publication
from . import sale_order_backfill
from . import sale_order_snapshot
from . import mail_template
from . import sale_order_document
from . import sale_order_document_parties
from . import sale_order_line_document
from . import ir_actions_report
from . import crm_lead
from . import res_partner_offer
from . import contact_history_source_offer

# detection
from . import res_company_history
from . import res_partner
from . import contact_disclosure
from . import offer_partner_key
from . import offer_partner_match
from . import offer_partner_match_log
from . import offer_partner_match_record
from . import offer_partner_match_judge
from . import offer_identity
from . import offer_identity_member
from . import offer_identity_derivation
from . import offer_conflict
from . import offer_conflict_detection
from . import offer_conflict_comparison
from . import offer_conflict_decision
from . import offer_conflict_judgement
from . import offer_offer_detection
from . import offer_check
from . import offer_check_card

# demo
from . import offer_demo
from . import offer_demo_events
from . import offer_demo_surroundings
