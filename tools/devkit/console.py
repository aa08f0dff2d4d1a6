"""What the user sees: timed steps, progress of long ones, problems with a way out."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator


class Problem(Exception):
    """A failure that the user can do something about.

    :param what: what went wrong, one or more full sentences.
    :param way_out: what to do now, ready to be typed where possible.
    """

    def __init__(self, what: str, way_out: str):
        super().__init__(what)
        self.what = what
        self.way_out = way_out

    def __str__(self) -> str:
        indented = self.way_out.strip().replace("\n", "\n         ")
        return f"Problem: {self.what.strip()}\nWay out: {indented}"


class Console:
    """Prints steps; a step inside a step is indented."""

    def __init__(self, stream=None):
        self._stream = stream
        self._depth = 0

    @property
    def stream(self):
        return self._stream or sys.stdout

    def say(self, text: str = "") -> None:
        """Print ``text`` at the indentation of the current step."""
        for line in text.splitlines() or [""]:
            self.stream.write(f"{'  ' * self._depth}{line}\n" if line else "\n")
        self.stream.flush()

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Announce ``title``, then say how long the block took."""
        self.say(f"- {title}")
        started = time.monotonic()
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            raise
        self.say(f"done in {duration(time.monotonic() - started)}")
        self._depth -= 1

    def progress(self, what: str) -> Progress:
        """Return a line that can be updated while a long step runs."""
        return Progress(self, what)


class Progress:
    """One line that is rewritten on a terminal, and repeated now and then in a log."""

    SECONDS_BETWEEN_LOG_LINES = 20

    def __init__(self, console: Console, what: str):
        self._console = console
        self._what = what
        self._last_shown = time.monotonic()
        self._on_terminal = console.stream.isatty()

    def update(self, text: str) -> None:
        """Show ``text``; cheap enough to be called as often as one likes."""
        now = time.monotonic()
        if self._on_terminal:
            self._console.stream.write(
                f"\r\033[K{'  ' * self._console._depth}{self._what}: {text}"
            )
            self._console.stream.flush()
        elif now - self._last_shown >= self.SECONDS_BETWEEN_LOG_LINES:
            self._last_shown = now
            self._console.say(f"{self._what}: {text}")

    def close(self) -> None:
        """Remove the line from a terminal."""
        if self._on_terminal:
            self._console.stream.write("\r\033[K")
            self._console.stream.flush()


def duration(seconds: float) -> str:
    """Return ``seconds`` for people: ``0.4 s``, ``12 s``, ``2 min 05 s``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


console = Console()
