"""Make a telephone endpoint, or count what came in; runs in Odoo's shell.

``CAPTURE_TELEPHONE`` is JSON: ``address`` makes an endpoint at this address of the
server and customers with ``numbers``; ``count`` counts the calls of the endpoint.
"""

import json
import os

from common.inside import report

ARGUMENTS = json.loads(os.environ["CAPTURE_TELEPHONE"])


def make(env, address, numbers):
    env["ir.config_parameter"].set_param("web.base.url", address)
    endpoint = env["contact.phone.endpoint"].create({"name": "Benchmark"})
    env["res.partner"].create(
        [{"name": f"Caller {number}", "phone": number} for number in numbers]
    )
    shown = env["contact.phone.endpoint.secret"].browse(
        endpoint.action_new_secret()["res_id"]
    )
    env.cr.commit()
    return {"endpoint": endpoint.id, "address": shown.address}


def count(env, endpoint_id):
    calls = env["contact.phone.call"].search([("endpoint_id", "=", endpoint_id)])
    return {"calls": len(calls), "different": len(set(calls.mapped("call_id")))}


if "address" in ARGUMENTS:
    found = make(env, ARGUMENTS["address"], ARGUMENTS["numbers"])
else:
    found = count(env, ARGUMENTS["count"])
report(found)
