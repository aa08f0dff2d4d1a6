"""What a customer can be found by: typed keys."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a key is made of.

    The strong kinds identify: whoever shares such a value shares an identifier. The
    others only bring together who may be worth comparing.
    """

    VAT = "vat"
    TAX = "tax"
    EMAIL = "email"
    PHONE = "phone"
    REGISTRY = "registry"
    BANK = "bank"
    DOMAIN = "domain"
    BRAND = "brand"
    NAME = "name"
    WORD = "word"
    WORD_CITY = "word_city"
    START_CITY = "start_city"
    TAIL_CITY = "tail_city"
    START_ZIP = "start_zip"
    SOUND = "sound"
    STREET = "street"
    STREET_AREA = "street_area"
    ZIP_HOUSE = "zip_house"
    # Of a scan only, see ``Profile.all_keys``.
    SOUNDS = "sounds"
    ENDS_CITY = "ends_city"
    START_PLACE = "start_place"
    NUMBER_CITY = "number_city"
    STARTS = "starts"
    PHONE_START = "phone_start"
    PHONE_END = "phone_end"

    # That of Enum is Python code, and a scan hashes tens of millions of keys.
    __hash__ = str.__hash__

    @property
    def is_strong(self) -> bool:
        """Return whether a shared value counts as an identifier."""
        return self in _STRONG


_STRONG = frozenset(
    (Kind.VAT, Kind.TAX, Kind.EMAIL, Kind.PHONE, Kind.REGISTRY, Kind.BANK)
)


class Key(NamedTuple):
    """One value in normal form; equal keys mean that two customers share it."""

    kind: Kind
    value: str
