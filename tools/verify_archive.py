"""Check an exported offer archive without Odoo: ``verify_archive.py archive.zip``.

    verify_archive.py archive.zip [--head revision:120:3f9a…] [--head event:7:…]

Wants nothing but Python and the folder ``addons/offer_repository/evidence`` beside it.
``--head`` takes a line of a mail "hash of the day": the archive must still hold that
row with that hash, so nothing before it was cut off or rewritten.

Exit status: 0 intact, 1 something was altered, 2 no archive that could be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ADDON = Path(__file__).resolve().parents[1] / "addons" / "offer_repository"
sys.path.insert(0, str(ADDON))

from evidence import (  # noqa: E402  the path above comes first
    BUNDLE_FORMAT,
    CHAINS,
    Finding,
    KeptRow,
    row_from_json,
    verify_archive,
    waived_by,
)


class Bundle:
    """An archive on disk, read row by row."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self.zipped = zipped
        self.names = set(zipped.namelist())
        self.manifest = json.loads(zipped.read("manifest.json"))
        if self.manifest.get("format") != BUNDLE_FORMAT:
            raise ValueError("bundle_malformed")

    def rows(self, chain: str) -> Iterator[KeptRow]:
        with self.zipped.open(f"{chain}.jsonl") as lines:
            for line in lines:
                yield row_from_json(line.decode(), self.measure)

    def measure(self, name: str) -> tuple[int, str] | None:
        """Return size and SHA-256 of a file of the bundle, None without one."""
        if name not in self.names:
            return None
        digest, size = hashlib.sha256(), 0
        with self.zipped.open(name) as file:
            while block := file.read(1 << 20):
                digest.update(block)
                size += len(block)
        return size, digest.hexdigest()

    def waivers(self) -> list[str]:
        return [kept.row.payload for kept in self.rows("event")]


class Anchor:
    """A head that was kept outside: position and hash that must still be there."""

    def __init__(self, text: str) -> None:
        chain, position, self.hash = text.split(":")
        self.chain, self.position = chain, int(position)
        self.is_met = self.position == 0
        if chain not in CHAINS:
            raise ValueError(chain)

    def look_at(self, row: KeptRow) -> None:
        if row.row.sequence == self.position and row.row.hash == self.hash:
            self.is_met = True


def check(bundle: Bundle, chain: str, anchors: list[Anchor]) -> Iterator[Finding]:
    """Yield what is wrong with one chain, the anchors that it misses included."""

    def watched() -> Iterator[KeptRow]:
        for kept in bundle.rows(chain):
            for anchor in anchors:
                anchor.look_at(kept)
            yield kept

    yield from verify_archive(watched(), waived_by(bundle.waivers(), chain))
    for anchor in anchors:
        if not anchor.is_met:
            yield Finding("head_missing", anchor.position, anchor.hash)


def report(bundle: Bundle, anchors: list[Anchor]) -> int:
    count = 0
    for chain in CHAINS:
        mine = [anchor for anchor in anchors if anchor.chain == chain]
        for found in check(bundle, chain, mine):
            count += 1
            print(f"{chain} {found.sequence}: {found.code} {found.detail}".rstrip())
        position, head = bundle.manifest["heads"][chain]
        print(f"{chain}:{position}:{head}")
    print(f"{count} findings" if count else "intact")
    return 1 if count else 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--head", action="append", default=[], type=Anchor)
    options = parser.parse_args(arguments)
    try:
        with zipfile.ZipFile(options.archive) as zipped:
            return report(Bundle(zipped), options.head)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        print(f"{options.archive} is no offer archive: {error!r}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
