from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephone import Call, EventError, PhoneEvent, fold, from_plain, from_zammad

NOON = datetime.fromisoformat("2026-03-10T12:00:00")

texts = st.none() | st.sampled_from(["+48221234567", "101", "102"])
events = st.builds(
    PhoneEvent,
    call_id=st.just("c1"),
    kind=st.sampled_from(["ring", "answer", "hangup"]),
    at=st.integers(0, 5).map(lambda second: NOON + timedelta(seconds=second)),
    direction=st.sampled_from([None, "incoming", "outgoing"]),
    caller=texts,
    called=texts,
    extension=texts,
    cause=st.sampled_from([None, "voicemail", "busy", "congestion"]),
)


def _event(kind: str, second: int = 0, **values: str) -> PhoneEvent:
    given = {"direction": "incoming", "caller": "+48221234567", **values}
    return PhoneEvent("c1", kind, NOON + timedelta(seconds=second), **given)


@given(st.lists(events, min_size=1, max_size=6), st.data())
def test_order_and_repetitions_change_nothing(
    told: list[PhoneEvent], data: st.DataObject
) -> None:
    repeated = told + data.draw(st.lists(st.sampled_from(told), max_size=4))
    shuffled = data.draw(st.permutations(repeated))

    assert fold(shuffled) == fold(told)


@given(st.lists(events, min_size=1, max_size=6))
def test_call_begins_with_its_first_event_and_is_never_negative(
    told: list[PhoneEvent],
) -> None:
    call = fold(told)

    assert call.started_at == min(event.at for event in told)
    assert call.duration >= 0
    assert call.is_over == any(event.kind == "hangup" for event in told)


@pytest.mark.parametrize(
    ("told", "state", "duration"),
    [
        pytest.param([_event("ring")], "missed", 0, id="still rings"),
        pytest.param([_event("ring"), _event("answer", 5)], "answered", 0, id="talks"),
        pytest.param(
            [_event("ring"), _event("answer", 5), _event("hangup", 65)],
            "answered",
            60,
            id="talked",
        ),
        pytest.param([_event("ring"), _event("hangup", 9)], "missed", 0, id="missed"),
        pytest.param([_event("hangup")], "missed", 0, id="only the end is known"),
        pytest.param([_event("answer", 5)], "answered", 0, id="only that it was taken"),
        pytest.param(
            [_event("ring"), _event("hangup", 9, cause="voicemail")],
            "voicemail",
            0,
            id="voicemail",
        ),
        pytest.param(
            [_event("hangup", cause="congestion")], "missed", 0, id="our fault"
        ),
        pytest.param(
            [_event("hangup", direction="outgoing", cause="notfound")],
            "failed",
            0,
            id="wrong number",
        ),
    ],
)
def test_state_of_a_call(told: list[PhoneEvent], state: str, duration: int) -> None:
    call = fold(told)

    assert (call.state, call.duration) == (state, duration)


def test_person_is_who_took_it_and_not_whose_telephone_rang() -> None:
    call = fold([_event("ring", extension="101"), _event("answer", 5, extension="102")])

    assert call.extension == "102"


def test_customer_is_the_other_side() -> None:
    incoming = fold([_event("ring", called="101")])
    outgoing = fold([_event("ring", direction="outgoing", called="601", caller="1")])

    assert incoming.customer == "+48221234567"
    assert outgoing.customer == "601"


def test_direction_that_nobody_told_is_incoming() -> None:
    assert fold([PhoneEvent("c1", "ring", NOON)]).direction == "incoming"


ZAMMAD = {
    "event": "newCall",
    "callId": "abc-1",
    "direction": "in",
    "from": "48221234567",
    "to": "48601234567",
    "user": ["Alice"],
}


def test_zammad_event_is_read() -> None:
    event = from_zammad({**ZAMMAD, "answeringNumber": 101, "cause": "Busy"}, NOON)

    assert event == PhoneEvent(
        "abc-1", "ring", NOON, "incoming", "48221234567", "48601234567", "101", "busy"
    )


def test_plain_event_is_read_with_its_own_time() -> None:
    event = from_plain(
        {
            "event": "answer",
            "call_id": 77,
            "at": "2026-03-10T14:00:05.5+01:00",
            "extension": " 101 ",
        },
        NOON,
    )

    at = NOON.replace(hour=13, second=5)
    assert event == PhoneEvent("77", "answer", at, extension="101")


def test_plain_event_without_time_happened_when_it_came() -> None:
    event = from_plain({"event": "ring", "call_id": "1", "direction": "outgoing"}, NOON)

    assert (event.at, event.direction) == (NOON, "outgoing")


@pytest.mark.parametrize(
    ("values", "code", "name"),
    [
        ({"callId": None}, "missing", "callId"),
        ({"callId": "  "}, "missing", "callId"),
        ({"event": "dance"}, "unknown_value", "event"),
        ({"direction": "up"}, "unknown_value", "direction"),
        ({"from": ["1"]}, "unknown_value", "from"),
        ({"to": "1" * 201}, "too_long", "to"),
    ],
)
def test_zammad_event_nobody_can_use_is_refused(
    values: dict[str, object], code: str, name: str
) -> None:
    with pytest.raises(EventError) as caught:
        from_zammad({**ZAMMAD, **values}, NOON)

    assert (caught.value.code, caught.value.name) == (code, name)


@pytest.mark.parametrize(
    "at", ["yesterday", "2026-03-10T12:00:00", "0001-01-01T00:00:00+12:00"]
)
def test_plain_event_without_a_usable_time_is_refused(at: str) -> None:
    with pytest.raises(EventError) as caught:
        from_plain({"event": "ring", "call_id": "1", "at": at}, NOON)

    assert caught.value.code == "bad_time"


@given(
    st.dictionaries(
        st.sampled_from(["event", "call_id", "callId", "direction", "from", "at"]),
        st.one_of(st.text(max_size=20), st.integers(), st.none(), st.booleans()),
    )
)
def test_any_input_is_read_or_refused(values: dict[str, object]) -> None:
    for read in (from_plain, from_zammad):
        with contextlib.suppress(EventError):
            assert isinstance(fold([read(values, NOON)]), Call)
