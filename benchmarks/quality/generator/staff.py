"""Who types: channels that bring a customer to a branch, and clerks with habits."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from .words_of import COUNTRIES


@dataclass(frozen=True)
class Channel:
    """Chance of each field to be filled, and of slips, in percent."""

    name: str
    fills: dict[str, int]
    hears: int = 0
    slips: int = 12
    full_name: int = 50
    own_contact: int = 30


def _fills(text: str) -> dict[str, int]:
    return {name: int(chance) for name, chance in (p.split("=") for p in text.split())}


CHANNELS = {
    channel.name: channel
    for channel in (
        Channel(
            "invoice",
            _fills("vat=97 registry=45 street=96 zip=96 city=99 email=45 phone=40"),
            slips=5,
            full_name=92,
            own_contact=5,
        ),
        Channel(
            "card",
            _fills(
                "vat=18 registry=2 street=66 zip=55 city=92 email=88 phone=95"
                " website=55 contact=75"
            ),
            slips=8,
            full_name=70,
            own_contact=45,
        ),
        Channel(
            "call",
            _fills("vat=12 street=30 zip=10 city=86 email=38 phone=96 contact=45"),
            hears=40,
            slips=14,
            full_name=15,
            own_contact=30,
        ),
        Channel(
            "web",
            _fills("vat=40 street=55 zip=50 city=82 email=99 phone=78 contact=50"),
            slips=14,
            full_name=30,
            own_contact=25,
        ),
        Channel(
            "migrated",
            _fills("vat=62 registry=12 street=85 zip=74 city=97 email=30 phone=68"),
            slips=9,
            full_name=60,
            own_contact=10,
        ),
        Channel(
            "counter",
            _fills("vat=30 street=42 zip=20 city=80 email=34 phone=78 contact=12"),
            hears=8,
            slips=24,
            full_name=25,
            own_contact=15,
        ),
    )
}


@dataclass
class Clerk:
    """Somebody who types, always in the same manner."""

    branch: str
    country: str
    rng: random.Random
    case: str = field(init=False)
    no_accents: bool = field(init=False)
    latin: bool = field(init=False)
    phone_form: int = field(init=False)
    vat_form: int = field(init=False)

    def __post_init__(self) -> None:
        rng = self.rng
        self.case = rng.choices(("as is", "upper", "lower"), (72, 22, 6))[0]
        self.no_accents = rng.random() < 0.2
        self.latin = rng.random() < 0.35
        self.phone_form = rng.randrange(7)
        self.vat_form = rng.randrange(5)


def clerks(rng: random.Random, per_country: int) -> dict[str, list[Clerk]]:
    """Return the staff: several clerks for each branch of each country."""
    return {
        country: [
            Clerk(f"{country}{number // 3 + 1}", country, random.Random(rng.random()))
            for number in range(per_country)
        ]
        for country in COUNTRIES
    }
