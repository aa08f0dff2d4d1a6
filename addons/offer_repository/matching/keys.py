"""What of a customer can be looked up: typed keys."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from .mailboxes import normalise_emails
from .phones import normalise_phones
from .tax_numbers import normalise_vat


class Kind(StrEnum):
    """What a key is made of; ``TAX`` is a tax number with a wrong check digit."""

    VAT = "vat"
    TAX = "tax"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One value in normal form; equal keys mean that two customers share it."""

    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Party:
    """A customer as typed or stored, with its contact persons' addresses.

    :ivar country: two-letter code, ``None`` when not known
    :ivar home_countries: where the customer may be at home when the country is not
        known; every one under which a value makes sense gives a key
    """

    vats: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    country: str | None = None
    home_countries: tuple[str, ...] = ()


def keys(party: Party) -> frozenset[Key]:
    """Return all keys of a customer."""
    homes = party.home_countries or (None,)
    countries = (party.country,) if party.country else homes
    return frozenset(
        (
            *_vat_keys(party.vats, countries),
            *_email_keys(party.emails),
            *_phone_keys(party.phones, countries),
        )
    )


def _vat_keys(
    values: Iterable[str], countries: tuple[str | None, ...]
) -> Iterator[Key]:
    for value in values:
        readings = [normalise_vat(value, country) for country in countries]
        known = [reading for reading in readings if reading]
        # A reading whose check digit holds makes the others implausible.
        for reading in [key for key in known if key.is_valid] or known:
            kind = Kind.VAT if reading.is_valid else Kind.TAX
            yield Key(kind, reading.value)


def _email_keys(values: Iterable[str]) -> Iterator[Key]:
    for value in values:
        for address in normalise_emails(value):
            yield Key(Kind.EMAIL, address)


def _phone_keys(
    values: Iterable[str], countries: tuple[str | None, ...]
) -> Iterator[Key]:
    for value in values:
        for country in countries:
            for number in normalise_phones(value, country):
                yield Key(Kind.PHONE, number)
