"""Run one tool on one register in a process of its own: ``one_tool.py TOOL IN OUT``.

OUT gets ``left_id,right_id,score``. The caller measures time and memory from outside.
"""

from __future__ import annotations

import csv
import importlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "tools"), str(ROOT / "addons/offer_repository")]

# Name in the tables: module and function.
TOOLS = {
    "odoo_vat": ("odoo_rules", "find_same_vat"),
    "odoo_crm": ("odoo_rules", "find_crm_like"),
    "pg_trgm": ("trigram_tool", "find"),
    "recordlinkage_ecm": ("recordlinkage_tool", "find_ecm"),
    "recordlinkage_logistic": ("recordlinkage_tool", "find_logistic"),
    "dedupe": ("dedupe_tool", "find"),
    "splink": ("splink_tool", "find"),
    "our_candidates": ("our_candidates", "find"),
}


def main() -> None:
    """Read, let the tool find, write."""
    tool, source, target = sys.argv[1:]
    records = importlib.import_module("rivals.records")
    module, function = TOOLS[tool]
    find = getattr(importlib.import_module(f"rivals.{module}"), function)
    rows = records.read_rows(Path(source))
    answers = records.Answers(rows)
    scores = find([records.clean(row) for row in rows], answers)
    with open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("left_id", "right_id", "score"))
        writer.writerows((*pair, score) for pair, score in scores.items())


if __name__ == "__main__":
    main()
