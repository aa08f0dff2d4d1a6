#!/usr/bin/env python3
"""Play a day of calls to a telephone endpoint of Contact History.

    python3 tools/pbx_simulator.py ADDRESS --calls 200 --senders 20

ADDRESS is what "Make the address" of a telephone system shows. The day has calls in
and out, answered, missed and on the answering machine, of known and unknown numbers;
events come twice, in the wrong order, and in two shapes. The same seed plays the same
day, so playing it twice must add nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

OPENS = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
WORKDAY_SECONDS = 8 * 3600
ENDINGS = ("answered", "answered", "answered", "missed", "voicemail")
CAUSES = {"answered": "normalClearing", "missed": "cancel", "voicemail": "voicemail"}
UNKNOWN_SHARE = 0.3
REPEATED_SHARE = 0.25
SHUFFLED_SHARE = 0.3
TRIES = 5
ZAMMAD_NAMES = {"ring": "newCall", "answer": "answer", "hangup": "hangup"}


@dataclass(frozen=True)
class PlannedCall:
    """A call as it really was: what must be found afterwards."""

    call_id: str
    direction: str
    number: str
    state: str
    started_at: datetime
    duration: int


@dataclass(frozen=True)
class Message:
    """One request: form fields for Zammad's shape, JSON for the plain one."""

    values: dict[str, str]
    is_form: bool


@dataclass(frozen=True)
class Day:
    calls: tuple[PlannedCall, ...]
    messages: tuple[Message, ...]


def plan_day(seed: int, count: int, numbers: Sequence[str], extension: str) -> Day:
    """Make up a day.

    :param numbers: that are known, for example +48221234567.
    :param extension: whose telephone rings.
    """
    random = Random(seed)
    calls = [_plan_call(random, f"{seed}-{number}", numbers) for number in range(count)]
    messages: list[Message] = []
    for call in sorted(calls, key=lambda call: call.started_at):
        told = _messages(call, extension, is_form=random.random() < 0.5)
        if random.random() < SHUFFLED_SHARE:
            random.shuffle(told)
        messages += told
        if random.random() < REPEATED_SHARE:
            messages += random.sample(told, random.randint(1, len(told)))
    return Day(tuple(calls), tuple(messages))


def _plan_call(random: Random, call_id: str, numbers: Sequence[str]) -> PlannedCall:
    is_unknown = not numbers or random.random() < UNKNOWN_SHARE
    unknown = f"+48601{random.randrange(10**6):06}"
    state = random.choice(ENDINGS)
    return PlannedCall(
        call_id=call_id,
        direction=random.choice(["incoming", "incoming", "outgoing"]),
        number=unknown if is_unknown else random.choice(numbers),
        state=state,
        started_at=OPENS + timedelta(seconds=random.randrange(WORKDAY_SECONDS)),
        duration=random.randint(5, 900) if state == "answered" else 0,
    )


def _messages(call: PlannedCall, extension: str, *, is_form: bool) -> list[Message]:
    taken = call.started_at + timedelta(seconds=8)
    steps = [("ring", call.started_at)]
    if call.state == "answered":
        steps.append(("answer", taken))
    steps.append(("hangup", taken + timedelta(seconds=call.duration)))
    shape = _as_zammad if is_form else _as_plain
    return [Message(shape(call, extension, *step), is_form) for step in steps]


def _as_plain(
    call: PlannedCall, extension: str, kind: str, at: datetime
) -> dict[str, str]:
    values = {
        "event": kind,
        "call_id": call.call_id,
        "direction": call.direction,
        "extension": extension,
        "at": at.isoformat(),
        **_sides(call, extension),
    }
    return values | ({"cause": CAUSES[call.state]} if kind == "hangup" else {})


def _as_zammad(
    call: PlannedCall, extension: str, kind: str, _at: datetime
) -> dict[str, str]:
    values = {
        "event": ZAMMAD_NAMES[kind],
        "callId": call.call_id,
        "direction": "in" if call.direction == "incoming" else "out",
        "answeringNumber": extension,
        # These systems leave out the plus.
        **{name: side.lstrip("+") for name, side in _sides(call, extension).items()},
    }
    return values | ({"cause": CAUSES[call.state]} if kind == "hangup" else {})


def _sides(call: PlannedCall, extension: str) -> dict[str, str]:
    if call.direction == "incoming":
        return {"from": call.number, "to": extension}
    return {"from": extension, "to": call.number}


def send(address: str, message: Message) -> tuple[int, float]:
    """Send one message; when the server is busy, again.

    :return: status of the last try (0: no connection), and seconds of all tries.
    """
    if message.is_form:
        kind = "application/x-www-form-urlencoded"
        body = urllib.parse.urlencode(message.values).encode()
    else:
        kind, body = "application/json", json.dumps(message.values).encode()
    begin, status = time.perf_counter(), 0
    for turn in range(TRIES):
        request = urllib.request.Request(address, body, {"Content-Type": kind})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        except OSError:
            status = 0
        if status and status < 500:
            break
        time.sleep(0.2 * 2**turn)
    return status, time.perf_counter() - begin


def play(address: str, day: Day, senders: int) -> list[tuple[int, float]]:
    """Send all messages, ``senders`` at a time."""
    with ThreadPoolExecutor(max_workers=senders) as pool:
        return list(pool.map(lambda message: send(address, message), day.messages))


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the day and print how it went; 1 when a message was not taken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--senders", type=int, default=1, help="at the same time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", action="append", default=[], help="a known one")
    parser.add_argument("--extension", default="101")
    given = parser.parse_args(arguments)
    day = plan_day(given.seed, given.calls, given.number, given.extension)
    begin = time.perf_counter()
    results = play(given.address, day, given.senders)
    seconds = time.perf_counter() - begin
    refused = sum(status != 200 for status, _seconds in results)
    spent = sorted(taken for _status, taken in results)
    sys.stdout.write(
        f"{len(day.calls)} calls, {len(results)} messages, {refused} not taken, "
        f"{len(results) / seconds:.1f} a second, "
        f"median {spent[len(spent) // 2] * 1000:.0f} ms, "
        f"95th percentile {spent[int(len(spent) * 0.95)] * 1000:.0f} ms\n"
    )
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
