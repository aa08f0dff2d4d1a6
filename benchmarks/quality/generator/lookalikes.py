"""Groups of customers that look alike and are not the same, or only related."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from .customers import (
    Address,
    Customer,
    address,
    firm,
    name_parts,
    private_mailbox,
    private_person,
)
from .identifiers import landline, mobile, vat
from .words_of import Words, brand


@dataclass(frozen=True)
class Group:
    """Customers with the relation that holds between each two of them."""

    members: tuple[Customer, ...]
    kind: str = ""
    tag: str = ""


def _alike(tag: str, members: list[Customer]) -> Group:
    return Group(tuple(members), "hard_negative", tag)


def sisters(rng: random.Random, words: Words) -> Group:
    """Firms of one holding: one brand and domain, other towns, trades, tax numbers."""
    named = brand(rng)
    first = firm(rng, words, named=named, parts=_branded(rng, words, named))
    members = [first]
    for _each in range(rng.choice((1, 1, 2))):
        other = firm(rng, words, parts=_branded(rng, words, named), named=named)
        if rng.random() < 0.4:
            other = other.with_(address=first.address)
        if rng.random() < 0.35:
            other = other.with_(phone=first.phone)
        shared = f"{other.email.split('@')[0]}@{first.domain}" if first.domain else ""
        members.append(other.with_(domain=first.domain, email=shared or other.email))
    return _alike("hn_sister", members)


def _branded(rng: random.Random, words: Words, named: str):
    trade = ("trade", tuple(words.pick(rng, "trades")))
    legal = ("legal", tuple(words.lists["legal"][rng.choice((0, 0, 1))]))
    return (("brand", (named,)), trade, legal)


def accountant(rng: random.Random, words: Words) -> Group:
    """Clients of one bookkeeper, whose telephone and mailbox stand on all of them."""
    office = firm(rng, words)
    members = []
    for _each in range(rng.choice((2, 3, 4, 6))):
        client = firm(rng, words, place=address(rng, words, office.address.city))
        client = client.with_(phone=office.phone, contacts=())
        if rng.random() < 0.6:
            client = client.with_(email=office.email)
        if rng.random() < 0.3:
            client = client.with_(address=office.address)
        members.append(client)
    return _alike("hn_accountant", members)


def coworking(rng: random.Random, words: Words) -> Group:
    """Firms behind one door."""
    door = address(rng, words)
    return _alike(
        "hn_coworking",
        [firm(rng, words, place=door) for _each in range(rng.choice((2, 3, 5)))],
    )


def franchise(rng: random.Random, words: Words) -> Group:
    """One sign over many doors, each owned by somebody else."""
    sign = words.pick(rng, "franchise")
    domain = f"{sign.split()[-1].lower()}.example" if rng.random() < 0.1 else ""
    members = []
    for city in rng.sample(words.cities, rng.choice((2, 3, 4))):
        parts = (("brand", (sign,)), ("place", (city.name, "")))
        shop = firm(rng, words, parts=parts, place=address(rng, words, city))
        members.append(shop.with_(domain=domain or shop.domain))
    mailbox = members[0].email
    if rng.random() < 0.3:
        members = [shop.with_(email=mailbox) for shop in members]
    return _alike("hn_franchise", members)


def household(rng: random.Random, words: Words) -> Group:
    """People of one family name at one address, some with one telephone."""
    home, family = address(rng, words), words.surname(rng)
    line = landline(rng, words.country, home.city.area)
    members: list[Customer] = []
    for _each in range(rng.choice((2, 2, 3))):
        person = words.person(rng, family)
        if any(person.given == other.person.given for other in members):
            continue
        one = private_person(rng, words, person, home).with_(old_address=None)
        members.append(one.with_(phone=line) if rng.random() < 0.4 else one)
    return _alike("hn_household", members)


def spouses(rng: random.Random, words: Words) -> Group:
    """Two people who share telephone and mailbox."""
    home, family = address(rng, words), words.surname(rng)
    first = private_person(rng, words, words.person(rng, family), home)
    second = words.person(rng, family)
    while second.is_female == first.person.is_female:
        second = words.person(rng, family)
    other = private_person(rng, words, second, home)
    return _alike("hn_spouses", [first, other.with_(phone=first.phone)])


def namesakes(rng: random.Random, words: Words) -> Group:
    """People with the same common name in one town, and nothing else in common."""
    person = words.person(rng, words.often_first(rng, "surnames"))
    city = words.city(rng)
    members = [
        private_person(rng, words, person, address(rng, words, city)).with_(
            old_address=None
        )
        for _each in range(2)
    ]
    return _alike("hn_common_person", members)


def father_and_son(rng: random.Random, words: Words) -> Group:
    """The same name at the same address; each has a telephone and a mailbox."""
    older = private_person(rng, words).with_(old_address=None)
    younger = older.with_(
        phone=mobile(rng, words.country),
        email=private_mailbox(rng, words, older.person),
    )
    return _alike("hn_father_son", [older, younger])


def numbered(rng: random.Random, words: Words) -> Group:
    """Schools of a town, or companies of one project, told apart by a number."""
    is_project = rng.random() < 0.5
    template = words.pick(rng, "spv" if is_project else "institution")
    place = address(rng, words)
    named, street = brand(rng), words.street(rng)
    first = firm(rng, words, place=place, named=named)
    members = []
    for number in rng.sample(range(1, 40), rng.choice((2, 3, 4))):
        text = template.format(n=number, c=place.city.name, b=named, s=street)
        home = place if is_project else address(rng, words, place.city)
        one = firm(rng, words, parts=(("brand", (text,)),), place=home)
        one = one.with_(domain=first.domain, contacts=())
        if is_project:
            one = one.with_(phone=first.phone, email=first.email)
        members.append(one)
    return _alike("hn_numbered", members)


def same_name(rng: random.Random, words: Words) -> Group:
    """Firms that happen to have the same name, in different towns."""
    named = brand(rng)
    parts = name_parts(rng, words, named, words.person(rng))
    towns = rng.sample(words.cities, 2)
    return _alike(
        "hn_same_name",
        [firm(rng, words, parts, address(rng, words, town), named) for town in towns],
    )


def same_owner(rng: random.Random, words: Words) -> Group:
    """Two firms of one person, with that person's telephone on both."""
    first = firm(rng, words)
    second = firm(rng, words, place=first.address).with_(
        phone=first.phone, contacts=first.contacts
    )
    return _alike("hn_same_owner", [first, second])


