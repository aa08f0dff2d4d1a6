from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from response import ANSWERS, ASKS, NEITHER, ROLES, Contact, Turn, pair, role_of

MONDAY = datetime.fromisoformat("2026-03-09T09:00:00")

# Few moments, so that several contacts really fall into the same second.
contacts = st.builds(
    Contact,
    id=st.integers(min_value=1, max_value=10_000),
    at=st.integers(min_value=0, max_value=12).map(
        lambda minute: MONDAY + timedelta(minutes=minute)
    ),
    channel=st.sampled_from(["email", "call", "chat"]),
    role=st.sampled_from(ROLES),
    user=st.sampled_from([None, 1, 2, 3]),
)
threads = st.lists(contacts, max_size=30, unique_by=lambda contact: contact.id)


def _ordered(thread: list[Contact]) -> list[Contact]:
    return sorted(thread, key=lambda contact: (contact.at, contact.id))


def _thread(*steps: tuple[str, int | None]) -> list[Contact]:
    """One contact a minute."""
    return [
        Contact(number, MONDAY + timedelta(minutes=number), "email", role, user)
        for number, (role, user) in enumerate(steps, start=1)
    ]


@given(threads)
def test_every_question_is_in_exactly_one_turn(thread: list[Contact]) -> None:
    questions = [contact.id for contact in _ordered(thread) if contact.role == ASKS]

    assert [number for turn in pair(thread) for number in turn.contact_ids] == questions


@given(threads)
def test_first_answer_after_the_question_ends_the_turn(thread: list[Contact]) -> None:
    order = {contact.id: place for place, contact in enumerate(_ordered(thread))}
    answers = [contact.id for contact in _ordered(thread) if contact.role == ANSWERS]

    for turn in pair(thread):
        later = [a for a in answers if order[a] > order[turn.contact_ids[0]]]
        assert turn.answer_id == (later[0] if later else None)


@given(threads)
def test_turns_follow_each_other_and_only_the_last_is_open(
    thread: list[Contact],
) -> None:
    turns = pair(thread)

    assert not any(turn.is_open for turn in turns[:-1])
    for turn, following in pairwise(turns):
        assert turn.answered_at is not None
        assert turn.started_at <= turn.answered_at <= following.started_at


@given(threads, st.randoms(use_true_random=False))
def test_order_of_the_input_does_not_matter(thread: list[Contact], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(thread)
    random.shuffle(shuffled)

    assert pair(shuffled) == pair(thread)


@given(threads, st.data())
def test_history_may_be_cut_behind_any_answer(
    thread: list[Contact], data: st.DataObject
) -> None:
    rows = _ordered(thread)
    cuts = [place + 1 for place, row in enumerate(rows) if row.role == ANSWERS]
    cut = data.draw(st.sampled_from([0, *cuts]))

    assert pair(rows[:cut]) + pair(rows[cut:]) == pair(rows)


@given(threads)
def test_what_is_neither_changes_nothing(thread: list[Contact]) -> None:
    assert pair(thread) == pair(row for row in thread if row.role != NEITHER)


def test_several_questions_in_a_row_count_once_from_the_first() -> None:
    (turn,) = pair(_thread((ASKS, 1), (ASKS, 1), (NEITHER, 1), (ASKS, 1), (ANSWERS, 1)))

    assert turn.contact_ids == (1, 2, 4)
    assert turn.started_at == MONDAY + timedelta(minutes=1)
    assert turn.answered_at == MONDAY + timedelta(minutes=5)


def test_answer_on_another_channel_counts_and_the_turn_keeps_its_own() -> None:
    asked = Contact(1, MONDAY, "email", ASKS)
    called = Contact(2, MONDAY + timedelta(hours=1), "call", ANSWERS)

    (turn,) = pair([asked, called])

    assert (turn.channel, turn.answer_id) == ("email", 2)


@pytest.mark.parametrize(
    ("steps", "asked", "responsible", "handovers"),
    [
        pytest.param([(ASKS, None)], None, None, 0, id="nobody yet"),
        pytest.param([(ASKS, 1)], 1, 1, 0, id="waits for one"),
        pytest.param([(ASKS, 1), (ASKS, 2)], 1, 2, 1, id="asked another"),
        pytest.param([(ASKS, 1), (ANSWERS, 1)], 1, 1, 0, id="same one answers"),
        pytest.param([(ASKS, 1), (ANSWERS, 2)], 1, 2, 1, id="another answers"),
        pytest.param([(ASKS, None), (ANSWERS, 2)], None, 2, 0, id="first to take it"),
        pytest.param([(ASKS, 1), (ANSWERS, None)], 1, 1, 0, id="answered by the house"),
        pytest.param(
            [(ASKS, 1), (ASKS, None), (ASKS, 2), (ANSWERS, 1)], 1, 1, 2, id="and back"
        ),
    ],
)
def test_handovers_are_attributed(
    steps: list[tuple[str, int | None]],
    asked: int | None,
    responsible: int | None,
    handovers: int,
) -> None:
    (turn,) = pair(_thread(*steps))

    assert turn.asked == asked
    assert turn.responsible == responsible
    assert turn.handover_count == handovers


def test_answers_nobody_waited_for_make_no_turn() -> None:
    assert pair(_thread((ANSWERS, 1), (ANSWERS, 1))) == ()
    assert pair([]) == ()


def test_turn_says_whether_it_is_open() -> None:
    assert Turn((1,), "email", MONDAY).is_open
    assert not Turn((1,), "email", MONDAY, (), 2, MONDAY, 1).is_open


@pytest.mark.parametrize(
    ("channel", "direction", "state", "expected"),
    [
        ("email", "incoming", "done", ASKS),
        ("email", "outgoing", "done", ANSWERS),
        ("email", "outgoing", "failed", NEITHER),
        ("email", "incoming", "failed", NEITHER),
        ("chat", "incoming", "done", ASKS),
        ("letter", "incoming", "done", ASKS),
        ("call", "incoming", "answered", ANSWERS),
        ("call", "incoming", "done", ANSWERS),
        ("call", "incoming", "missed", ASKS),
        ("call", "incoming", "voicemail", ASKS),
        ("call", "outgoing", "answered", ANSWERS),
        ("call", "outgoing", "missed", NEITHER),
        ("call", "outgoing", "voicemail", ANSWERS),
        ("meeting", "incoming", "done", ANSWERS),
        ("meeting", "incoming", "missed", NEITHER),
        ("visit", "outgoing", "done", ANSWERS),
        ("visit", "outgoing", "missed", NEITHER),
        ("talk", "incoming", "done", ANSWERS),
        ("talk", "outgoing", "done", ANSWERS),
        ("talk", "incoming", "missed", NEITHER),
    ],
)
def test_role_of_a_contact(
    channel: str, direction: str, state: str, expected: str
) -> None:
    assert role_of(channel, direction, state, is_silent=False) == expected
    assert role_of(channel, direction, state, is_silent=True) == NEITHER
