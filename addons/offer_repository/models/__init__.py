# One line a model, grouped by part, so that parallel work rarely meets.
from . import res_company
from . import res_company_scheme
from . import res_users
from . import offer_detection_group
from . import res_config_settings

# archive
from . import offer_offer
from . import offer_revision
from . import offer_revision_chain
from . import offer_revision_line
from . import ir_attachment
from . import sale_order
from . import sale_order_snapshot
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
from . import res_partner_party
from . import res_partner_bank
from . import contact_disclosure
from . import offer_partner_profile
from . import offer_partner_profile_queue
from . import offer_partner_key
from . import offer_partner_key_lookup
from . import offer_partner_match
from . import offer_partner_match_log
from . import offer_partner_match_record
from . import offer_partner_match_judge
from . import offer_partner_match_review
from . import offer_partner_match_fields
from . import offer_partner_match_merge_check
from . import offer_partner_match_calibration
from . import offer_partner_match_threshold_effect
from . import offer_partner_merge
from . import offer_identity
from . import offer_identity_member
from . import offer_identity_derivation
from . import offer_conflict
from . import offer_conflict_detection
from . import offer_conflict_comparison
from . import offer_conflict_decision
from . import offer_conflict_judgement
from . import offer_offer_detection
from . import offer_job
from . import offer_job_stages
from . import offer_conflict_backfill
from . import offer_check
from . import offer_check_card
from . import offer_check_words
from . import offer_check_customer
from . import offer_check_policy
from . import offer_check_override
from . import offer_check_override_answer
from . import offer_check_enforcement
from . import offer_check_recheck
from . import offer_check_alert
from . import offer_handover_request
from . import offer_check_action
from . import offer_check_import
from . import res_partner_check
from . import sale_order_check

# demo
from . import offer_demo
from . import offer_demo_events
from . import offer_demo_surroundings
