"""A customer as typed or stored."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """A customer with its contact persons' addresses; every value may be missing.

    :ivar is_company: ``None`` when not known
    :ivar country: two-letter code, ``None`` when not known
    :ivar home_countries: where the customer may be at home when the country is not
        known; every one under which a value makes sense gives a key
    """

    name: str = ""
    is_company: bool | None = None
    vats: tuple[str, ...] = ()
    registry_numbers: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    street: str = ""
    city: str = ""
    zip: str = ""
    country: str | None = None
    contact_persons: tuple[str, ...] = ()
    bank_accounts: tuple[str, ...] = ()
    home_countries: tuple[str, ...] = ()
