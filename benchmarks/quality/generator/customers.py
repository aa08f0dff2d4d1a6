"""Customers as they are in the world, before anybody types them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from .identifiers import Phone, landline, mobile, registry, vat, zip_code
from .latin import slug
from .words_of import City, Person, Words, brand

# A part of a name: what it is, and the ways to write it, the official one first.
Part = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Address:
    """Where somebody is."""

    street_words: tuple[str, ...]
    street: str
    number: str
    flat: str
    zip_code: str
    city: City


@dataclass(frozen=True)
class Contact:
    """Somebody who speaks for a customer."""

    person: Person
    phone: Phone
    email: str


@dataclass(frozen=True)
class Customer:
    """One customer; a person has neither parts of a name nor contacts."""

    country: str
    is_company: bool
    parts: tuple[Part, ...]
    person: Person | None
    address: Address
    vat: str = ""
    registry: str = ""
    phone: Phone | None = None
    email: str = ""
    domain: str = ""
    contacts: tuple[Contact, ...] = ()
    old_address: Address | None = None
    tags: tuple[str, ...] = field(default=())

    def with_(self, **changes) -> Customer:
        """Return a copy with other values."""
        return replace(self, **changes)


def address(rng: random.Random, words: Words, city: City | None = None) -> Address:
    """Return a place, in ``city`` if one is given."""
    city = city or words.city(rng)
    number = str(int(1 + 180 * rng.random() ** 2)) + rng.choice(("",) * 8 + ("a", "B"))
    flat = str(rng.randint(1, 60)) if rng.random() < 0.35 else ""
    return Address(
        tuple(words.often_first(rng, "street_words")),
        words.street(rng),
        number,
        flat,
        zip_code(rng, words.country, city.zip_start),
        city,
    )


def private_mailbox(rng: random.Random, words: Words, person: Person) -> str:
    """Return an address at a free provider."""
    given = slug(person.given, words.country)
    surname = slug(person.surname, words.country)
    year = str(rng.randint(50, 99))
    local = rng.choice(
        (
            f"{given}.{surname}",
            f"{given[0]}{surname}{year}",
            f"{surname}{year}",
            f"{surname}.{given[:3]}",
            f"{given}{year}{rng.randint(1, 99)}",
        )
    )
    return f"{local}@{words.often_first(rng, 'free_mail')}"


def private_person(
    rng: random.Random,
    words: Words,
    person: Person | None = None,
    home: Address | None = None,
) -> Customer:
    """Return a human customer."""
    person = person or words.person(rng)
    home = home or address(rng, words)
    moved = address(rng, words) if rng.random() < 0.12 else None
    return Customer(
        words.country,
        False,
        (),
        person,
        home,
        phone=mobile(rng, words.country),
        email=private_mailbox(rng, words, person) if rng.random() < 0.8 else "",
        old_address=moved,
    )


def contact(rng: random.Random, words: Words, domain: str) -> Contact:
    """Return somebody who works at a firm."""
    person = words.person(rng)
    given, surname = (
        slug(part, words.country) for part in (person.given, person.surname)
    )
    local = rng.choice((f"{given}.{surname}", f"{given[0]}.{surname}", given, surname))
    return Contact(person, mobile(rng, words.country), f"{local}@{domain}")


def name_parts(
    rng: random.Random, words: Words, named: str, owner: Person
) -> tuple[Part, ...]:
    """Return the parts of a firm's official name."""
    trade = ("trade", tuple(words.pick(rng, "trades")))
    legal = ("legal", tuple(_legal(rng, words)))
    draw = rng.random()
    if draw < 0.3:
        return (("brand", (named,)), legal)
    if draw < 0.55:
        return (("brand", (named,)), trade, legal)
    if draw < 0.63:
        return (trade, ("brand", (named,)), legal)
    if draw < 0.7:
        families = f"{owner.surname} i {words.surname(rng)}"
        joint = {"PL": " i ", "GR": " & ", "DE": " & ", "GB": " & "}[words.country]
        return (("brand", (families.replace(" i ", joint),)), legal)
    prefix = ("prefix", (words.pick(rng, "prefixes"),))
    full = ("owner", (f"{owner.given} {owner.surname}", owner.surname))
    if draw < 0.85:
        return (prefix, trade, full)
    return (prefix, ("brand", (named,)), full)


def _legal(rng: random.Random, words: Words) -> list[str]:
    weights = words.lists["legal_weights"]
    return rng.choices(words.lists["legal"], weights)[0]


def firm(
    rng: random.Random,
    words: Words,
    parts: tuple[Part, ...] | None = None,
    place: Address | None = None,
    named: str | None = None,
) -> Customer:
    """Return a firm, or one of the name ``parts``; its domain goes by ``named``."""
    owner = words.person(rng)
    named = named or brand(rng)
    place = place or address(rng, words)
    parts = parts or name_parts(rng, words, named, owner)
    domain = _domain(rng, words, parts, owner)
    boxes = words.lists["role_boxes"]
    email = f"{rng.choice(boxes)}@{domain}" if domain else ""
    if not domain:
        email = private_mailbox(rng, words, owner)
    people = rng.choice((1, 1, 2, 2, 3)) if domain else 0
    return Customer(
        words.country,
        True,
        parts,
        owner if any(kind == "owner" for kind, _texts in parts) else None,
        place,
        vat=vat(rng, words.country),
        registry=registry(rng, words.country) if rng.random() < 0.6 else "",
        phone=_main_phone(rng, words, place),
        email=email,
        domain=domain,
        contacts=tuple(contact(rng, words, domain) for _each in range(people)),
        old_address=address(rng, words) if rng.random() < 0.1 else None,
    )


def _main_phone(rng: random.Random, words: Words, place: Address) -> Phone:
    if rng.random() < 0.6:
        return landline(rng, words.country, place.city.area)
    return mobile(rng, words.country)


def _domain(
    rng: random.Random, words: Words, parts: tuple[Part, ...], owner: Person
) -> str:
    """Return the firm's domain, "" for one in three that uses a free provider."""
    if rng.random() < 0.35:
        return ""
    texts = dict(parts)
    word = slug(texts.get("brand", (owner.surname,))[0], words.country) or "firma"
    trade = slug(texts["trade"][-1], words.country) if "trade" in texts else ""
    label = rng.choice(
        (word, word, word + trade[:6], f"{word}-{words.country.lower()}")
    )
    return f"{label}.{words.pick(rng, 'domain_end')}"
