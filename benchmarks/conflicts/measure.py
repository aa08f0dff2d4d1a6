"""Time the check for conflicts; runs in Odoo's shell.

``CONFLICTS_MEASURE`` is JSON: ``count`` (of each). In the form (``check_customer`` of a
quotation), at sending and at the second look (``_detect``), and the rescan of so many
offers. Processor time is that of Odoo and its database process.
"""

import json
import os

from common.inside import Meter, percentiles, profiled, report

COUNT = json.loads(os.environ["CONFLICTS_MEASURE"])["count"]
WARM = 20


def live_offers(env, company, count):
    """Return live offers of a branch, spread over all; the same at every call."""
    env.cr.execute(
        "SELECT id FROM offer_offer WHERE state = 'sent' AND company_id = %s "
        "AND current_revision_id IS NOT NULL AND id %% 997 < 100 "
        "ORDER BY hashint4(id) LIMIT %s",
        [company.id, count],
    )
    return env["offer.offer"].browse(row[0] for row in env.cr.fetchall())


def timed(env, meter, action, items):
    """Return percentiles of clock and processor time; everything is undone."""
    spent = []
    for item in items:
        env.invalidate_all()
        spent.append(meter.timed(action, item)[1])
        env.cr.rollback()
    clock, processor = zip(*spent[WARM:], strict=True)
    return {"ms": percentiles(clock), "cpu_ms": percentiles(processor)}


def main(env):
    user = env["res.users"].search([("login", "=", "benchmark")])
    company, meter = user.company_id, Meter(env)
    offers = live_offers(env, company, COUNT + WARM)
    customers = offers.commercial_partner_id.ids
    check = env["offer.check"].with_user(user).with_company(company)
    conflict = env["offer.conflict"]

    def in_form(partner_id):
        check.check_customer({"model": "sale.order", "partner_id": partner_id})

    def at_send(offer_id):
        conflict._detect(env["offer.offer"].browse(offer_id), is_sending=True)
        env.flush_all()

    def at_second_look(offer_id):
        conflict._detect(env["offer.offer"].browse(offer_id))
        env.flush_all()

    def trivial(_number):
        env["res.partner"].with_user(user).browse(user.partner_id.id).read(["name"])

    found = {
        "form": timed(env, meter, in_form, customers),
        "send": timed(env, meter, at_send, offers.ids),
        "second_look": timed(env, meter, at_second_look, offers.ids),
        "trivial_read": timed(env, meter, trivial, range(COUNT + WARM)),
    }
    found |= {"customers": customers, "offers": offers.ids, "actions": actions(env)}
    result, (clock, processor) = meter.timed(profiled, rescan, env, offers.ids)
    found["rescan"] = {
        "offers": result,
        "per_second": 1000 * result / clock,
        "per_cpu_second": 1000 * result / processor,
        "cases": env["offer.conflict"].search_count([]),
    }
    env.cr.rollback()
    report(found)


def actions(env):
    """Return the ids of server actions: the check at sending, and nothing at all."""
    check = (
        "env['offer.conflict']._detect(env['offer.offer'].sudo().browse("
        "env.context['bench_offer']), is_sending=True)"
    )
    values = {
        "model_id": env["ir.model"]._get("res.partner").id,
        "state": "code",
        "group_ids": [(4, env.ref("base.group_user").id)],
    }
    made = env["ir.actions.server"].create(
        [
            {**values, "name": "Send", "code": check},
            {**values, "name": "Nothing", "code": "pass"},
        ]
    )
    env.cr.commit()  # the server is another process
    return dict(zip(("send", "nothing"), made.ids, strict=True))


def rescan(env, offer_ids):
    """Look again at offers as the job does after changed settings."""
    for first in range(0, len(offer_ids), 100):
        env["offer.conflict"]._detect(
            env["offer.offer"].browse(offer_ids[first : first + 100])
        )
        env.flush_all()
        env.invalidate_all()
    return len(offer_ids)


main(env)
