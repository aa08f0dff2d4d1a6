"""Measure quality: our engine and other tools on the same records in the same run.

    python benchmarks/quality/run.py                  small registers, no dedupe
    python benchmarks/quality/run.py --data dev febrl3 --tools ours splink
    python benchmarks/quality/run.py --data branches_1_100000 --tools ours splink

Results go to benchmarks/results/ as JSON and Markdown, named by date and ``--label``.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

from measured import Measured, machine, measure  # noqa: E402
from one_tool import TOOLS  # noqa: E402
from registers_used import FEBRL, GENERATED, Labelled, prepare  # noqa: E402
from scoring import (  # noqa: E402
    PRECISIONS,
    Pair,
    Truth,
    at_precision,
    best,
    calibration,
)

from report import as_markdown  # noqa: E402

OURS = "ours"
SMALL = ("dev", *GENERATED, *FEBRL)
ALL_TOOLS = (*TOOLS, OURS)
# One register takes it many minutes and up to 10 GB.
DEFAULT_TOOLS = tuple(tool for tool in ALL_TOOLS if tool != "dedupe")


def main() -> None:
    """Run every tool on every register, one after the other."""
    options = _options()
    results: dict[str, dict] = {}
    for name in options.data:
        register = prepare(name, options.folder, options.shared)
        truth = Truth(register.records, register.relations)
        results[name] = {"duplicates": truth.total, "tools": {}}
        for tool in options.tools:
            result = _result(tool, register, truth, options.timeout)
            results[name]["tools"][tool] = result
            sys.stderr.write(f"{name} {tool}: {_in_short(result)}\n")
    _write(results, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", nargs="+", default=SMALL, metavar="REGISTER")
    parser.add_argument("--tools", nargs="+", default=DEFAULT_TOOLS, choices=ALL_TOOLS)
    parser.add_argument(
        "--timeout", type=float, default=3600, help="seconds for a tool"
    )
    parser.add_argument("--label", default="quality", help="in the results' file name")
    parser.add_argument("--out", type=Path, default=HERE.parent / "results")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / ".local" / "bench", help="made registers"
    )
    return parser.parse_args()


def _result(tool: str, register: Labelled, truth: Truth, seconds: float) -> dict:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        target = Path(folder) / "pairs.csv"
        measured = measure(_command(tool, register, Path(folder), target), seconds)
        took = {
            "seconds": round(measured.seconds, 1),
            "cpu_seconds": round(measured.cpu_seconds, 1),
            "peak_mb": round(measured.peak_mb),
        }
        # Our command says with 1 that rows were broken.
        if measured.code not in (0, 1) or not target.exists():
            return {**took, "failed": _last_line(measured)}
        scores, verdicts = _read(target)
    return {**took, **_quality(scores, verdicts, truth)}


def _command(tool: str, register: Labelled, folder: Path, target: Path) -> list[str]:
    if tool != OURS:
        script = str(HERE / "one_tool.py")
        return [sys.executable, script, tool, str(register.records), str(target)]
    plain = folder / "register.csv"
    _unpack(register.records, plain)
    return [
        *(sys.executable, str(ROOT / "tools" / "match_csv.py"), str(plain)),
        *("--out", str(target)),
    ]


def _unpack(packed: Path, plain: Path) -> None:
    """Write a register without the truth."""
    from rivals.records import read_rows

    rows = read_rows(packed)
    kept = [name for name in rows[0] if name not in {"cluster_id", "tags"}]
    with plain.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, kept, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _last_line(measured: Measured) -> str:
    lines = measured.errors.strip().splitlines()
    return lines[-1] if lines else f"exit code {measured.code}"


def _read(path: Path) -> tuple[dict[Pair, float], dict[Pair, str]]:
    scores, verdicts = {}, {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            left, right = sorted((row["left_id"], row["right_id"]))
            scores[left, right] = float(row["score"])
            verdicts[left, right] = row.get("verdict", "")
    return scores, verdicts


def _quality(
    scores: dict[Pair, float], verdicts: dict[Pair, str], truth: Truth
) -> dict:
    found = sum(1 for pair in truth.duplicates() if pair in scores)
    sweep = truth.sweep(scores)
    quality = {
        "pairs": len(scores),
        "candidate_recall": round(found / truth.total, 4),
    }
    if not sweep:
        return quality
    top = best(sweep)
    levels = {str(p): at_precision(sweep, p) for p in PRECISIONS}
    chosen = levels["0.99"] or top
    flagged = {pair for pair, score in scores.items() if score >= chosen.threshold}
    return {
        **quality,
        "best_f1": top.as_dict(),
        "at_precision": {p: q and q.as_dict() for p, q in levels.items()},
        "tags_at": "precision 0.99" if levels["0.99"] else "best F1",
        "recall_by_tag": truth.recall_by_tag(flagged),
        "flagged_by_tag": truth.flagged_by_tag(flagged),
        **_by_verdict(scores, verdicts, truth),
    }


def _by_verdict(
    scores: dict[Pair, float], verdicts: dict[Pair, str], truth: Truth
) -> dict:
    """Return how often each verdict is right, and how well scores are calibrated."""
    named = sorted(set(filter(None, verdicts.values())))
    if not named:
        return {}
    result = {}
    for name in named:
        of_it = [truth.verdict(pair) for pair, v in verdicts.items() if v == name]
        right, wrong = of_it.count(True), of_it.count(False)
        result[name] = {
            "pairs": len(of_it),
            "precision": round(right / max(1, right + wrong), 4),
            "share_of_duplicates": round(right / truth.total, 4),
        }
    return {"verdicts": result, "calibration": calibration(scores, truth)}


def _in_short(result: dict) -> str:
    if "failed" in result:
        return f"failed: {result['failed']}"
    top, level = result.get("best_f1"), result.get("at_precision", {}).get("0.99")
    recall = level["recall"] if level else "never"
    return (
        f"F1 {top['f1'] if top else '-'}, R@.99 {recall},"
        f" {result['seconds']} s, {result['cpu_seconds']} s CPU,"
        f" {result['peak_mb']} MB"
    )


def _write(results: dict[str, dict], options: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    document = {"date": f"{now:%Y-%m-%d %H:%M} UTC", "machine": machine()}
    document["registers"] = results
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"{now:%Y-%m-%d}-{options.label}.json"
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    path.with_suffix(".md").write_text(as_markdown(document))
    sys.stderr.write(f"{path.with_suffix('.md')}\n")


if __name__ == "__main__":
    main()
