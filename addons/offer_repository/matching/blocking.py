"""Keys under which customers that may be one meet."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from .keys import Key, Kind
from .latin import skeleton
from .names import CORE, GIVEN, INITIAL, PLACE

if TYPE_CHECKING:
    from .profile import Profile

_MAX_WORDS = 4
_MIN_WORD = 3
_MIN_BRAND = 4
_MIN_LETTERS = 6
_NO_REST = (CORE, GIVEN, INITIAL, PLACE)


def blocking_keys(profile: "Profile") -> Iterator[Key]:
    """Yield every key of a customer; some may come twice."""
    yield from _identifiers(profile)
    yield from _brands(profile)
    yield from _name(profile)
    yield from _place(profile)


def scan_keys(profile: "Profile") -> Iterator[Key]:
    """Yield keys that find few more, and those only together with a look at the name.

    A scan can afford them, a table that every saved customer writes cannot.
    """
    words = [word for word in profile.words if len(word) >= _MIN_WORD]
    if len(words) > 1:
        yield Key(Kind.SOUNDS, " ".join(sorted(map(skeleton, words))))
    if profile.is_person and len(profile.words) > 1:
        first, second, *_ = sorted(profile.words)
        yield Key(Kind.STARTS, f"{first[:3]}|{second[:3]}")
    yield from _places_of_names(profile)
    for number in profile.phones:
        yield Key(Kind.PHONE_START, number[:-2])
        yield Key(Kind.PHONE_END, number[-7:])


def _places_of_names(profile: "Profile") -> Iterator[Key]:
    city = profile.city[:6]
    if not city:
        return
    for word in _main_words(profile)[:2]:
        if len(word) >= _MIN_WORD:
            yield Key(Kind.ENDS_CITY, f"{word[:2]}{word[-2:]}|{city}")
    if len(profile.letters) >= _MIN_LETTERS:
        yield Key(Kind.START_PLACE, f"{profile.letters[:_MIN_LETTERS]}|{city}")
    for number in profile.numbers:
        yield Key(Kind.NUMBER_CITY, f"{number}|{city}")


def _identifiers(profile: "Profile") -> Iterator[Key]:
    for kind, values in (
        (Kind.VAT, profile.vats),
        (Kind.TAX, profile.tax_numbers),
        (Kind.REGISTRY, profile.registry_numbers),
        (Kind.PHONE, profile.phones),
        (Kind.EMAIL, profile.emails),
        (Kind.BANK, profile.bank_accounts),
        (Kind.DOMAIN, profile.domains),
    ):
        for value in values:
            yield Key(kind, value)


def _brands(profile: "Profile") -> Iterator[Key]:
    names = {*profile.brands, "".join(sorted(profile.words)), profile.letters}
    main = _main_words(profile)
    names |= {"".join(sorted(main)), "".join(main), *main[:1]}
    for name in names:
        if len(name) >= _MIN_BRAND:
            yield Key(Kind.BRAND, name)


def _main_words(profile: "Profile") -> tuple[str, ...]:
    """List the words that tell this customer from others, the most telling first."""
    return _most_telling(profile.words, profile.kinds)


# Several kinds of keys of one customer ask in turn.
@lru_cache(maxsize=256)
def _most_telling(words: tuple[str, ...], kinds: str) -> tuple[str, ...]:
    core = [w for w, kind in zip(words, kinds, strict=True) if kind == CORE]
    given = [w for w, kind in zip(words, kinds, strict=True) if kind == GIVEN]
    if core or given:
        return tuple((core + given)[:_MAX_WORDS])
    rest = [w for w, k in zip(words, kinds, strict=True) if k not in _NO_REST]
    return tuple(rest or words)[:_MAX_WORDS]


def _name(profile: "Profile") -> Iterator[Key]:
    if not profile.sorted_name:
        return
    yield Key(Kind.NAME, profile.sorted_name)
    main = _main_words(profile)
    telling = [word for word in main if len(word) >= _MIN_WORD]
    sounds = sorted(skeleton(word) for word in telling[:2])
    if sounds:
        yield Key(Kind.SOUND, " ".join(sounds))
    for word in telling:
        yield Key(Kind.WORD, word)
        if profile.city:
            city = profile.city[:6]
            yield Key(Kind.WORD_CITY, f"{word}|{city}")
            yield Key(Kind.START_CITY, f"{word[:4]}|{city}")
            yield Key(Kind.TAIL_CITY, f"{word[-4:]}|{city}")
        if profile.zip:
            yield Key(Kind.START_ZIP, f"{word[:3]}|{profile.zip[:4]}")


def _place(profile: "Profile") -> Iterator[Key]:
    if profile.street and profile.house:
        yield Key(Kind.STREET, f"{profile.street[:5]}|{profile.house}")
    if profile.is_person and profile.street:
        for area in filter(None, (profile.zip, profile.city[:6])):
            yield Key(Kind.STREET_AREA, f"{profile.street[:6]}|{area}")
    if profile.zip and profile.house:
        yield Key(Kind.ZIP_HOUSE, f"{profile.zip}|{profile.house}")
