"""Running other programs: with a readable failure, in the background, and their end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from devkit.stamps import write_atomically


class CommandFailed(Exception):
    """A program ended with an error; ``output`` holds the end of what it said."""

    def __init__(self, command: Sequence[object], code: int, output: str):
        self.code = code
        self.output = "\n".join(output.strip().splitlines()[-15:])
        super().__init__(
            f"{Path(str(command[0])).name} ended with code {code}:\n{self.output}"
        )


def capture(command: Sequence[object], **options) -> str:
    """Run ``command`` and return its standard output.

    :raises CommandFailed: with both outputs when the program fails.
    """
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        errors="replace",
        **options,
    )
    if done.returncode:
        raise CommandFailed(command, done.returncode, done.stdout + done.stderr)
    return done.stdout


def capture_to_log(command: Sequence[object], log: Path, tick=None, **options) -> None:
    """Run ``command`` with all output in ``log``, calling ``tick()`` twice a second.

    :raises CommandFailed: with the end of the log when the program fails.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdout=stream,
            stderr=subprocess.STDOUT,
            **{"stdin": subprocess.DEVNULL, **options},
        )
        try:
            while not _ended_within(process, 0.5):
                if tick:
                    tick()
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if process.returncode:
        raise CommandFailed(
            command, process.returncode, log.read_text(errors="replace")
        )


def _ended_within(process: subprocess.Popen, seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


class Background:
    """A program that outlives the call that started it, known by a file with its id."""

    def __init__(self, pid_file: Path, log: Path):
        self.pid_file = pid_file
        self.log = log
        self._child: subprocess.Popen | None = None

    @property
    def pid(self) -> int | None:
        """Process id while it runs, else ``None``."""
        try:
            pid, started = self.pid_file.read_text().split()
        except (FileNotFoundError, ValueError):
            return None
        return int(pid) if _start_time(int(pid)) == started else None

    def start(
        self, command: Sequence[object], env: Mapping[str, str], cwd: Path
    ) -> None:
        """Start ``command`` detached from the terminal, its output in the log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as stream:
            self._child = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                env=dict(env),
                cwd=cwd,
                start_new_session=True,
            )
        pid = self._child.pid
        write_atomically(self.pid_file, f"{pid} {_start_time(pid)}\n")

    def stop(self, patience: float = 15) -> bool:
        """End the program, gently first; say whether there was one."""
        pid = self.pid
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
            if not self._gone_within(patience):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
                self._gone_within(5)
        self.pid_file.unlink(missing_ok=True)
        if self._child:
            self._child.poll()
        return pid is not None

    def _gone_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self.pid is not None and time.monotonic() < deadline:
            time.sleep(0.1)
        return self.pid is None

    def last_lines(self, count: int = 15) -> str:
        """Return the end of the log, for a message."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])
        except FileNotFoundError:
            return ""


def _start_time(pid: int) -> str | None:
    """Return when the process started: ids are used again after a restart."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None if Path("/proc/self").exists() else _start_time_by_ps(pid)
    return None if fields[0] == "Z" else fields[19]


def _start_time_by_ps(pid: int) -> str | None:
    """The same where there is no /proc (macOS)."""
    try:
        return (
            capture(["ps", "-o", "lstart=", "-p", pid]).strip().replace(" ", "_")
            or None
        )
    except (CommandFailed, FileNotFoundError):
        return None
