"""Time and memory of a command, with all processes that it starts."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import threading
import time
from dataclasses import dataclass

import psutil

_INTERVAL = 0.2


@dataclass(frozen=True)
class Measured:
    """What a command took.

    :ivar seconds: wall time
    :ivar cpu_seconds: of all its processes; comparable on a busy machine, too
    :ivar peak_mb: largest sum over its processes of memory that is not shared
        (PSS), in megabytes; sampled five times a second
    :ivar code: exit code; -1 when it was stopped after the time allowed
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float
    code: int
    errors: str


def measure(command: list[str], seconds: float) -> Measured:
    """Run a command for at most ``seconds`` and say what it took."""
    started, used = time.monotonic(), _cpu_of_children()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    peaks = [0.0]
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peaks, done))
    watcher.start()
    try:
        _out, errors = process.communicate(timeout=seconds)
        code = process.returncode
    except subprocess.TimeoutExpired:
        _stop(process)
        errors, code = "stopped: too slow", -1
    finally:
        done.set()
        watcher.join()
    took, used = time.monotonic() - started, _cpu_of_children() - used
    return Measured(took, used, max(peaks), code, errors[-2000:])


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _stop(process: subprocess.Popen[str]) -> None:
    for child in _tree(process.pid):
        child.kill()
    process.communicate()


def _tree(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [*parent.children(recursive=True), parent]
    except psutil.NoSuchProcess:
        return []


def _watch(pid: int, peaks: list[float], done: threading.Event) -> None:
    while not done.wait(_INTERVAL):
        peaks.append(sum(map(_memory, _tree(pid))) / 1e6)


def _memory(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0.0


def machine() -> str:
    """Describe this machine in one line."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()},"
        f" Python {platform.python_version()}"
    )
