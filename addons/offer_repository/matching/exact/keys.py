"""COMPATIBILITY: what of a customer can be looked up by exact values."""

from collections.abc import Iterable, Iterator

from ..keys import Key, Kind
from ..mailboxes import normalise_emails
from ..party import Party
from ..phones import normalise_phones
from ..tax_numbers import normalise_vat


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
