from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import pytest

import pbx_simulator
from telephone import PhoneEvent, fold, from_plain, from_zammad

NOW = datetime.fromisoformat("2026-03-10T12:00:00")
KNOWN = ["+48221234567", "+302101234567"]


def _read(message: pbx_simulator.Message) -> PhoneEvent:
    return (from_zammad if message.is_form else from_plain)(message.values, NOW)


@pytest.mark.parametrize("seed", range(5))
def test_day_that_is_played_is_the_day_that_was(seed: int) -> None:
    day = pbx_simulator.plan_day(seed, 60, KNOWN, "101")
    events: dict[str, list[PhoneEvent]] = defaultdict(list)
    for message in day.messages:
        event = _read(message)
        events[event.call_id].append(event)

    assert len(events) == len(day.calls) == 60
    for call in day.calls:
        folded = fold(events[call.call_id])
        assert (folded.direction, folded.state) == (call.direction, call.state)
        if not any(
            m.is_form for m in day.messages if call.call_id in m.values.values()
        ):
            assert folded.duration == call.duration


def test_day_has_all_that_goes_wrong() -> None:
    day = pbx_simulator.plan_day(1, 100, KNOWN, "101")
    kinds = [_read(message) for message in day.messages]
    first = {event.call_id: event.kind for event in reversed(kinds)}

    assert len(kinds) > len(set(kinds))
    assert {"answer", "hangup"} <= set(first.values())
    assert {call.number for call in day.calls} > set(KNOWN)
    assert {call.state for call in day.calls} == {"answered", "missed", "voicemail"}


def test_same_seed_is_the_same_day() -> None:
    assert pbx_simulator.plan_day(3, 9, KNOWN, "1") == pbx_simulator.plan_day(
        3, 9, KNOWN, "1"
    )
