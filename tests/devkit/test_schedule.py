"""Stages run in a safe order, and one that breaks neither hides nor stops others."""

import threading
import time

import pytest

from devkit.console import Problem
from devkit.testing.outcome import Finding, Outcome
from devkit.testing.run import select
from devkit.testing.schedule import Schedule, Stage

BENCH = None  # the stages of these tests need none


class Recorder:
    """Makes stages that note when they begin and end."""

    def __init__(self):
        self.events = []
        self._lock = threading.Lock()

    def stage(self, name, seconds=0.0, outcome=None, **options):
        def run(_bench):
            self._note(f"{name} begins")
            time.sleep(seconds)
            self._note(f"{name} ends")
            return outcome or Outcome(passed=1)

        return Stage(name, f"test stage {name}", run, **options)

    def _note(self, event):
        with self._lock:
            self.events.append(event)


def broken(error):
    def run(_bench):
        raise error

    return run


def outcomes_of(stages, lanes=2):
    done = Schedule(BENCH, stages, lanes).run()
    return {ran.stage.name: ran.outcome for ran in done}


def test_results_come_in_the_order_of_the_plan():
    recorder = Recorder()
    stages = [recorder.stage("slow", 0.2), recorder.stage("quick")]

    assert list(outcomes_of(stages)) == ["slow", "quick"]
    assert recorder.events.index("quick ends") < recorder.events.index("slow ends")


def test_a_stage_waits_for_those_that_it_needs():
    recorder = Recorder()
    stages = [
        recorder.stage("needy", after=("base",)),
        recorder.stage("base", 0.1),
    ]

    outcomes_of(stages)

    assert recorder.events == ["base begins", "base ends", "needy begins", "needy ends"]


def test_stages_of_one_word_never_run_together():
    recorder = Recorder()
    stages = [recorder.stage(name, 0.05, exclusive="browser") for name in "abc"]

    outcomes_of(stages, lanes=3)

    begins = recorder.events[::2]
    assert [event.split()[1] for event in begins] == ["begins"] * 3
    assert [event.split()[0] for event in begins] == [
        event.split()[0] for event in recorder.events[1::2]
    ]


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (Problem("No browser.", "Install one."), "Install one."),
        (KeyError("x"), "KeyError"),
    ],
    ids=["problem", "bug"],
)
def test_a_stage_that_cannot_work_fails_with_those_that_need_it(error, text):
    recorder = Recorder()
    stages = [
        Stage("base", "breaks", broken(error)),
        recorder.stage("needy", after=("base",)),
        recorder.stage("other"),
    ]

    found = outcomes_of(stages)

    assert text in found["base"].findings[0].detail
    assert found["needy"].findings == (
        Finding("needy not run, because base did not work"),
    )
    assert found["other"].failed == 0


def test_failed_tests_of_one_stage_do_not_stop_those_after_it():
    recorder = Recorder()
    failed = Outcome(findings=(Finding("a test"),))
    stages = [
        recorder.stage("base", outcome=failed),
        recorder.stage("needy", after=("base",)),
    ]

    assert outcomes_of(stages)["needy"].passed == 1


def test_a_part_of_the_plan_brings_along_what_it_needs():
    assert [stage.name for stage in select(["odoo"])] == [
        "tpl_base",
        "installed",
        "odoo-baseline",
        "odoo",
    ]


def test_make_test_runs_every_stage_but_the_long_one():
    names = {stage.name for stage in select([])}

    assert names >= {"unit", "repo", "lint", "alone", "both", "demo", "uninstall"}
    assert names >= {"odoo", "odoo-lint", "restore", "translations"}
    assert "odoo-whole" not in names


def test_an_unknown_stage_is_told_with_those_there_are():
    with pytest.raises(Problem, match="no stage nonsense") as problem:
        select(["unit", "nonsense"])

    assert "uninstall" in problem.value.way_out
