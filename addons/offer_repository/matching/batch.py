"""Which pairs among many customers are worth a comparison, in bounded memory.

The steps of a scan, each on its own so that a caller may spread them over processes
and keep what lies between them in files:

1. ``add_keys``: every key of every record becomes two numbers, its hash and the record,
   dealt out to partitions by hash.
2. ``blocks``: a partition's records that share a key; ``shared_counts`` of large ones.
3. ``add_pairs``: the pairs within a block, dealt out to ranges of the left record.
4. ``candidates``: a range's pairs, each once, with how many keys brought it up.

5. ``FirstLook`` of :mod:`.second_look` keeps what they came to, for the second look.

:mod:`.scan` does all of them for profiles in memory.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations, groupby

from rapidfuzz.fuzz import ratio

from .keys import Key, Kind
from .profile import Profile

PARTITIONS = 64
_PARTITION_SHIFT = 64 - 6
_RECORD_BITS = 31
_RECORD_MASK = (1 << _RECORD_BITS) - 1
_ALIKE = 60.0
# Lowest bits of a hash, and of a packed pair: what the key is made of.
_SOURCE_BITS = 2
_SOURCE_MASK = (1 << _SOURCE_BITS) - 1
_WEAK_LARGE, _NAME, _PLACE, _STRONG = range(4)
_HASH_MASK = (1 << 64) - 1 - _SOURCE_MASK
_PLACES = frozenset((Kind.STREET, Kind.ZIP_HOUSE))


def _source(kind: Kind) -> int:
    if kind.is_strong:
        return _STRONG
    return _PLACE if kind in _PLACES else _NAME


_STARTS = {kind: (f"{kind}\0".encode(), _source(kind)) for kind in Kind}


@dataclass(frozen=True, slots=True)
class Caps:
    """How many records may share a key before it brings up no pair.

    A key above its cap still counts as evidence; it only proposes nobody. Measured in
    docs/matching.md: larger blocks cost time by the square and find nothing.

    :ivar strong: for identifiers, see ``Kind.is_strong``
    :ivar weak: for everything made of names and addresses
    :ivar alone: for a weak key that no other key of the two backs up
    """

    strong: int = 60
    weak: int = 16
    alone: int = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records, by their numbers, ``left`` the smaller one.

    :ivar strong: how many identifiers brought them up
    :ivar places: how many addresses
    :ivar names: how many keys made of names and domains
    """

    left: int
    right: int
    strong: int
    places: int
    names: int


def key_hash(key: Key) -> int:
    """Return 64 bits that stand for a key; the lowest two tell what it is made of."""
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
    for key in profile_keys:
        number = key_hash(key)
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
    ranges: list[array[int]], block: tuple[int, list[int]], width: int, caps: Caps
) -> None:
    """Deal the pairs of a block out to ranges of ``width`` left records each.

    Cost: the square of the block's size, which the caps bound.
    """
    number, members = block
    source = number & _SOURCE_MASK
    if len(members) > (caps.strong if source == _STRONG else caps.weak):
        return
    if source != _STRONG and len(members) > caps.alone:
        source = _WEAK_LARGE
    for left, right in combinations(members, 2):
        pair = (left << _RECORD_BITS | right) << _SOURCE_BITS | source
        ranges[left // width].append(pair)


def candidates(pairs: Iterable[int]) -> Iterator[Candidate]:
    """Yield each pair of a range once, in order, without those of one large block."""
    for pair, hits in groupby(sorted(pairs), key=_records):
        sources = [hit & _SOURCE_MASK for hit in hits]
        if sources == [_WEAK_LARGE]:
            continue
        strong, places = sources.count(_STRONG), sources.count(_PLACE)
        names = len(sources) - strong - places
        left, right = pair >> _RECORD_BITS, pair & _RECORD_MASK
        yield Candidate(left, right, strong, places, names)


def _records(pair: int) -> int:
    return pair >> _SOURCE_BITS


def is_hopeless(candidate: Candidate, left: Profile, right: Profile) -> bool:
    """Say whether a bit of the name is all, and the rest of it is not alike.

    Costs a fiftieth of a comparison. Measured on three registers: it drops a third of
    the candidates, and 1 duplicate in 3,000 that a comparison would have found.
    """
    if candidate.strong or candidate.places or candidate.names > 1:
        return False
    return not (
        ratio(left.letters, right.letters, score_cutoff=_ALIKE)
        or ratio(left.sorted_name, right.sorted_name, score_cutoff=_ALIKE)
    )


class CompactCounts(Mapping[Key, int]):
    """How many records hold a key, in twelve bytes a key.

    Only keys of three holders and more are in it: the comparison takes a missing key as
    held by the two records alone.
    """

    def __init__(self, counted: Iterable[tuple[int, int]]):
        pairs = sorted(counted)
        self._hashes = array("Q", (number for number, _count in pairs))
        self._counts = array("I", (count for _number, count in pairs))

    def __getitem__(self, key: Key) -> int:
        number = key_hash(key)
        place = bisect_left(self._hashes, number)
        if place == len(self._hashes) or self._hashes[place] != number:
            raise KeyError(key)
        return self._counts[place]

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
