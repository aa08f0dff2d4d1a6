"""Time comparing all customers, as the first run does; runs in Odoo's shell.

``LOOKUP_SCAN`` is JSON: ``count`` (how many customers, 0 for all) and ``alone`` (how
many are looked up one by one first, as before there were batches; 0 for none). What to
compare on a busy machine is the processor time, of Odoo and its database process.
"""

import json
import os
import resource
import time

from common.inside import Meter
from common.inside import report as tell

ARGUMENTS = json.loads(os.environ["LOOKUP_SCAN"])
TABLES = "offer_partner_match_log, offer_partner_match, offer_identity_member"


def clear(env):
    env.cr.execute(f"TRUNCATE {TABLES} CASCADE")
    env.cr.execute("DELETE FROM offer_identity")
    env.cr.execute("UPDATE offer_partner_profile SET state = 'changed'")
    env.cr.commit()
    env.invalidate_all()


def one_by_one(env, meter, count):
    """Look customers up alone and keep what is found; return the seconds, twice."""
    ids = [*env["offer.partner.profile"]._query_next(0, ("changed",), count)]
    [tree] = [tree for tree in env["offer.job"]._trees() if len(tree) > 1]
    start, used = time.perf_counter(), meter.processor()
    for number, partner_id in enumerate(ids, 1):
        profile = env["offer.partner.profile"]._load([partner_id])[partner_id].profile
        found = env["offer.partner.key"]._find_matches(profile, tree, partner_id)
        env["offer.partner.match"]._record_matches(partner_id, found, tree)
        if not number % 100:
            env.flush_all()
            env.cr.commit()
            env.invalidate_all()
    return time.perf_counter() - start, meter.processor() - used


def in_batches(env, meter, count):
    """Do what the job does; return how many customers and the seconds, twice."""
    job, after, done = env["offer.job"], 0, 0
    start, used = time.perf_counter(), meter.processor()
    while batch := job._run_pairs(after):
        after, done = max(batch), done + len(batch)
        env.flush_all()
        env.cr.commit()
        env.invalidate_all()
        if count and done >= count:
            break
    return done, time.perf_counter() - start, meter.processor() - used


def main(env):
    report, meter = {}, Meter(env)
    if ARGUMENTS["alone"]:
        clear(env)
        seconds, cpu = one_by_one(env, meter, ARGUMENTS["alone"])
        report["one_by_one_per_second"] = ARGUMENTS["alone"] / seconds
        report["one_by_one_per_cpu_second"] = ARGUMENTS["alone"] / cpu
    clear(env)
    done, seconds, cpu = in_batches(env, meter, ARGUMENTS["count"])
    report |= {
        "customers": done,
        "seconds": seconds,
        "cpu_seconds": cpu,
        "per_second": done / seconds,
        "per_cpu_second": done / cpu,
        "pairs": env["offer.partner.match"].search_count([]),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "load": os.getloadavg()[0],
    }
    tell(report)


main(env)
