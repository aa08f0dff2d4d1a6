"""The steps of a scan as functions of small arguments, for one process or several.

What is large lies in the folder of the job; see ``matching.batch`` for the steps.
"""

from __future__ import annotations

import gc
import os
import threading
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from matching import Verdict, normalise
from matching.batch import (
    Caps,
    add_keys,
    add_pairs,
    blocks,
    new_partitions,
    shared_counts,
)
from matching.splitting import marks

from .reading import Row, party
from .spool import append_arrays, packed, range_width, read_numbers

# From the surest on; what a threshold lets through is it and all before it.
VERDICTS = (
    Verdict.CERTAIN,
    Verdict.PROBABLE,
    Verdict.POSSIBLE,
    Verdict.SAME_GROUP,
)
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
    """A chunk of customers: profiles, record ids, keys and marks, each as bytes."""

    profiles: bytes
    profile_lengths: array[int]
    ids: bytes
    id_lengths: array[int]
    keys: list[bytes]
    marks: bytes


_job: Job


def set_job(job: Job) -> None:
    """Tell this process what to work on."""
    global _job
    # Nothing here makes cycles, and looking for them takes a seventh of a scan.
    gc.disable()
    _job = job


def current_job() -> Job:
    """Return what this process works on."""
    return _job


def normalise_rows(chunk: tuple[int, list[Row]]) -> Normalised:
    """Turn rows, the first of which has the given number, into profiles and keys."""
    first, rows = chunk
    keys = new_partitions()
    profiles, ids, known = [], [], array("H")
    for record, row in enumerate(rows, first):
        profile = normalise(party(row, _job.home_countries))
        add_keys(keys, record, profile.all_keys)
        known.extend(marks(profile))
        profiles.append(packed(profile))
        ids.append(row["record_id"].encode())
    return Normalised(
        b"".join(profiles),
        array("I", map(len, profiles)),
        b"".join(ids),
        array("I", map(len, ids)),
        [partition.tobytes() for partition in keys],
        known.tobytes(),
    )


def propose_pairs(task: tuple[int, int]) -> int:
    """Write the pairs that one partition's keys bring up; return how many."""
    partition, count = task
    ranges, counted = new_partitions(), array("Q")
    width, caps, known = range_width(count), Caps(), _marks(_job.folder)
    for block in blocks(read_numbers(_job.folder, f"keys-{partition:02d}")):
        add_pairs(ranges, block, width, caps, known)
        for numbers in shared_counts((block,)):
            counted.extend(numbers)
    parts = (part.tobytes() for part in ranges)
    append_arrays(_job.folder, f"pairs-{os.getpid()}", parts)
    (_job.folder / f"counts-{partition:02d}").write_bytes(counted.tobytes())
    return sum(map(len, ranges))


@cache
def _marks(folder: Path) -> array[int]:
    """Read the marks of all records, once for each process."""
    known = array("H")
    known.frombytes((folder / "marks").read_bytes())
    return known


def forget_marks() -> None:
    """Let go of what this process has read."""
    _marks.cache_clear()


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
