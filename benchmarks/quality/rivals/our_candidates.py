"""Our engine's candidates in a scan: what is missing here is never found."""

from __future__ import annotations

from array import array

from csv_matching.reading import home_countries, party
from matching import normalise
from matching.batch import (
    Caps,
    add_keys,
    add_pairs,
    blocks,
    candidates,
    new_partitions,
)
from matching.hopeless import is_hopeless
from matching.splitting import marks

from .records import Answers, Clean, Scores, pair_of


def find(records: list[Clean], _answers: Answers) -> Scores:
    """Return all candidates; the score is the number of keys that brought them up."""
    homes = home_countries(record.row for record in records)
    keys, pairs, caps = new_partitions(), [array("Q")], Caps()
    profiles = [normalise(party(record.row, homes)) for record in records]
    for number, profile in enumerate(profiles):
        add_keys(keys, number, profile.all_keys)
    known = array("H", (mark for profile in profiles for mark in marks(profile)))
    for partition in keys:
        for block in blocks(partition):
            add_pairs(pairs, block, len(records), caps, known)
    return {
        pair_of(records[pair.left].record_id, records[pair.right].record_id): float(
            pair.strong + pair.places + pair.names
        )
        for pair in candidates(pairs[0])
        if not is_hopeless(pair, profiles[pair.left], profiles[pair.right])
    }
