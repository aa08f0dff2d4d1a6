"""E-mail addresses in normal form."""

import re

from .text import fold_width

_MAX_LENGTH = 1000
_MAX_ADDRESSES = 10
_LONGEST_LABEL = 64
_SEPARATORS = re.compile(r"[\s,;<>()\[\]\"'|]+")
_NOBODY = frozenset(
    ("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon")
)
# What people type into a mandatory field when they have no address.
_DUMMY_WORDS = frozenset(
    ("test", "brak", "none", "nomail", "noemail", "niema", "null", "unknown", "xxx")
)


def normalise_email(value: str) -> str | None:
    """Return the first mailbox in ``value`` in normal form, or ``None``."""
    found = normalise_emails(value)
    return found[0] if found else None


def normalise_emails(value: str) -> tuple[str, ...]:
    """Return every mailbox in ``value``, in order, without repetition, at most ten.

    Free-mail and role addresses stay: as a whole mailbox they still belong to somebody.
    Dummies (``test@test``, ``brak@brak.pl``) and addresses that nobody reads do not.
    """
    words = _SEPARATORS.split(fold_width(value, _MAX_LENGTH))
    found = (_mailbox(word) for word in words)
    return tuple(dict.fromkeys(box for box in found if box))[:_MAX_ADDRESSES]


def _mailbox(word: str) -> str | None:
    local, at, host = _lower(word).removeprefix("mailto:").rpartition("@")
    domain = _ascii_domain(host.strip("."))
    if not at or not local or "@" in local or not domain or len(local) > 64:
        return None
    if _is_dummy(local, domain):
        return None
    return f"{local}@{domain}"


def _lower(word: str) -> str:
    """Lower the case; some letters need a second pass, and the third is for safety."""
    if word.isascii():
        return word.lower()
    for _pass in range(3):
        word = fold_width(word.lower(), _MAX_LENGTH)
    return word


def _ascii_domain(domain: str) -> str | None:
    """Return the domain as registered, so that ``zakład.pl`` equals its xn-- form."""
    try:
        name = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    name = name.lower()
    if not all(0 < len(label) < _LONGEST_LABEL for label in name.split(".")):
        return None
    has_top_level = "." in name and not name.startswith(".")
    return name if has_top_level and len(name) <= 253 else None


def _is_dummy(local: str, domain: str) -> bool:
    return local in _NOBODY or (
        local in _DUMMY_WORDS and domain.partition(".")[0] in _DUMMY_WORDS
    )
