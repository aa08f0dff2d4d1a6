"""The steps of a scan as functions of small arguments, for one process or several.

What is large lies in the folder of the job; see ``matching.batch`` for the steps.
"""

from __future__ import annotations

import csv
import io
import json
import os
import threading
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from matching import Match, Verdict, load_scheme, normalise
from matching.batch import (
    Candidate,
    Caps,
    CompactCounts,
    add_keys,
    add_pairs,
    blocks,
    candidates,
    is_hopeless,
    new_partitions,
    shared_counts,
)
from matching.cluster import Link
from matching.evidence import compare

from .reading import Row, party
from .spool import (
    ProfileReader,
    TextReader,
    append_arrays,
    numbers_of,
    packed,
    range_width,
    read_numbers,
)

# From the surest on; what a threshold lets through is it and all before it.
VERDICTS = (
    Verdict.CERTAIN,
    Verdict.PROBABLE,
    Verdict.POSSIBLE,
    Verdict.SAME_GROUP,
)
LINKING = frozenset({Verdict.CERTAIN, Verdict.PROBABLE})
_WAITING_TASKS = 6


@dataclass(frozen=True)
class Job:
    """What every process has to know.

    :ivar verdicts: the ones that go into the output
    """

    folder: Path
    scheme: str
    verdicts: frozenset[Verdict]
    home_countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Normalised:
    """A chunk of customers: profiles, record ids and keys, each as bytes."""

    profiles: bytes
    profile_lengths: array[int]
    ids: bytes
    id_lengths: array[int]
    keys: list[bytes]


@dataclass(frozen=True)
class Compared:
    """What one range of pairs came to: rows of CSV, and the links for clusters."""

    rows: int
    by_verdict: dict[str, int]
    links: list[Link]


_job: Job


def set_job(job: Job) -> None:
    """Tell this process what to work on."""
    global _job
    _job = job


def normalise_rows(chunk: tuple[int, list[Row]]) -> Normalised:
    """Turn rows, the first of which has the given number, into profiles and keys."""
    first, rows = chunk
    keys = new_partitions()
    profiles, ids = [], []
    for record, row in enumerate(rows, first):
        profile = normalise(party(row, _job.home_countries))
        add_keys(keys, record, profile.keys)
        profiles.append(packed(profile))
        ids.append(row["record_id"].encode())
    return Normalised(
        b"".join(profiles),
        array("I", map(len, profiles)),
        b"".join(ids),
        array("I", map(len, ids)),
        [partition.tobytes() for partition in keys],
    )


def propose_pairs(task: tuple[int, int]) -> int:
    """Write the pairs that one partition's keys bring up; return how many."""
    partition, count = task
    ranges, counted = new_partitions(), array("Q")
    width, caps = range_width(count), Caps()
    for block in blocks(read_numbers(_job.folder, f"keys-{partition:02d}")):
        add_pairs(ranges, block, width, caps)
        for numbers in shared_counts((block,)):
            counted.extend(numbers)
    parts = (part.tobytes() for part in ranges)
    append_arrays(_job.folder, f"pairs-{os.getpid()}", parts)
    (_job.folder / f"counts-{partition:02d}").write_bytes(counted.tobytes())
    return sum(map(len, ranges))


def compare_pairs(part: int) -> Compared:
    """Compare one range of pairs and write what is a match."""
    profiles, ids, counts = _opened(_job.folder)
    scheme = load_scheme(_job.scheme)
    text, links, by_verdict = io.StringIO(), [], dict.fromkeys(VERDICTS, 0)
    writer = csv.writer(text, lineterminator="\n")
    for pair in candidates(numbers_of(_job.folder, "pairs", part)):
        left, right = profiles[pair.left], profiles[pair.right]
        if is_hopeless(pair, left, right):
            continue
        match = compare(left, right, counts, scheme)
        if match.verdict not in _job.verdicts:
            continue
        by_verdict[match.verdict] += 1
        writer.writerow((ids[pair.left], ids[pair.right], *_columns(match)))
        if match.verdict in LINKING:
            links.append(_link(pair, match))
    (_job.folder / f"matches-{part:02d}").write_text(text.getvalue())
    return Compared(sum(by_verdict.values()), by_verdict, links)


def _columns(match: Match) -> tuple[str, str, str]:
    evidence = [
        {"code": e.code, "points": round(e.points, 3), "left": e.left, "right": e.right}
        for e in match.evidence
    ]
    text = json.dumps(evidence, ensure_ascii=False, separators=(",", ":"))
    return f"{match.score:.6f}", str(match.verdict), text


def _link(pair: Candidate, match: Match) -> Link:
    is_certain = match.verdict == Verdict.CERTAIN
    return Link(pair.left, pair.right, match.score, is_certain)


@cache
def _opened(folder: Path) -> tuple[ProfileReader, TextReader, CompactCounts]:
    """Open what all ranges need, once for each process."""
    counted: list[tuple[int, int]] = []
    for path in sorted(folder.glob("counts-*")):
        numbers = read_numbers(folder, path.name)
        counted += zip(numbers[0::2], numbers[1::2], strict=True)
    return (
        ProfileReader(folder),
        TextReader(folder, "ids"),
        CompactCounts(counted),
    )


class Workers:
    """Runs steps in order, in this process or in several; a context manager."""

    def __init__(self, job: Job, processes: int):
        self._pool = None
        if processes > 1:
            self._pool = get_context().Pool(processes, set_job, (job,))
        set_job(job)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._pool:
            self._pool.terminate()
            self._pool.join()
        _opened.cache_clear()

    def map(self, step: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        """Yield the results in the order of the tasks, of which few wait at a time."""
        if self._pool is None:
            yield from map(step, tasks)
            return
        # A pool reads all its tasks at once, which would be the whole register.
        waiting = threading.Semaphore(_WAITING_TASKS)

        def held() -> Iterator[Any]:
            for task in tasks:
                waiting.acquire()
                yield task

        for result in self._pool.imap(step, held()):
            waiting.release()
            yield result
