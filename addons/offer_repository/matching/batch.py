"""Which pairs among many customers are worth a comparison, in bounded memory.

The steps of a scan, each on its own so that a caller may spread them over processes
and keep what lies between them in files:

1. ``add_keys``: every key of every record becomes two numbers, its hash and the record,
   dealt out to partitions by hash.
2. ``blocks``: a partition's records that share a key; ``shared_counts`` of large ones.
3. ``add_pairs``: the pairs within a block, or within what a large block is split into,
   dealt out to ranges of the left record.
4. ``candidates``: a range's pairs, each once, with how many keys brought it up;
   ``is_hopeless`` of :mod:`.hopeless` says which of them not to compare.

5. ``FirstLook`` of :mod:`.second_look` keeps what they came to, for the second look.

:mod:`.scan` does all of them for profiles in memory.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations, groupby
from typing import Any, NamedTuple

from .keys import Key, Kind
from .splitting import split

PARTITIONS = 64
_PARTITION_SHIFT = 64 - 6
_RECORD_BITS = 30
_RECORD_MASK = (1 << _RECORD_BITS) - 1
# Lowest bits of a hash, and of a packed pair: what the key is made of.
_SOURCE_BITS = 3
_SOURCE_MASK = (1 << _SOURCE_BITS) - 1
_WEAK_LARGE, _NAME, _PLACE, _BRAND, _STRONG, _SPLIT = range(6)
_HASH_MASK = (1 << 64) - 1 - _SOURCE_MASK
_KEPT_COUNTS = 65536
_SOURCES = {
    **dict.fromkeys((Kind.STREET, Kind.ZIP_HOUSE), _PLACE),
    **dict.fromkeys((Kind.DOMAIN, Kind.BRAND), _BRAND),
}


def _source(kind: Kind) -> int:
    return _STRONG if kind.is_strong else _SOURCES.get(kind, _NAME)


_STARTS = {kind: (f"{kind}\0".encode(), _source(kind)) for kind in Kind}


@dataclass(frozen=True, slots=True)
class Caps:
    """How many records may share a key before it brings up no pair on its own.

    A key above its cap still counts as evidence, and brings up those who have something
    else in common, too; see :mod:`.splitting`. Measured in docs/matching.md: larger
    blocks cost time by the square and find nothing.

    :ivar strong: for identifiers, see ``Kind.is_strong``
    :ivar weak: for everything made of names and addresses
    :ivar alone: for a weak key that no other key of the two backs up
    """

    strong: int = 60
    weak: int = 16
    alone: int = 8


class Candidate(NamedTuple):
    """Two records, by their numbers, ``left`` the smaller one.

    :ivar strong: how many identifiers brought them up
    :ivar places: how many addresses
    :ivar names: how many keys made of names and domains; 0 beside no identifier and no
        address is a key that many share, together with something else in common
    :ivar brands: how many of these are domains, or names that could be one
    """

    left: int
    right: int
    strong: int
    places: int
    names: int
    brands: int = 0


def key_hash(key: Key) -> int:
    """Return 64 bits that stand for a key; the lowest tell what it is made of."""
    kind, value = key
    start, source = _STARTS[kind]
    text = start + value.encode("utf-8", "surrogatepass")
    digest = int.from_bytes(blake2b(text, digest_size=8).digest(), "big")
    return digest & _HASH_MASK | source


def new_partitions() -> list[array[int]]:
    """Return empty partitions, for keys or for pairs."""
    return [array("Q") for _each in range(PARTITIONS)]


def add_keys(
    partitions: list[array[int]], record: int, profile_keys: Iterable[Key]
) -> None:
    """Deal a record's keys out to ``partitions``; records come in ascending order."""
    for number in {key_hash(key) for key in profile_keys}:
        partitions[number >> _PARTITION_SHIFT].extend((number, record))


