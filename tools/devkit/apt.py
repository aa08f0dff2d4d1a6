"""Single packages from Debian, unpacked into a folder; the machine's apt is only read.

Everything happens with a private apt state, so it needs no root and leaves no trace.
Addresses of servers come from the machine's own sources: some machines reach nothing
but their mirror.
"""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from devkit.console import Problem, console
from devkit.processes import CommandFailed, capture, capture_to_log

SOURCES = Path("/etc/apt")
DEBIAN_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
MEGABYTE = 1_000_000

OWN_ODOO = (
    "Point ODOO_HOME at an Odoo 19.0 of your own, for example a git checkout:\n"
    "    make demo ODOO_HOME=/path/to/odoo"
)


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where the machine gets Debian packages from, and which keys sign them."""

    uri: str
    signed_by: str

    def stanza(self, suite: str) -> str:
        """Return a deb822 stanza for another suite of the same server."""
        return (
            f"Types: deb\nURIs: {self.uri}\nSuites: {suite}\n"
            f"Components: main\nSigned-By: {self.signed_by}\n"
        )


def parse_deb822(text: str) -> list[dict[str, str]]:
    """Return the stanzas of a ``.sources`` file as dicts with lower-case keys.

    Comment lines are dropped; continuation lines (an inline key) stay in their field.
    """
    stanzas: list[dict[str, str]] = [{}]
    field = ""
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if not line.strip():
            stanzas.append({})
        elif line[0].isspace() and field:
            stanzas[-1][field] += f"\n{line}"
        else:
            field, _, value = line.partition(":")
            field = field.strip().lower()
            stanzas[-1][field] = value.strip()
    return [stanza for stanza in stanzas if stanza]


ONE_LINE = re.compile(r"deb\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)")


def parse_one_line(text: str) -> list[dict[str, str]]:
    """Return the ``deb`` lines of a ``sources.list`` as :func:`parse_deb822` would."""
    stanzas = []
    for line in text.splitlines():
        found = ONE_LINE.match(line.strip())
        if not found:
            continue
        options, uri, suite, components = found.groups(default="")
        settings = dict(pair.split("=", 1) for pair in options.split() if "=" in pair)
        stanzas.append(
            {
                "types": "deb",
                "uris": uri,
                "suites": suite,
                "components": components.strip(),
                "signed-by": settings.get("signed-by", ""),
            }
        )
    return stanzas


def find_origin(
    folder: Path = SOURCES, keyring: Path = DEBIAN_KEYRING
) -> Origin | None:
    """Return the Debian server in the machine's apt sources, or ``None``.

    Recognised by its key (Debian's own) and by the suites' names; servers of security
    updates have other suites, and carry no ``sid``.
    """
    for stanza in _machine_stanzas(folder):
        if _carries_debian(stanza, keyring):
            signed_by = stanza.get("signed-by") or str(keyring)
            return Origin(stanza["uris"].split()[0], signed_by)
    return None


def _machine_stanzas(folder: Path) -> list[dict[str, str]]:
    parts = folder / "sources.list.d"
    stanzas = []
    for path in sorted(parts.glob("*.sources")):
        stanzas += parse_deb822(path.read_text(errors="replace"))
    for path in [folder / "sources.list", *sorted(parts.glob("*.list"))]:
        if path.exists():
            stanzas += parse_one_line(path.read_text(errors="replace"))
    return stanzas


def _carries_debian(stanza: dict[str, str], keyring: Path) -> bool:
    if "deb" not in stanza.get("types", "").split() or not stanza.get("uris"):
        return False
    if stanza.get("enabled", "yes").lower() in {"no", "false"}:
        return False
    suites = stanza.get("suites", "").split()
    known = {"bookworm", "trixie", "forky", "sid", "stable", "testing", "unstable"}
    if (
        not known.intersection(suites)
        or "main" not in stanza.get("components", "").split()
    ):
        return False
    signed_by = stanza.get("signed-by", "")
    if signed_by == str(keyring) or "debian-archive" in signed_by:
        return True
    # No key, or one written into the source: other vendors have a suite "stable" too.
    own_key = not signed_by or "BEGIN PGP" in signed_by
    return own_key and stanza["uris"].split()[0].rstrip("/").endswith("/debian")


class PrivateApt:
    """An apt with a state of its own below ``folder``, for the suites given."""

    def __init__(self, folder: Path, origin: Origin, suites: Sequence[str], log: Path):
        self.folder = folder
        self.origin = origin
        self.suites = suites
        self.log = log

    @property
    def _options(self) -> list[str]:
        folder = self.folder
        return [
            *("-o", "Dir::Etc::SourceList=/dev/null"),
            *("-o", f"Dir::Etc::SourceParts={folder / 'sources'}"),
            *("-o", f"Dir::State={folder / 'state'}"),
            *("-o", f"Dir::State::Lists={folder / 'lists'}"),
            *("-o", f"Dir::Cache={folder / 'cache'}"),
            *("-o", "Debug::NoLocking=1"),
            *("-o", "Acquire::Languages=none"),
            # As root apt gives up its rights, and could not write into the checkout.
            *("-o", "APT::Sandbox::User="),
        ]

    def update(self) -> None:
        """Fetch the lists of packages."""
        for name in ("sources", "state", "lists/partial", "cache/archives/partial"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for suite in self.suites:
            (self.folder / "sources" / f"{suite}.sources").write_text(
                self.origin.stanza(suite)
            )
        self._run(["update", "--error-on=any"], "The list of Debian's packages", 0)

    def download(self, packages: Sequence[str], into: Path) -> list[Path]:
        """Fetch ``packages`` ("name/suite"); those already there are only verified."""
        into.mkdir(parents=True, exist_ok=True)
        wanted = self._uris(packages)
        total = sum(size for _name, size in wanted)
        self._run(["download", *packages], "Debian packages", total, into)
        return [into / name for name, _size in wanted]

    def _uris(self, packages: Sequence[str]) -> list[tuple[str, int]]:
        """Return file name and size of each package.

        apt prints lines of: 'address' name size hash
        """
        try:
            lines = capture(
                ["apt-get", *self._options, "download", "--print-uris", *packages]
            )
        except CommandFailed as failure:
            raise Problem(
                f"Debian does not offer the packages. {failure}", OWN_ODOO
            ) from failure
        parts = [line.split() for line in lines.splitlines() if line.startswith("'")]
        return [(words[1], int(words[2])) for words in parts]

    def _run(
        self, arguments: list[str], what: str, total: int, cwd: Path | None = None
    ) -> None:
        progress = console.progress(what)
        watched = cwd or self.folder / "lists"
        command = ["apt-get", *self._options, *arguments]

        def tick() -> None:
            done = _size_of(watched) // MEGABYTE
            progress.update(
                f"{done} of {total // MEGABYTE} MB" if total else f"{done} MB"
            )

        try:
            env = {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
            capture_to_log(command, self.log, tick, cwd=cwd, env=env)
        except CommandFailed as failure:
            raise Problem(
                f"{what} could not be downloaded. {failure}",
                "Check the network and call the same command again:"
                " it goes on where it stopped.\n"
                f"Or do without the download. {OWN_ODOO}",
            ) from failure
        finally:
            progress.close()


def _size_of(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:  # apt has just moved it
            continue
    return total


def unpack(package: Path, into: Path) -> None:
    """Unpack one package; a damaged file is removed, to be fetched anew."""
    try:
        capture(["dpkg-deb", "-x", package, into])
    except CommandFailed as failure:
        package.unlink(missing_ok=True)
        raise Problem(
            f"{package.name} could not be unpacked. {failure}",
            "Check the free disk space, then call the same command again.",
        ) from failure


def check_available() -> None:
    """Raise a problem on a machine without Debian's tools."""
    for program in ("apt-get", "dpkg-deb"):
        if not shutil.which(program):
            raise Problem(
                f"Odoo is downloaded from Debian with {program},"
                " which this machine does not have.",
                OWN_ODOO,
            )
