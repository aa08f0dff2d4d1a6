"""One scan from the command line: read, propose, compare, write."""

from __future__ import annotations

import argparse
import contextlib
import csv
import gc
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, islice
from pathlib import Path
from typing import TextIO

from matching import (
    Scheme,
    SchemeError,
    Verdict,
    choose_scheme,
    load_scheme,
    normalise,
)
from matching.batch import PARTITIONS
from matching.cluster import Link, clusters

from .looks import first_look, forget, second_look
from .progress import Progress
from .reading import Register, Row, Unusable, home_countries, party, sampled
from .spool import ProfileReader, TextReader, TextWriter, append_arrays
from .steps import (
    VERDICTS,
    Job,
    Workers,
    forget_marks,
    normalise_rows,
    propose_pairs,
)

_CHUNK = 1000
# Starting processes takes longer than comparing this few.
_FEW = 400_000
_PAIR_COLUMNS = ("left_id", "right_id", "score", "verdict", "evidence")
_CLUSTER_COLUMNS = ("record_id", "cluster_id")


def run(options: argparse.Namespace) -> int:
    """Do what the command line asks for and return the exit code."""
    progress = Progress()
    try:
        with contextlib.ExitStack() as stack:
            stack.callback(forget)
            stack.callback(forget_marks)
            if gc.isenabled():
                stack.callback(gc.enable)
            return _Scan(options, progress, stack).run()
    except Unusable as error:
        progress.say(f"match_csv: {error}")
        return 2
    except BrokenPipeError:
        # Who read the pairs has seen enough; nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


class _Scan:
    """The state of one run; everything large is in a temporary folder."""

    def __init__(
        self,
        options: argparse.Namespace,
        progress: Progress,
        stack: contextlib.ExitStack,
    ):
        self._options = options
        self._progress = progress
        self._register = Register(options.register, progress.say, options.encoding)
        self._pairs, self._clusters = _outputs(options, stack)
        folder = tempfile.TemporaryDirectory(prefix="match-csv-")
        self._folder = Path(stack.enter_context(folder))
        self._stack = stack
        self._count = 0

    def run(self) -> int:
        rows = self._register.rows()
        sample, rows = sampled(rows)
        homes = home_countries(sample)
        scheme = self._scheme(sample, homes)
        job = Job(self._folder, scheme.name, self._verdicts(), homes)
        with Workers(job, self._processes()) as workers:
            self._normalise(workers, rows)
            self._propose(workers)
            links, by_verdict = self._compare(workers)
        self._write_pairs()
        self._write_clusters(links)
        self._summarise(by_verdict, scheme)
        return 1 if self._register.skipped else 0

    def _processes(self) -> int:
        is_small = self._register.size < _FEW
        return 1 if is_small else max(1, self._options.processes)

    def _scheme(self, sample: list[Row], homes: tuple[str, ...]) -> Scheme:
        """Return the scheme asked for, or the one that suits the first rows."""
        name = self._options.scheme
        if not name:
            return choose_scheme(normalise(party(row, homes)) for row in sample)
        try:
            return load_scheme(name)
        except SchemeError as error:
            raise Unusable(f"there is no scheme {name!r}.") from error

    def _verdicts(self) -> frozenset[Verdict]:
        least = Verdict(self._options.threshold)
        if least == Verdict.POSSIBLE:
            return frozenset(VERDICTS)
        return frozenset(VERDICTS[: VERDICTS.index(least) + 1])

    # ---- the steps

    def _normalise(self, workers: Workers, rows: Iterator[Row]) -> None:
        profiles = TextWriter(self._folder, "profiles")
        ids = TextWriter(self._folder, "ids")
        marks = self._stack.enter_context((self._folder / "marks").open("wb"))
        for done in workers.map(normalise_rows, _chunks(rows)):
            profiles.add(done.profiles, done.profile_lengths)
            ids.add(done.ids, done.id_lengths)
            append_arrays(self._folder, "keys", done.keys)
            marks.write(done.marks)
            self._count += len(done.id_lengths)
            register = self._register
            self._progress.update("Reading", register.bytes_read, register.size)
        for file in (profiles, ids, marks):
            file.close()

    def _propose(self, workers: Workers) -> None:
        tasks = [(partition, self._count) for partition in range(PARTITIONS)]
        for number, _found in enumerate(workers.map(propose_pairs, tasks), 1):
            self._progress.update("Looking for pairs", number, PARTITIONS)

    def _compare(self, workers: Workers) -> tuple[list[Link], Counter[str]]:
        links: list[Link] = []
        by_verdict: Counter[str] = Counter()
        tasks = range(PARTITIONS)
        for number, _kept in enumerate(workers.map(first_look, tasks), 1):
            self._progress.update("Comparing", number, PARTITIONS)
        for number, done in enumerate(workers.map(second_look, tasks), 1):
            links += done.links if self._clusters else ()
            by_verdict.update(done.by_verdict)
            self._progress.update("Looking again", number, PARTITIONS)
        return links, by_verdict

    # ---- output

    def _write_pairs(self) -> None:
        if not self._pairs:
            return
        csv.writer(self._pairs, lineterminator="\n").writerow(_PAIR_COLUMNS)
        for part in range(PARTITIONS):
            path = self._folder / f"matches-{part:02d}"
            with path.open(encoding="utf-8", newline="") as file:
                shutil.copyfileobj(file, self._pairs)

    def _write_clusters(self, links: list[Link]) -> None:
        if not self._clusters:
            return
        profiles = ProfileReader(self._folder)
        ids = TextReader(self._folder, "ids")

        def tax_numbers(record: int) -> frozenset[str]:
            return frozenset(profiles[record].vats)

        writer = csv.writer(self._clusters, lineterminator="\n")
        writer.writerow(_CLUSTER_COLUMNS)
        for number, members in enumerate(clusters(links, tax_numbers), 1):
            writer.writerows((ids[record], number) for record in members)
        profiles.close()
        ids.close()

    def _summarise(self, by_verdict: Counter[str], scheme: Scheme) -> None:
        parts = [f"{by_verdict[verdict]} {verdict}" for verdict in VERDICTS]
        self._progress.say(
            f"{self._count} records read, {self._register.skipped} skipped;"
            f" pairs by scheme {scheme.name}: {', '.join(parts)}."
        )


def _chunks(rows: Iterator[Row]) -> Iterator[tuple[int, list[Row]]]:
    first = 0
    while chunk := list(islice(rows, _CHUNK)):
        yield first, chunk
        first += len(chunk)


def _outputs(
    options: argparse.Namespace, stack: contextlib.ExitStack
) -> tuple[TextIO | None, TextIO | None]:
    """Open what is written, before hours of work rather than after."""
    pairs = options.out
    if pairs is None and options.clusters is None:
        pairs = Path("-")
    _check_apart(options.register, pairs, options.clusters)
    return _opened(pairs, stack), _opened(options.clusters, stack)


def _check_apart(*paths: Path | None) -> None:
    """Refuse to write over what is still to be read, or one file in two ways."""
    named = [path for path in paths if path is not None and str(path) != "-"]
    for one, other in combinations(named, 2):
        is_same = one.resolve() == other.resolve()
        if is_same or (one.exists() and other.exists() and one.samefile(other)):
            raise Unusable(f"{other}: register and outputs must be different files.")


def _opened(path: Path | None, stack: contextlib.ExitStack) -> TextIO | None:
    if path is None:
        return None
    if str(path) == "-":
        sys.stdout.reconfigure(encoding="utf-8", newline="")
        return sys.stdout
    try:
        file = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
    return stack.enter_context(file)
