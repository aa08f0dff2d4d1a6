"""Stage "restore": an archive verifies after backup and restore, and tells tampering.

The real scripts of ``deploy`` and PostgreSQL's own programs, a real database of Odoo
with its files. What is altered is altered in the restored copy only.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from devkit.console import Problem
from devkit.testing.bench import Bench
from devkit.testing.odoo_stages import INSTALLED
from devkit.testing.outcome import Finding, Outcome
from devkit.testing.verdict import judge_log, tail

_MINUTES = 10
_SAID = re.compile(r"^RESTORE (\{.*\})$", re.MULTILINE)


def run(bench: Bench) -> Outcome:
    """Make an archive, back it up, restore it, verify both, tamper with the copy."""
    database = bench.clone(bench.database(INSTALLED), "archive")
    made = _script(bench, "make_archive", database, "restore-1-archive")
    restored = bench.database("restored")
    _back_up_and_restore(bench, database, restored)
    copy = _script(bench, "tamper_with_archive", restored, "restore-2-copy")
    original = _script(bench, "verify_archives", database, "restore-3-original")
    checks = {
        "The archive is not empty": made["rows"] > 5 and made["documents"] > 2,
        "The archive verifies before": made["findings"] == [],
        "The restored archive verifies": copy["before"] == [],
        "The restored archive holds the same": copy["heads"] == made["heads"],
        "The restored archive verifies again": copy["after"] == [],
        "The original is untouched": original["findings"] == [],
        "Enough was altered": len(copy["altered"]) >= 10,
    }
    named = {
        f"Altered in the restored copy and named: {one['what']}": (
            one["expected"] in one["found"]
        )
        for one in copy["altered"]
    }
    detail = json.dumps({"made": made, "copy": copy, "original": original}, indent=1)
    wrong = [title for title, is_right in {**checks, **named}.items() if not is_right]
    return Outcome(
        passed=len(checks) + len(named) - len(wrong),
        findings=tuple(Finding(f"Not so: {title}", detail) for title in wrong),
    )


def _script(bench: Bench, name: str, database: str, log_name: str) -> dict:
    done = bench.odoo_script(name, database, {}, log_name)
    said = _SAID.findall(done.log)
    if done.exit_code or not said or judge_log(done.log, bench.ours):
        raise Problem(f"{name} failed.\n{tail(done.log)}", "Repair it.")
    return json.loads(said[-1])


def _back_up_and_restore(bench: Bench, database: str, restored: str) -> None:
    folder = bench.layout.local / "restore"
    shutil.rmtree(folder, ignore_errors=True)
    bench.ready.databases.drop(restored)
    said = _deploy(bench, folder, "backup.sh", "--database", database)
    backup = re.search(r"backup complete: (\S+)", said)[1]
    _deploy(bench, folder, "restore.sh", backup, restored)
    bench.ready.databases.mark(restored)
    shutil.rmtree(folder)


def _deploy(bench: Bench, folder: Path, script: str, *words: str) -> str:
    server = bench.ready.server
    path = os.pathsep.join([str(server.bin_folder), os.environ.get("PATH", os.defpath)])
    places = {"ODOO_DATA_DIR": str(bench.layout.data), "BACKUP_DIR": str(folder)}
    done = subprocess.run(
        [str(bench.layout.root / "deploy" / script), *words],
        env={**server.environment(), **places, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_MINUTES * 60,
        check=False,
    )
    if done.returncode:
        raise Problem(f"{script} failed.\n{done.stdout}", "Repair it.")
    return done.stdout
