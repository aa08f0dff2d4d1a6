from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import thread_of


@pytest.mark.parametrize(
    "answer",
    [
        "Re: Oak table",
        "RE:  oak   TABLE",
        "Odp: Re: Oak table",
        "AW: Fwd: Oak table",
        "Re[2]: Oak table",
        "Απ: Oak table",
        "PD: WG: SV: Oak table",
    ],
)
def test_answers_belong_to_what_they_answer(answer: str) -> None:
    assert thread_of("email", answer, None) == thread_of("email", "Oak table", None)


@pytest.mark.parametrize(
    "other", ["Oak tables", "Reoak table", "Price of the oak table", "Re: Oak chair"]
)
def test_other_subjects_do_not(other: str) -> None:
    assert thread_of("email", other, None) != thread_of("email", "Oak table", None)


def test_without_a_subject_the_document_decides() -> None:
    first = thread_of("sms", None, ("sale.order", 1))

    assert first is not None
    assert first == thread_of("chat", " ", ("sale.order", 1))
    assert first != thread_of("sms", None, ("sale.order", 2))
    assert thread_of("sms", "Re:", None) is None


@pytest.mark.parametrize("channel", ["call", "visit", "meeting", None])
def test_what_is_not_written_stands_for_itself(channel: str | None) -> None:
    assert thread_of(channel, "Oak table", ("sale.order", 1)) is None


@given(st.text(max_size=500))
def test_key_is_short_whatever_the_subject(subject: str) -> None:
    key = thread_of("email", subject, None)

    assert key is None or len(key) == 16
