"""Is a TCP port free, and if not, who has it?"""

from __future__ import annotations

import shutil
import socket

from devkit.console import Problem
from devkit.processes import CommandFailed, capture

LOCALHOST = "127.0.0.1"


def is_free(port: int) -> bool:
    """Say whether a server could listen on ``port`` of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCALHOST, port))
        except OSError:
            return False
    return True


def first_free(preferred: int, attempts: int = 50) -> int:
    """Return ``preferred`` or the next free port above it."""
    for port in range(preferred, preferred + attempts):
        if is_free(port):
            return port
    raise Problem(
        f"No port from {preferred} to {preferred + attempts - 1} is free.",
        "End some of the programs that listen there (ss -ltnp shows them).",
    )


def require_free(port: int) -> None:
    """Raise a problem that names the program in the way, when it can be found out."""
    if is_free(port):
        return
    owner = _owner(port)
    raise Problem(
        f"Port {port} is taken{f' by {owner}' if owner else ''}.",
        "End that program, or choose another port:"
        f" make demo PORT={first_free(port + 1)}",
    )


def _owner(port: int) -> str:
    """Return "name (process id)" of the listener, "" when this user may not see it."""
    if not shutil.which("ss"):
        return ""
    try:
        lines = capture(["ss", "-Hltnp", f"sport = :{port}"]).splitlines()
    except CommandFailed:
        return ""
    for line in lines:
        if 'users:(("' in line:
            name, _, rest = line.partition('users:(("')[2].partition('"')
            pid = rest.partition("pid=")[2].partition(",")[0]
            return f"{name} (process {pid})"
    return ""
