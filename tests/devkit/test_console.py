"""Steps, durations, progress lines and problems."""

import io

import pytest

from devkit.console import Console, Problem, Progress, duration


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.04, "0.0 s"), (9.44, "9.4 s"), (12.3, "12 s"), (125, "2 min 05 s")],
)
def test_durations_are_short(seconds, text):
    assert duration(seconds) == text


def test_a_problem_shows_what_and_the_way_out_aligned():
    text = str(Problem("Two things broke.", "First this.\nThen that."))

    assert text == (
        "Problem: Two things broke.\nWay out: First this.\n         Then that."
    )


def test_steps_are_indented_and_timed():
    console = Console(io.StringIO())

    with console.step("outer"), console.step("inner"):
        console.say("word")

    lines = console.stream.getvalue().splitlines()
    assert lines[:3] == ["- outer", "  - inner", "    word"]
    assert [line.strip()[:7] for line in lines[3:]] == ["done in", "done in"]


def test_a_failed_step_is_not_called_done():
    console = Console(io.StringIO())

    with pytest.raises(ValueError, match="no"), console.step("outer"):
        raise ValueError("no")
    console.say("after")

    assert console.stream.getvalue() == "- outer\nafter\n"


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_rewrites_one_line_on_a_terminal():
    console = Console(Terminal())
    progress = console.progress("Loading")

    progress.update("1 of 2")
    progress.update("2 of 2")
    progress.close()

    shown = console.stream.getvalue()
    assert "\n" not in shown
    assert shown.endswith("Loading: 2 of 2\r\033[K")


def test_progress_in_a_log_is_rare(monkeypatch):
    console = Console(io.StringIO())
    progress = console.progress("Loading")

    for number in range(100):
        progress.update(f"{number}")
    assert console.stream.getvalue() == ""

    monkeypatch.setattr(Progress, "SECONDS_BETWEEN_LOG_LINES", 0)
    progress.update("100")
    assert console.stream.getvalue() == "Loading: 100\n"