def blocks(partition: array[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield every key's hash that two records or more hold, with these records."""
    hashes, records = partition[0::2], partition[1::2]
    order = sorted(range(len(hashes)), key=hashes.__getitem__)
    for number, places in groupby(order, key=hashes.__getitem__):
        members = [records[place] for place in places]
        if len(members) > 1:
            yield number, members


def add_pairs(
    ranges: list[array[int]],
    block: tuple[int, list[int]],
    width: int,
    caps: Caps,
    known: Sequence[int] = (),
) -> None:
    """Deal the pairs of a block out to ranges of ``width`` left records each.

    ``known`` are the marks of all records, one record after the other; with none, no
    block is split. Cost: the square of the block's size, which the caps bound.
    """
    number, members = block
    source, size = number & _SOURCE_MASK, len(members)
    is_strong = source == _STRONG
    if size <= (caps.strong if is_strong else caps.weak):
        is_large = not is_strong and size > caps.alone
        how = _WEAK_LARGE if is_large else source
        _deal(ranges, combinations(members, 2), width, how)
    if known and size > (caps.strong if is_strong else caps.alone):
        groups = split(members, known, caps.alone)
        pairs = {pair for group in groups for pair in combinations(group, 2)}
        _deal(ranges, pairs, width, _PLACE if source == _PLACE else _SPLIT)


def _deal(
    ranges: list[array[int]], pairs: Iterable[tuple[int, int]], width: int, source: int
) -> None:
    for left, right in pairs:
        pair = (left << _RECORD_BITS | right) << _SOURCE_BITS | source
        ranges[left // width].append(pair)


def candidates(pairs: Iterable[int]) -> Iterator[Candidate]:
    """Yield each pair of a range once, in order, without those of one large block."""
    last = -1
    sources: list[int] = []
    for hit in sorted(pairs):
        pair = hit >> _SOURCE_BITS
        if pair != last:
            if sources and sources != [_WEAK_LARGE]:
                yield _candidate(last, sources)
            last, sources = pair, []
        sources.append(hit & _SOURCE_MASK)
    if sources and sources != [_WEAK_LARGE]:
        yield _candidate(last, sources)


def _candidate(pair: int, sources: list[int]) -> Candidate:
    strong, places = sources.count(_STRONG), sources.count(_PLACE)
    splits = sources.count(_SPLIT)
    names = len(sources) - strong - places - splits
    if splits and sources.count(_WEAK_LARGE) == names == 1:
        names = 0
    left, right = pair >> _RECORD_BITS, pair & _RECORD_MASK
    return Candidate(left, right, strong, places, names, sources.count(_BRAND))


class CompactCounts(Mapping[Key, int]):
    """How many records hold a key, in twelve bytes a key.

    Only keys of three holders and more are in it: the comparison takes a missing key as
    held by the two records alone.
    """

    def __init__(self, counted: Iterable[tuple[int, int]]):
        pairs = sorted(counted)
        self._hashes = array("Q", (number for number, _count in pairs))
        self._counts = array("I", (count for _number, count in pairs))
        self._remember()

    @classmethod
    def of_partitions(cls, parts: Iterable[array[int]]) -> CompactCounts:
        """Return the counts that lie in files: hash, number, hash, number, and so on.

        Partitions, and the keys in each, come in the order of their hashes, so millions
        of them need no sorting.
        """
        counts = cls(())
        for part in parts:
            counts._hashes.extend(part[0::2])
            counts._counts.extend(part[1::2].tolist())
        return counts

    def _remember(self) -> None:
        # Pairs share few values, again and again: 0 is what is not there.
        self._of = lru_cache(maxsize=_KEPT_COUNTS)(self._find)

    def __getitem__(self, key: Key) -> int:
        count = self._of(key)
        if not count:
            raise KeyError(key)
        return count

    def _find(self, key: Key) -> int:
        number = key_hash(key)
        place = bisect_left(self._hashes, number)
        is_found = place < len(self._hashes) and self._hashes[place] == number
        return self._counts[place] if is_found else 0

    def get(self, key: Key, default: Any = None) -> Any:
        """Return how many hold a key, ``default`` when fewer than three do."""
        return self._of(key) or default

    def __iter__(self) -> Iterator[Key]:
        raise TypeError("keys are kept as hashes only")

    def __len__(self) -> int:
        return len(self._hashes)


def shared_counts(
    found: Iterable[tuple[int, list[int]]],
) -> Iterator[tuple[int, int]]:
    """Yield hash and number of holders of the keys that three records or more hold."""
    for number, members in found:
        if len(members) > 2:
            yield number, len(members)
