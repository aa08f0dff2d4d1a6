"""For the scripts that run in Odoo's shell: time, processor time, profile, report.

On a busy machine the clock says little. Processor time is that of this process and of
its PostgreSQL process together.
"""

import cProfile
import json
import os
import pstats
import statistics
import sys
import time

from odoo import api
from odoo.modules.registry import Registry


class Meter:
    """Measures pieces of work by the clock and by processor time, in milliseconds."""

    def __init__(self, env):
        self.env = env
        env.cr.execute("SELECT pg_backend_pid()")
        [(backend,)] = env.cr.fetchall()
        self._usage = f"/proc/{backend}/schedstat"

    def processor(self):
        """Return the processor seconds that both have used so far."""
        with open(self._usage) as file:
            return time.process_time() + int(file.read().split()[0]) / 1e9

    def queries(self):
        """Return how many queries this cursor has sent."""
        return self.env.cr.sql_log_count

    def timed(self, action, *arguments):
        """Return what an action returned, and (clock, processor) milliseconds."""
        start, used = time.perf_counter(), self.processor()
        result = action(*arguments)
        spent = 1000 * (time.perf_counter() - start)
        return result, (spent, 1000 * (self.processor() - used))


class Side:
    """One of two databases that do the same work in turns."""

    def __init__(self, env):
        self.env = env
        self.meter = Meter(env)
        self.spent = {}

    def timed(self, name, action, *arguments):
        """Do it and all that a commit would do; keep what it took under a name."""
        result, took = self.meter.timed(self._committed, action, arguments)
        self.spent.setdefault(name, []).append(took)
        return result

    def _committed(self, action, arguments):
        result = action(*arguments)
        self.env.cr.flush()
        return result


def sides(env):
    """Return two sides: ours, and the database ``BENCH_WITHOUT`` without our addons.

    Both in this process, so that other work on the machine meets both alike.
    """
    cursor = Registry(os.environ["BENCH_WITHOUT"]).cursor()
    without = api.Environment(cursor, env.uid, dict(env.context))
    return Side(env), Side(without)


def compare(ours, without):
    """Return medians of what both sides took, and the ratios; undo everything."""
    for side in (ours, without):
        side.env.cr.rollback()
    without.env.cr.close()
    found = {"with": _medians_of(ours), "without": _medians_of(without)}
    found["ratio"] = {
        what: [
            one / other
            for one, other in zip(
                found["with"][what], found["without"][what], strict=True
            )
        ]
        for what in found["with"]
    }
    found["columns"] = ["clock_ms", "processor_ms"]
    return found


def _medians_of(side):
    return {what: medians(times) for what, times in side.spent.items()}


def medians(times):
    """Return wall and processor milliseconds, without the first fifth."""
    kept = times[len(times) // 5 or 1 :]
    return [statistics.median(column) for column in zip(*kept, strict=True)]


def percentiles(times):
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "n": len(times)}


def profiled(action, *arguments):
    """Do it; with ``BENCH_PROFILE`` set, write there what took how long."""
    path = os.environ.get("BENCH_PROFILE")
    if not path:
        return action(*arguments)
    profile = cProfile.Profile()
    result = profile.runcall(action, *arguments)
    with open(path, "w", encoding="utf-8") as file:
        stats = pstats.Stats(profile, stream=file)
        stats.sort_stats("cumulative").print_stats(150)
        stats.print_stats("(offer_repository|contact_history)/", 100)
        stats.sort_stats("tottime").print_stats(60)
    return result


def report(found):
    """Hand the result to ``common.driver``."""
    sys.stdout.write(f"RESULT {json.dumps(found)}\n")
    sys.stdout.flush()
