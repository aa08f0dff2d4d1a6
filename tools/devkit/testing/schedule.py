"""Runs stages in as many lanes as the machine has use for, in an order that is safe."""

from __future__ import annotations

import concurrent.futures
import dataclasses
import threading
import time
import traceback
from collections.abc import Callable, Sequence

from devkit.console import Problem, console, duration
from devkit.testing.bench import Bench
from devkit.testing.outcome import Finding, Outcome


@dataclasses.dataclass(frozen=True)
class Stage:
    """A part of the run.

    :param run: does the work; raises :class:`Problem` when it cannot be done at all.
    :param after: names of stages whose results this one uses. They run before it, and
        when one of them could not do its work, this one counts as failed.
    :param exclusive: stages of the same word never run at the same time.
    """

    name: str
    title: str
    run: Callable[[Bench], Outcome]
    after: tuple[str, ...] = ()
    exclusive: str | None = None


@dataclasses.dataclass(frozen=True)
class Ran:
    """What became of one stage."""

    stage: Stage
    outcome: Outcome
    seconds: float
    broken: bool = False


class Schedule:
    """One run of ``stages``; each begins as soon as what it needs is there."""

    def __init__(self, bench: Bench, stages: Sequence[Stage], lanes: int):
        self._bench = bench
        self._waiting = list(stages)
        self._running: list[Stage] = []
        self._done: dict[str, Ran] = {}
        self._order = [stage.name for stage in stages]
        self._lanes = lanes
        self._changed = threading.Condition()

    def run(self) -> list[Ran]:
        """Run all stages and return what became of them, in the order given."""
        with concurrent.futures.ThreadPoolExecutor(self._lanes) as pool:
            lanes = [pool.submit(self._lane) for _ in range(self._lanes)]
            try:
                for lane in lanes:
                    lane.result()
            except (
                BaseException
            ):  # Ctrl-C: what runs gets it too, what waits must not start
                self._waiting.clear()
                raise
        return [self._done[name] for name in self._order]

    def _lane(self) -> None:
        while stage := self._take():
            ran = self._run_stage(stage)
            with self._changed:
                self._running.remove(stage)
                self._done[stage.name] = ran
                self._changed.notify_all()
            console.say(_line(ran))

    def _take(self) -> Stage | None:
        """Wait for a stage that may begin; ``None`` when all are taken."""
        with self._changed:
            while self._waiting:
                stage = next(filter(self._may_begin, self._waiting), None)
                if stage:
                    self._waiting.remove(stage)
                    self._running.append(stage)
                    console.say(f"… {stage.name}: {stage.title}")
                    return stage
                self._changed.wait()
            self._changed.notify_all()
            return None

    def _may_begin(self, stage: Stage) -> bool:
        words = {other.exclusive for other in self._running} - {None}
        named = set(self._order)
        ready = all(name in self._done for name in stage.after if name in named)
        return ready and stage.exclusive not in words

    def _run_stage(self, stage: Stage) -> Ran:
        started = time.monotonic()
        broken = [name for name in stage.after if self._is_broken(name)]
        if broken:
            finding = Finding(f"{stage.name} not run, because {broken[0]} did not work")
            return Ran(stage, Outcome(findings=(finding,)), 0.0, broken=True)
        try:
            outcome, failed = stage.run(self._bench), False
        except Problem as problem:
            outcome, failed = _not_done(stage, str(problem)), True
        except Exception:  # noqa: BLE001 - one broken stage must not hide the others
            outcome, failed = _not_done(stage, traceback.format_exc()), True
        return Ran(stage, outcome, time.monotonic() - started, failed)

    def _is_broken(self, name: str) -> bool:
        return name in self._done and self._done[name].broken


def _not_done(stage: Stage, text: str) -> Outcome:
    return Outcome(findings=(Finding(f"{stage.name} could not do its work", text),))


def _line(ran: Ran) -> str:
    mark = "✗" if ran.outcome.failed else "✓"
    found = ran.outcome.closing_line() if _has_tests(ran) else "ready"
    return f"{mark} {ran.stage.name}: {found} in {duration(ran.seconds)}"


def _has_tests(ran: Ran) -> bool:
    outcome = ran.outcome
    return bool(outcome.passed or outcome.failed or outcome.skipped)
