"""A customer in normal form, made once and stored."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from .blocking import blocking_keys, scan_keys
from .keys import Key

# Raise it whenever normalising, the fields or the keys made of them change: stored
# profiles are made again, and what keys the table holds is read off them.
PROFILE_VERSION = 2


class ProfileError(ValueError):
    """A stored profile cannot be read; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Profile(NamedTuple):
    """A customer in normal form; texts are ``""`` and tuples empty when not known.

    A named tuple, because scans and look-ups make millions of them from what is stored.

    :ivar name: as typed, cut to 120 characters, for showing only
    :ivar is_person: ``True``, ``False``, or ``None`` when nothing tells
    :ivar words: folded words of the name; ``kinds`` has one letter for each
    :ivar sorted_name: all words and numbers of the name in alphabetical order
    :ivar letters: the words of the name without spaces, in their own order
    :ivar vats: valid tax numbers with country in front
    :ivar tax_numbers: every tax number without country, the valid ones as well
    :ivar phones: national numbers
    :ivar domains: registered domains that are not free mail
    :ivar brands: what domains and free mailboxes say about the name
    :ivar contacts: sorted folded names of contact persons
    """

    name: str = ""
    is_person: bool | None = None
    words: tuple[str, ...] = ()
    kinds: str = ""
    sorted_name: str = ""
    letters: str = ""
    numbers: tuple[str, ...] = ()
    legal_form: str = ""
    vats: tuple[str, ...] = ()
    tax_numbers: tuple[str, ...] = ()
    registry_numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    bank_accounts: tuple[str, ...] = ()
    street: str = ""
    house: str = ""
    flat: str = ""
    city: str = ""
    zip: str = ""
    country: str = ""
    contacts: tuple[str, ...] = ()

    @property
    def named_words(self) -> Iterable[tuple[str, str]]:
        """The words of the name, each with its kind."""
        return zip(self.words, self.kinds, strict=True)

    @property
    def is_reachable(self) -> bool:
        """Whether a telephone or mailbox is known."""
        return bool(self.phones or self.emails)

    @property
    def keys(self) -> frozenset[Key]:
        """What this customer is found by; made anew at every call."""
        return frozenset(blocking_keys(self))

    @property
    def all_keys(self) -> frozenset[Key]:
        """The same with what only a scan looks for; none of that is stored."""
        return frozenset((*blocking_keys(self), *scan_keys(self)))

    def dump(self) -> str:
        """Return the profile as compact JSON; :meth:`load` is the exact inverse."""
        return json.dumps(
            [PROFILE_VERSION, *self],
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def load(cls, text: str) -> "Profile":
        """Read what :meth:`dump` wrote.

        :raise ProfileError: ``profile_version`` when another version wrote it,
            ``profile_unreadable`` when it is something else
        """
        try:
            version, *values = json.loads(text)
        except (ValueError, TypeError) as error:
            raise ProfileError("profile_unreadable") from error
        if version != PROFILE_VERSION or len(values) != len(cls._fields):
            raise ProfileError("profile_version")
        fields: Any = [tuple(v) if v.__class__ is list else v for v in values]
        return cls._make(fields)