def works_at(rng: random.Random, words: Words) -> Group:
    """A firm, and one of its people as a customer of their own."""
    employer = firm(rng, words)
    while not employer.contacts:
        employer = firm(rng, words)
    known = employer.contacts[0]
    private = private_person(rng, words, known.person).with_(phone=known.phone)
    return Group((employer, private), "related", "rel_contact_person")


def units(rng: random.Random, words: Words) -> Group:
    """Units of one public body: one tax number, other names and places."""
    number = vat(rng, words.country)
    town = words.city(rng)
    members = []
    for count in rng.sample(range(1, 30), 2):
        text = words.lists["institution"][0].format(n=count, c=town.name, b="", s="")
        place: Address = address(rng, words, town)
        members.append(firm(rng, words, (("brand", (text,)),), place).with_(vat=number))
    return Group(tuple(members), "related", "rel_same_vat_unit")


def successor(rng: random.Random, words: Words) -> Group:
    """A firm that went on under a new form and a new tax number."""
    named = brand(rng)
    old = firm(rng, words, parts=_branded(rng, words, named), named=named)
    form = ("legal", tuple(words.lists["legal"][2]))
    new = old.with_(
        vat=vat(rng, words.country), parts=(*old.parts[:-1], form), registry=""
    )
    return Group((old, new), "related", "rel_successor")


# How often a group comes up among all groups and single customers, per mille.
COMPANY_GROUPS: dict[Callable[[random.Random, Words], Group], int] = {
    sisters: 30,
    accountant: 26,
    coworking: 22,
    franchise: 22,
    numbered: 18,
    same_name: 16,
    same_owner: 12,
    works_at: 14,
    units: 5,
    successor: 6,
}
PERSON_GROUPS: dict[Callable[[random.Random, Words], Group], int] = {
    household: 60,
    spouses: 25,
    namesakes: 50,
    father_and_son: 6,
}
