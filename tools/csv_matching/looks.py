"""The two looks at the pairs of a scan; see ``matching.second_look``."""

from __future__ import annotations

import csv
import io
import marshal
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring as _quoted
from pathlib import Path

from matching import (
    Look,
    Match,
    Profile,
    Verdict,
    conclude,
    hear,
    judge,
    load_scheme,
    observe,
)
from matching.batch import CompactCounts, candidates
from matching.cluster import Link
from matching.features import Seen
from matching.hopeless import is_hopeless
from matching.second_look import FirstLook

from .spool import ProfileReader, TextReader, numbers_of, range_width, read_numbers
from .steps import VERDICTS, current_job

_LINKING = frozenset({Verdict.CERTAIN, Verdict.PROBABLE})
_Looked = tuple[int, int, list[Seen]]
# Points as numbers in files that know no sign and no fraction.
_FRACTIONS, _ABOVE_ZERO = 1000, 1_000_000


@dataclass(frozen=True)
class Compared:
    """What one range of pairs came to: how many of each verdict, and the links."""

    by_verdict: dict[str, int]
    links: list[Link]


def first_look(part: int) -> int:
    """Compare one range of pairs and keep what is any match; return how many."""
    folder, scheme = current_job().folder, load_scheme(current_job().scheme)
    records = _opened(folder)
    kept: list[_Looked] = []
    found = array("Q")
    profiles, last, left = records.profiles, -1, Profile()
    for pair in candidates(numbers_of(folder, "pairs", part)):
        if pair.left != last:
            last, left = pair.left, profiles[pair.left]
        right = profiles[pair.right]
        if is_hopeless(pair, left, right):
            continue
        seen = observe(left, right, records.counts)
        look = judge(seen, scheme)
        if look:
            kept.append((pair.left, pair.right, seen))
            found.extend((pair.left, pair.right, VERDICTS.index(look.verdict)))
            found.append(round(look.points * _FRACTIONS) + _ABOVE_ZERO)
    (folder / f"first-{part:02d}").write_bytes(found.tobytes())
    (folder / f"seen-{part:02d}").write_bytes(marshal.dumps(kept))
    return len(kept)


def second_look(part: int) -> Compared:
    """Judge one range again, by what third records say, and write the matches."""
    job = current_job()
    scheme, first = load_scheme(job.scheme), _first_look(job.folder)
    ids = _opened(job.folder).ids
    text, links, by_verdict = io.StringIO(), [], dict.fromkeys(VERDICTS, 0)
    writer = csv.writer(text, lineterminator="\n")
    for left, right, seen in _all_pairs(part, first):
        match = conclude(seen, scheme)
        if match.verdict != Verdict.SAME_GROUP:
            match = hear(match, first.thirds(left, right), scheme)
        if match.verdict not in job.verdicts:
            continue
        by_verdict[match.verdict] += 1
        writer.writerow((ids[left], ids[right], *_columns(match)))
        if match.verdict in _LINKING:
            is_certain = match.verdict == Verdict.CERTAIN
            links.append(Link(left, right, match.score, is_certain))
    (job.folder / f"matches-{part:02d}").write_text(text.getvalue())
    return Compared(by_verdict, links)


def _all_pairs(part: int, first: FirstLook) -> Iterator[_Looked]:
    """Yield the pairs of a range in order: those kept, and what third records add."""
    folder = current_job().folder
    pairs = marshal.loads((folder / f"seen-{part:02d}").read_bytes())
    records = _opened(folder)
    width = range_width(len(records.ids))
    for left in range(part * width, min((part + 1) * width, len(records.ids))):
        for right in first.brought_up(left):
            one, other = records.profiles[left], records.profiles[right]
            pairs.append((left, right, observe(one, other, records.counts)))
    yield from sorted(pairs, key=_records)


def _records(looked: _Looked) -> tuple[int, int]:
    return looked[0], looked[1]


def _columns(match: Match) -> tuple[str, str, str]:
    rows = [
        f'{{"code":"{e.code}","points":{round(e.points, 3)},'
        f'"left":{_quoted(e.left)},"right":{_quoted(e.right)}}}'
        for e in match.evidence
    ]
    return f"{match.score:.6f}", str(match.verdict), f"[{','.join(rows)}]"


@dataclass(frozen=True)
class _Records:
    profiles: ProfileReader
    ids: TextReader
    counts: CompactCounts


@cache
def _opened(folder: Path) -> _Records:
    """Open what all ranges need, once for each process."""
    paths = sorted(folder.glob("counts-*"))
    counts = CompactCounts.of_partitions(read_numbers(folder, p.name) for p in paths)
    return _Records(ProfileReader(folder), TextReader(folder, "ids"), counts)


@cache
def _first_look(folder: Path) -> FirstLook:
    """Read what the first look found, once for each process."""

    def found() -> Iterator[tuple[int, int, Look]]:
        for path in sorted(folder.glob("first-*")):
            numbers = iter(read_numbers(folder, path.name))
            rows = zip(numbers, numbers, numbers, numbers, strict=True)
            for left, right, verdict, points in rows:
                look = Look(VERDICTS[verdict], (points - _ABOVE_ZERO) / _FRACTIONS)
                yield left, right, look

    return FirstLook(found())


def forget() -> None:
    """Close what this process has open."""
    _opened.cache_clear()
    _first_look.cache_clear()
