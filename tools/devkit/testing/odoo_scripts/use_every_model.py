"""Work with offer_repository until each of its tables has rows, and its views filters.

What is made here must all be gone after the addon is uninstalled.
"""

import base64

from odoo.fields import Command

ADDON = "offer_repository"
MANAGER_GROUP = "offer_repository.offer_repository_group_manager"


def as_user(user):
    return env(user=user, context={"allowed_company_ids": user.company_ids.ids})


# Room for the customers and the to-do that people will enter below.
env["res.partner"].search([("name", "like", "Spare %")]).unlink()
env["mail.activity"].search([("summary", "=", "Spare")]).unlink()

branches = env["res.company"].search([("name", "like", "Residue %")])
quotations = env["sale.order"].search([("company_id", "in", branches.ids)])
manager = env["res.users"].search([("login", "=", "residue.manager")])
manager.group_ids = [Command.link(env.ref(MANAGER_GROUP).id)]
root = branches.root_id
root.offer_conflict_manager_id = manager
root.offer_detection_group_id = env["offer.detection.group"].create({"name": "All"})

# Both branches send; the second one looked at the warning before.
for order in quotations.sorted("id"):
    seller = as_user(order.user_id)
    seller["offer.check"].check_customer(
        {"model": "sale.order", "partner_id": order.partner_id.id}
    )
    order.with_env(seller).action_quotation_sent()
for cron in env["ir.cron"].search([("cron_name", "ilike", "conflict")]):
    cron.method_direct_trigger()

# The policy asks a seller for a reason; a card of another branch leads to a request.
first, second = (as_user(order.user_id) for order in quotations.sorted("id")[:2])
env["offer.check.policy"].create({"company_id": root.id, "verdict": "probable"})
known = {"name": "Residue known", "email": "known@residue.example"}
customer = first["res.partner"].create({**known, "company_id": first.company.id})
second["res.partner"].create({**known, "offer_check_reason": "Another plant"})
answer = second["offer.check"].check_customer(
    {"model": "res.partner", "email": known["email"]}
)
[key] = [card["key"] for card in answer["customers"] if "partner_id" not in card]
second["offer.check"].ask_branch(key, "Who goes on?")
second["offer.check"].request_handover(key, "They moved here.")
second.company.sudo().offer_fishing_limit = 1
env["offer.check.alert"]._alert(second.user, second.company, 1, 0)

# A manager works on the case, and people arrange their screens.
conflict = as_user(manager)["offer.conflict"].search([], limit=1)
conflict.message_post(body="Who was first?")
conflict.activity_schedule("mail.mail_activity_data_todo", user_id=manager.id)
resolve = conflict.env["offer.conflict.resolve"].create(
    {"conflict_id": conflict.id, "decision": "joint", "reason": "One offer together."}
)
resolve.action_resolve()

# What the gate, a decision and the managers leave behind, each once.
order = second["sale.order"].browse(quotations.sorted("id")[1].id).sudo()
env["offer.release.request"].create(
    {
        "order_id": order.id,
        "user_id": second.user.id,
        "company_id": second.company.id,
        "state": "asked",
        "level": "approval",
        "override_id": env["offer.check.override"].search([], limit=1).id,
    }
)
case = conflict.sudo()
env["offer.claim"]._grant(case.identity_id, first.company, "manual", 30)
env["offer.conflict.effect"].create({"conflict_id": case.id, "code": "tell"})
env["offer.conflict.draft"].create(
    {
        "conflict_id": case.id,
        "user_id": second.user.id,
        "company_id": second.company.id,
        "partner_id": order.partner_id.id,
        "subject": "Our offer",
        "body": "One of us will call.",
    }
)
env["offer.winback.rule"].create({"name": "Residue"})
point = env["offer.readiness.policy"]._selection_point()[0][0]
env["offer.readiness.policy"].create({"point": point})

# Three records of one customer: a pair is judged, two others are merged.
twins = env["res.partner"].create(
    [{"name": f"Residue Twin {number}", "is_company": True} for number in range(3)]
)
pair = env["offer.partner.match"].create(
    {
        "left_partner_id": twins[0].id,
        "right_partner_id": twins[1].id,
        "anchor_company_id": root.id,
        "verdict": "probable",
    }
)
pair.judge("same", "The same people.")
env["base.partner.merge.automatic.wizard"]._merge(twins[1:].ids, twins[1])

# The archive is checked, with something to find, and old quotations are taken over.
offer = env["offer.offer"].search([], limit=1)
offer._log_event("hold", "Residue")
env.flush_all()
env.cr.execute(
    "UPDATE offer_revision SET amount_total = amount_total + 1 WHERE offer_id = %s",
    (offer.id,),
)
env.invalidate_all()
check = env["offer.archive.check"]._check_companies(offer.company_id)
check.activity_schedule("mail.mail_activity_data_todo", user_id=manager.id)
env["offer.backfill"]._start(offer.company_id)
env["offer.retention.run"]._start(offer.company_id, 1)

# Offers made outside Odoo: a file, a list, an address; and what they are found by.
document = b"%PDF-1.4 Residue"
item, _refusal = first["offer.intake"]._upload("Residue.pdf", document, first.company)
item.write({"partner_id": customer.id, "amount_total": 5, "amount_untaxed": 4})
item.with_env(first).action_take()
first.company.sudo().offer_satisfaction_ask = "lost"
item.offer_id._set_state("lost", only_from=("sent",))
waiting, _refusal = first["offer.intake"]._upload(
    "Waiting.pdf", document + b" 2", first.company
)
waiting.with_env(first).line_ids = [
    Command.create({"name": "Lathe", "quantity": 1, "price_unit": 5})
]
domain = env["mail.alias.domain"].search([("name", "=", "residue.example")])
env["offer.mailbox"].create(
    {
        "company_id": first.company.id,
        "alias_name": "offers.residue",
        "alias_domain_id": domain.id,
    }
)
table = b"Number,Customer,Date,Total\nR/1,Residue known,2026-11-01,5\n"
job = first["offer.import"].create(
    {"list_name": "residue.csv", "list_file": base64.b64encode(table)}
)
job.action_read()
job.action_check()
env["offer.document.text"]._cron_read()
env["offer.search.document"]._index(env["offer.offer"].search([]).ids)
saved = first["ir.filters"].create(
    {"name": "Residue", "model_id": "offer.offer", "domain": "[]", "context": "{}"}
)
first["offer.search.subscription"].create({"filter_id": saved.id})
env["ir.filters"].create({"name": "Mine", "model_id": "offer.offer", "domain": "[]"})
env["ir.default"].set("res.company", "offer_conflict_window_days", 30)
env["ir.config_parameter"].set_param(f"{ADDON}.rebuilt_up_to", 1)
env["ir.exports"].create({"name": "Offers", "resource": "offer.offer"})
env["ir.attachment"].create(
    {"name": "note.txt", "raw": b"x", "res_model": "offer.conflict", "res_id": 1}
)
env.cr.commit()

empty = [
    name
    for name, model in env.items()
    if model._original_module == ADDON
    and model._auto
    and not model._abstract
    and not model._transient
    and not env[name].sudo().with_context(active_test=False).search_count([], limit=1)
]
assert not empty, f"Nothing was made of {empty}; the check of residues needs all."
