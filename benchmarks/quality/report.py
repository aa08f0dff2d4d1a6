"""Results of a run as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator


def as_markdown(document: dict) -> str:
    """Return the whole document."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: dict) -> Iterator[str]:
    yield "# Quality of duplicate detection"
    yield ""
    yield f"{document['date']}; {document['machine']}."
    yield "R@p: recall left at precision p. Thresholds are picked on the scored"
    yield "register, for every tool alike. Memory: all processes of a tool together."
    for name, register in document["registers"].items():
        yield ""
        yield f"## {name}: {register['duplicates']} pairs of duplicates"
        yield ""
        yield from _tools(register["tools"])
        yield from _verdicts(register["tools"].get("ours", {}))
        yield from _tags(register["tools"], "flagged_by_tag", "Look-alikes flagged")
        yield from _tags(register["tools"], "recall_by_tag", "Recall by difficulty")


def _tools(tools: dict[str, dict]) -> Iterator[str]:
    columns = "tool candidates F1 precision recall R@.95 R@.99 seconds CPU-seconds MB"
    yield f"| {columns.replace(' ', ' | ')} |"
    yield f"|{'---|' * 10}"
    for tool, result in tools.items():
        costs = (str(result[key]) for key in ("seconds", "cpu_seconds", "peak_mb"))
        took = f"{' | '.join(costs)} |"
        top = result.get("best_f1")
        if not top:
            yield f"| {tool} | {result.get('failed', 'nothing found')} ||||||| {took}"
            continue
        levels = result["at_precision"]
        cells = [
            _figure(result["candidate_recall"]),
            *(_figure(top[key]) for key in ("f1", "precision", "recall")),
            *(_recall(levels[level]) for level in ("0.95", "0.99")),
        ]
        yield f"| {tool} | {' | '.join(cells)} | {took}"


def _figure(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def _recall(level: dict | None) -> str:
    return _figure(level["recall"]) if level else "never"


def _verdicts(ours: dict) -> Iterator[str]:
    if "verdicts" not in ours:
        return
    yield ""
    yield "| our verdict | pairs | right | share of all duplicates |"
    yield "|---|---|---|---|"
    for name, row in ours["verdicts"].items():
        shares = f"{_figure(row['precision'])} | {_figure(row['share_of_duplicates'])}"
        yield f"| {name} | {row['pairs']} | {shares} |"
    yield ""
    yield "| our score | pairs | mean score | right |"
    yield "|---|---|---|---|"
    for row in ours["calibration"]:
        start = row["from"]
        span = f"{start:.1f} to {start + 0.1:.1f}"
        means = f"{_figure(row['mean_score'])} | {_figure(row['right'])}"
        yield f"| {span} | {row['pairs']} | {means} |"


def _tags(tools: dict[str, dict], key: str, title: str) -> Iterator[str]:
    shown = {tool: result[key] for tool, result in tools.items() if result.get(key)}
    if not shown:
        return
    at = ", ".join(f"{tool}: {tools[tool]['tags_at']}" for tool in shown)
    yield ""
    yield f"{title} ({at})"
    yield ""
    yield f"| tag | pairs | {' | '.join(shown)} |"
    yield f"|---|---|{'---|' * len(shown)}"
    for tag, (pairs, _rate) in next(iter(shown.values())).items():
        rates = (_figure(of_tool[tag][1]) for of_tool in shown.values())
        yield f"| {tag} | {pairs} | {' | '.join(rates)} |"
