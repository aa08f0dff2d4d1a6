"""Which pairs a scan of many customers compares."""

from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Key, Kind, Party, Verdict, normalise
from matching.batch import (
    Candidate,
    Caps,
    CompactCounts,
    add_keys,
    add_pairs,
    blocks,
    candidates,
    key_hash,
    new_partitions,
    shared_counts,
)
from matching.hopeless import is_hopeless
from matching.scan import scan

PHONE = Key(Kind.PHONE, "601602603")
WORD = Key(Kind.WORD, "baltik")


def keyed(*records):
    """Return the blocks of records that hold these keys."""
    partitions = new_partitions()
    for number, keys in enumerate(records):
        add_keys(partitions, number, keys)
    return [block for partition in partitions for block in blocks(partition)]


def proposed(found, width=1000, caps=None):
    ranges = new_partitions()
    for block in found:
        add_pairs(ranges, block, width, caps or Caps())
    return [pair for part in ranges for pair in candidates(part)]


def test_records_that_share_a_key_make_a_block():
    found = keyed({PHONE}, {WORD}, {PHONE, WORD}, {Key(Kind.WORD, "other")})

    assert sorted(members for _number, members in found) == [[0, 2], [1, 2]]


def test_equal_values_of_other_kinds_are_other_keys():
    assert keyed({Key(Kind.VAT, "1")}, {Key(Kind.TAX, "1")}) == []


def test_hash_tells_what_a_key_is_made_of():
    street = Key(Kind.STREET, "polna|7")

    assert len({key_hash(key) & 3 for key in (PHONE, WORD, street)}) == 3


def test_hash_takes_half_a_character():
    assert key_hash(Key(Kind.WORD, "\ud800")) != key_hash(WORD)


def test_pair_comes_once_however_many_keys_bring_it_up():
    found = keyed({PHONE, WORD}, {PHONE, WORD})

    assert proposed(found) == [Candidate(0, 1, strong=1, places=0, names=1)]


