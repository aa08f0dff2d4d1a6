"""Pairing: each time the customer waits, from the first question to any answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .roles import ANSWERS, ASKS


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact of a thread, as far as the clock is concerned.

    :param id: breaks the tie between contacts of the same second.
    :param at: naive UTC.
    :param role: one of ``ROLES``.
    :param user: our person, if there is one.
    """

    id: int
    at: datetime
    channel: str
    role: str
    user: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One time of waiting: the questions in a row, and what ended it.

    :param contact_ids: the questions, in their order; the first started the clock.
    :param people: our persons the questions went to, in their order, changes only.
    :param answer_id: the contact that answered, None while the customer waits.
    :param answered_by: our person who answered.
    """

    contact_ids: tuple[int, ...]
    channel: str
    started_at: datetime
    people: tuple[int, ...] = ()
    answer_id: int | None = None
    answered_at: datetime | None = None
    answered_by: int | None = None

    @property
    def is_open(self) -> bool:
        return self.answer_id is None

    @property
    def asked(self) -> int | None:
        """Our person the customer turned to first."""
        return self.people[0] if self.people else None

    @property
    def responsible(self) -> int | None:
        """Who answered; while nobody has, the last one it was handed to."""
        if self.answered_by is not None:
            return self.answered_by
        return self.people[-1] if self.people else None

    @property
    def handover_count(self) -> int:
        """How often it went from one of our persons to another."""
        path = self.people
        if self.answered_by is not None:
            path = _followed_by(path, self.answered_by)
        return max(len(path) - 1, 0)


def pair(contacts: Iterable[Contact]) -> tuple[Turn, ...]:
    """Return the turns of one thread, oldest first; only the last may be open.

    After any answer nothing is left over from before: a history may be cut there
    and paired piece by piece. Cost is n log n in the number of contacts.
    """
    turns: list[Turn] = []
    waiting: list[Contact] = []
    for contact in sorted(contacts, key=lambda contact: (contact.at, contact.id)):
        if contact.role == ASKS:
            waiting.append(contact)
        elif contact.role == ANSWERS and waiting:
            turns.append(_turn(waiting, contact))
            waiting = []
    if waiting:
        turns.append(_turn(waiting, None))
    return tuple(turns)


def _turn(questions: list[Contact], answer: Contact | None) -> Turn:
    people: tuple[int, ...] = ()
    for question in questions:
        if question.user is not None:
            people = _followed_by(people, question.user)
    return Turn(
        contact_ids=tuple(question.id for question in questions),
        channel=questions[0].channel,
        started_at=questions[0].at,
        people=people,
        answer_id=answer.id if answer else None,
        answered_at=answer.at if answer else None,
        answered_by=answer.user if answer else None,
    )


def _followed_by(people: tuple[int, ...], user: int) -> tuple[int, ...]:
    return people if people[-1:] == (user,) else (*people, user)
