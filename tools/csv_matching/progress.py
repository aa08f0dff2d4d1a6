"""How far the work has come, on the standard error stream."""

from __future__ import annotations

import sys
import time

_WIDTH = 30
_INTERVAL = 0.2


class Progress:
    """A bar that is drawn anew in place; into a file, one line for each step."""

    def __init__(self) -> None:
        self._stream = sys.stderr
        self._is_screen = self._stream.isatty()
        self._step = ""
        self._drawn = 0.0
        self._started = time.monotonic()

    def update(self, step: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` of a step are done; 0 of 0 is all."""
        is_new = step != self._step
        if is_new and not self._is_screen:
            self._stream.write(f"{step} …\n")
            self._stream.flush()
        self._step = step
        now = time.monotonic()
        if self._is_screen and (is_new or now - self._drawn > _INTERVAL):
            self._drawn = now
            self._draw(done / total if total else 1.0)

    def _draw(self, share: float) -> None:
        share = min(1.0, share)
        filled = round(share * _WIDTH)
        bar = "█" * filled + "·" * (_WIDTH - filled)
        seconds = time.monotonic() - self._started
        self._stream.write(
            f"\r\x1b[K{self._step:<22} {bar} {share:4.0%} {seconds:4.0f} s"
        )
        self._stream.flush()

    def say(self, text: str) -> None:
        """Write a line without disturbing the bar."""
        clear = "\r\x1b[K" if self._is_screen else ""
        self._stream.write(f"{clear}{text}\n")
        self._stream.flush()