@pytest.mark.parametrize(
    ("key", "holders", "pairs"),
    [
        pytest.param(PHONE, 60, 60 * 59 // 2, id="strong, at its cap"),
        pytest.param(PHONE, 61, 0, id="strong, above its cap"),
        pytest.param(WORD, 8, 8 * 7 // 2, id="weak and alone, at its cap"),
        pytest.param(WORD, 9, 0, id="weak and alone, above its cap"),
    ],
)
def test_block_above_its_cap_proposes_nobody(key, holders, pairs):
    assert len(proposed(keyed(*[{key}] * holders))) == pairs


def test_large_weak_block_counts_when_another_key_backs_it_up():
    records = [{WORD}] * 12
    records[3] = records[7] = {WORD, Key(Kind.STREET, "polna|7")}

    assert proposed(keyed(*records)) == [Candidate(3, 7, strong=0, places=1, names=1)]


def test_weak_block_above_the_cap_backs_nothing_up():
    found = keyed(*[{WORD, PHONE}] * 17)

    assert {pair.names for pair in proposed(found)} == {0}


def test_pairs_are_dealt_out_by_their_left_record():
    ranges = new_partitions()
    add_pairs(ranges, (key_hash(PHONE), [4, 9, 12]), 5, Caps())

    assert [len(part) for part in ranges[:3]] == [2, 1, 0]


def test_only_keys_of_three_holders_are_counted():
    found = keyed({PHONE, WORD}, {PHONE, WORD}, {PHONE})
    counts = CompactCounts(shared_counts(found))

    assert counts[PHONE] == 3
    assert counts.get(WORD) is None
    assert len(counts) == 1


@pytest.mark.parametrize("value", [str(number) for number in range(20)])
def test_count_of_an_unknown_key_is_missing(value):
    counts = CompactCounts([(key_hash(PHONE), 3), (key_hash(WORD), 4)])

    with pytest.raises(KeyError):
        counts[Key(Kind.WORD, value)]


def test_counts_of_partitions_are_those_of_their_pairs():
    keys = sorted((key_hash(Key(Kind.WORD, str(n))), 3 + n) for n in range(50))
    parts = [
        array("Q", (n for pair in part for n in pair))
        for part in (keys[:20], [], keys[20:])
    ]

    counts = CompactCounts.of_partitions(parts)

    assert [counts[Key(Kind.WORD, str(n))] for n in range(50)] == list(range(3, 53))
    assert counts.get(Key(Kind.WORD, "none")) is None


def test_compact_counts_do_not_know_their_keys():
    with pytest.raises(TypeError):
        iter(CompactCounts([]))


def named(name, **values):
    return normalise(Party(name=name, is_company=True, country="PL", **values))


@pytest.mark.parametrize(
    ("candidate", "names", "hopeless"),
    [
        ((0, 0, 1), ("Baltik Transport", "Zakład Krawiecki Nowak"), True),
        ((0, 0, 1), ("Baltik Transport", "Transport Baltyk"), False),
        ((0, 0, 1), ("Nowak Instal", "Instal Nowak"), False),
        ((0, 0, 2), ("Baltik Transport", "Zakład Krawiecki Nowak"), False),
        ((1, 0, 0), ("Baltik Transport", "Zakład Krawiecki Nowak"), False),
        ((0, 1, 0), ("Baltik Transport", "Zakład Krawiecki Nowak"), False),
    ],
    ids=["nothing alike", "alike", "in order", "two keys", "identifier", "address"],
)
def test_hopeless_are_other_names_with_one_weak_key(candidate, names, hopeless):
    left, right = map(named, names)

    assert is_hopeless(Candidate(0, 1, *candidate), left, right) is hopeless


SAME = {"vats": ("526-10-40-828",), "phones": ("601 602 603",), "city": "Gdynia"}


def test_scan_finds_the_same_customer():
    profiles = [
        named("Baltik Transport sp. z o.o.", **SAME),
        named("Piekarnia Pod Dębem", city="Radom"),
        named("BALTIK TRANSPORT", **SAME),
    ]

    (pair,) = scan(profiles)

    assert (pair.left, pair.right) == (0, 2)
    assert pair.match.verdict == Verdict.CERTAIN


def test_little_likeness_is_enough_where_nobody_can_be_reached():
    names = "Baltik Transport", "Zakład Krawiecki Nowak"
    known = [named(name, phones=("601602603",)) for name in names]
    unknown = [named(name) for name in names]
    two_words = Candidate(0, 1, strong=0, places=0, names=2)
    brand = Candidate(0, 1, strong=0, places=0, names=2, brands=1)

    assert is_hopeless(two_words, *known)
    assert not is_hopeless(two_words, *unknown)
    assert not is_hopeless(brand, *known)


FAR = {"city": "Radom", "street": "Długa 9", "zip": "26-600"}
NEAR = {"city": "Gdynia", "street": "Polna 7", "zip": "81-001"}
BOX = {"emails": ("a@baltik.pl",), "city": "Gdynia"}
OTHER_BOX = {"emails": ("b@baltik.pl",), "city": "Radom"}


@pytest.mark.parametrize(
    ("names", "where", "hopeless"),
    [
        (("Baltik Transport", "Baltik Budowa"), (NEAR, NEAR), False),
        (("Baltik Transport", "Baltik Budowa"), (NEAR, FAR), True),
        (("Baltik Transport", "Baltik Transporty"), (NEAR, FAR), False),
        (("Baltik Transport", "Baltik Budowa"), (NEAR, {}), False),
        (("Baltik Transport", "Baltik Budowa"), (BOX, OTHER_BOX), True),
    ],
)
def test_the_more_fields_differ_the_more_alike_must_names_be(names, where, hopeless):
    left = named(names[0], phones=("601602603",), **where[0])
    right = named(names[1], **where[1])
    words = Candidate(0, 1, strong=0, places=0, names=4)

    assert is_hopeless(words, left, right) is hopeless
    assert is_hopeless(words, right, left) is hopeless


def test_two_tax_numbers_are_compared_however_different_the_rest():
    left = named("Baltik Transport", vats=("5261040828",), phones=("601602603",))
    right = named("Baltik Budowa", vats=("5260001246",), phones=("601602604",), **FAR)
    words = Candidate(0, 1, strong=0, places=0, names=4)

    assert not is_hopeless(words, left._replace(city="gdinia", zip="81001"), right)


def test_other_name_at_an_address_is_hopeless_alone():
    left = named("Baltik Transport", phones=("601602603",))
    right = named("Zakład Krawiecki Nowak")
    place = Candidate(0, 1, strong=0, places=1, names=0)

    assert is_hopeless(place, left, right)


def test_scan_finds_a_slip_within_a_word_of_one_city():
    left = named("Artfol", city="Gdynia", phones=("601602603",))
    right = named("Artrol Sp. z o.o.", city="Gdynia")

    assert not left.keys & right.keys
    assert len(list(scan([left, right]))) == 1


def test_scan_compares_no_hopeless_pair():
    people = [
        normalise(Party(name=name, is_company=False))
        for name in ("Janusz Lis", "Janusz Brzęczyszczykiewicz-Gżegżółka")
    ]

    assert len(people[0].keys & people[1].keys) == 1
    assert list(scan(people)) == []


def test_scan_drops_what_the_comparison_does_not_take_for_a_match():
    first = named("Adam Nowak", street="Polna 7", city="Gdynia", phones=("601602603",))
    second = named(
        "Zofia Lis Meble", street="Długa 9", city="Radom", phones=("601602603",)
    )
    others = [named(f"{letter} Studio", phones=("601602603",)) for letter in "ABCDEF"]

    found = list(scan([first, second, *others]))

    assert (0, 1) not in {(pair.left, pair.right) for pair in found}


def test_scan_of_nobody_finds_nothing():
    assert list(scan([])) == []


KEYS = st.frozensets(
    st.builds(Key, st.sampled_from(list(Kind)), st.sampled_from("abc")), max_size=6
)


@given(records=st.lists(KEYS, max_size=12), width=st.integers(1, 12))
def test_pairs_are_those_that_share_a_key_in_order(records, width):
    found = [(pair.left, pair.right) for pair in proposed(keyed(*records), width)]

    assert all(one < other for one, other in pairwise(found))
    assert all(records[left] & records[right] for left, right in found)


@given(numbers=st.lists(st.integers(0, 2**40), max_size=5))
def test_partitions_survive_as_bytes(numbers):
    partition = array("Q", numbers * 2)
    copy = array("Q")
    copy.frombytes(partition.tobytes())

    assert list(blocks(copy)) == list(blocks(partition))
