"""Fed to ``odoo shell`` once, after the demo database is made; it brings ``env``.

The demo must not talk to the world: paid services and the publisher's statistics are
pointed at a port where nobody listens, and their scheduled jobs are switched off.
"""

NOWHERE = "http://127.0.0.1:9"
ENDPOINTS = (
    "iap.endpoint",
    "sms.endpoint",
    "enrich.endpoint",
    "iap.partner_autocomplete.endpoint",
    "snailmail.endpoint",
)
CALLING_JOBS = (
    "mail.ir_cron_module_update_notification",
    "crm_iap_enrich.ir_cron_lead_enrichment",
)

for name in ENDPOINTS:
    env["ir.config_parameter"].set_param(name, NOWHERE)  # noqa: F821
for xml_id in CALLING_JOBS:
    job = env.ref(xml_id, raise_if_not_found=False)  # noqa: F821
    if job:
        job.active = False
# Otherwise the first visitor waits half a minute for styles and scripts.
env["ir.qweb"]._pregenerate_assets_bundles()  # noqa: F821
env.cr.commit()  # noqa: F821
