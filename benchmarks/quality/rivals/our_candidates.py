"""Our engine's candidates: what is missing here is never found."""

from __future__ import annotations

from array import array

from csv_matching.reading import home_countries, party
from matching import normalise
from matching.batch import Caps, add_keys, add_pairs, blocks, candidates, new_partitions

from .records import Answers, Clean, Scores, pair_of


def find(records: list[Clean], _answers: Answers) -> Scores:
    """Return all candidates; the score is the number of keys that brought them up."""
    homes = home_countries(record.row for record in records)
    keys, pairs, caps = new_partitions(), [array("Q")], Caps()
    for number, record in enumerate(records):
        add_keys(keys, number, normalise(party(record.row, homes)).keys)
    for partition in keys:
        for block in blocks(partition):
            add_pairs(pairs, block, len(records), caps)
    return {
        pair_of(records[pair.left].record_id, records[pair.right].record_id): float(
            pair.strong + pair.places + pair.names
        )
        for pair in candidates(pairs[0])
    }
