"""Entries and positions as hypothesis makes them."""

from __future__ import annotations

from datetime import datetime

from hypothesis import strategies as st

from timeline import LEVELS, Attachment, Cursor, Entry

# Few values each, so that equal times and equal ids really come up.
MOMENTS = st.sampled_from(
    [
        datetime.fromisoformat(f"2026-11-0{day}T0{hour}:00:00")
        for day in (1, 2)
        for hour in (0, 9)
    ]
)
SOURCES = st.sampled_from(["activity", "interaction", "lead"])
IDS = st.integers(min_value=1, max_value=15)

cursors = st.builds(
    Cursor,
    occurred_at=st.datetimes(),
    source=st.text(max_size=30),
    id=st.integers(min_value=1, max_value=2**31 - 1),
    newer=st.booleans(),
)

entries = st.builds(
    Entry,
    source=SOURCES,
    id=IDS.map(str),
    occurred_at=MOMENTS,
)

TEXT = st.text(min_size=1, max_size=10)

full_entries = st.builds(
    Entry,
    source=SOURCES,
    id=IDS.map(str),
    occurred_at=MOMENTS,
    channel=TEXT,
    direction=TEXT,
    state=TEXT,
    label=TEXT,
    duration=st.integers(min_value=1, max_value=9999),
    certainty=TEXT,
    user_name=TEXT,
    company_name=TEXT,
    partner_name=TEXT,
    subject=TEXT,
    preview=TEXT,
    attachments=st.just((Attachment(1, "plan.pdf", "application/pdf"),)),
    res_model=TEXT,
    res_id=IDS,
    thread=TEXT,
    is_pinned=st.just(True),
    can_pin=st.just(True),
)

levels = st.sampled_from(LEVELS)
