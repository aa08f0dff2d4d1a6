from odoo.addons.contact_history.models.sql_functions import drop_functions

ADDON = "offer_repository"

# Rows that name a model by text: (model of the row, its field). Odoo leaves them.
_NAMED_BY_TEXT = (("ir.filters", "model_id"), ("ir.exports", "resource"))
# What Odoo's mixins file under their own module, though it describes our models.
_FILED_ELSEWHERE = (
    ("ir.model.fields.selection", "field_id.model"),
    ("ir.model.inherit", "model_id.model"),
)


def post_init_hook(env):
    """Look at the customers and quotations that are there already.

    At once when they are few; otherwise in the background, for hours if need be.
    Quotations that are closed are taken over in the background; not with demo data,
    whose story has its own archive.
    """
    env["offer.job"]._on_install()
    if not env.ref(f"base.module_{ADDON}").demo:
        groups = env["sale.order"]._read_group(
            [("state", "in", ("sent", "sale", "cancel"))], ["company_id"]
        )
        env["offer.backfill"]._start(
            env["res.company"].union(*(company for (company,) in groups))
        )


def uninstall_hook(env):
    """Remove what Odoo would leave behind when it removes the addon.

    Runs while the models are still there. Tables, views, rules and attachments are
    Odoo's own work; the rows here would stay for ever and name models that are gone.
    """
    # Odoo drops tables, not functions.
    drop_functions(env.cr, "offer_partner_profile_store")
    own = [
        name for name, model in env.registry.items() if model._original_module == ADDON
    ]
    for model, field in _NAMED_BY_TEXT:
        env[model].with_context(active_test=False).search([(field, "in", own)]).unlink()
    for model, field in _FILED_ELSEWHERE:
        described = env[model].search([(field, "in", own)])
        env["ir.model.data"].search(
            [
                ("model", "=", model),
                ("res_id", "in", described.ids),
                ("module", "!=", ADDON),
            ]
        ).unlink()
    env["ir.config_parameter"].search([("key", "=like", f"{ADDON}.%")]).unlink()
    env["ir.model.constraint"].search(
        [("module.name", "=", ADDON), ("type", "=", "f")]
    ).unlink()
