"""Numbers and addresses of the internet that belong to one customer."""

import re
from collections.abc import Iterable, Iterator

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from .latin import fold, latinise
from .text import alphanumerics, fold_width
from .vocabulary import is_free_mail

_MAX_LENGTH = 200
_MAX_NUMBERS = 10
_EXTENSION = re.compile(
    r"(?:\b(?:ext|extension|wew|w|int|durchwahl|dw|esot|x|nst)\b|#)[\s.:]*\d{1,5}\b",
    re.I,
)
_SLASH_EXTENSION = re.compile(r"(?<=\d)\s*/\s*\d{1,3}\b(?![\s-]*\d)")
# "22/123-45-67", "089/1234567": the slash ends the area code, no other number begins.
_AREA_SLASH = re.compile(
    r"(?:^|(?<=[,;|\n]))(\s*(?:\+\d{1,3}[\s-]*|00\d\d[\s-]+)?\(?0?\d{2,4}\)?)\s*/\s*(?=\d{3})"
)
_TRUNK_ZERO = re.compile(r"\(0\)")
_NUMBER = re.compile(r"\+?\d[\d\s().\-]*\d")
_BREAK = re.compile(
    r"[,;|/\n]|\s(?=\+)|(?<=\d)\s+(?=00[1-9]\d[\s\d]{6,})|\b(?:or|lub|und|oraz)\b", re.I
)
_MIN_DIGITS = 6
_MAX_DIGITS = 15
_CALLING_CODES = frozenset(map(str, COUNTRY_CODE_TO_REGION_CODE))
_HOME_CODES = {
    region: str(code)
    for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()
    for region in regions
}
_MOBILE = re.compile(
    r"(?:45|5[0137]|6[069]|7[2389]|88)\d{7}|69\d{8}|1[567]\d{8,9}|7[1-57-9]\d{8}"
)
_SEQUENCES = ("123456789", "1234567890", "987654321", "0123456789")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}")
# Second levels under which names are registered one level deeper.
_SHARED_LEVELS = frozenset(
    ("com", "co", "org", "net", "gov", "edu", "ac", "waw", "info")
)
_PLACEHOLDER_HOSTS = frozenset(("example.com", "example.org", "test.com", "domain.com"))


def national_numbers(values: Iterable[str], country: str | None) -> tuple[str, ...]:
    """Return telephone numbers without country code, trunk zero and extension.

    Without the country code because branches type numbers of one country under
    another; dummies such as 000000000 are none.
    """
    found = (
        _national(number, country)
        for value in values
        for part in _BREAK.split(_plain_phone(value))
        for number in _NUMBER.findall(part)
    )
    return tuple(dict.fromkeys(number for number in found if number))[:_MAX_NUMBERS]


def is_mobile(number: str) -> bool:
    """Return whether a national number is a mobile one, by start and length.

    Poland, Greece, Germany and the United Kingdom; other plans do not tell.
    """
    return bool(_MOBILE.fullmatch(number))


def _plain_phone(value: str) -> str:
    text = _TRUNK_ZERO.sub("", fold_width(value, _MAX_LENGTH))
    text = _AREA_SLASH.sub(r"\1 ", _EXTENSION.sub("", text))
    text = _SLASH_EXTENSION.sub("", text)
    if text.isascii():
        return text
    return "".join(
        character if not character.isdecimal() else str(int(character))
        for character in text
    )


def _national(number: str, country: str | None) -> str | None:
    digits = "".join(filter(str.isdigit, number))
    if number.startswith("+"):
        digits = _without_calling_code(digits)
    elif digits.startswith("00"):
        digits = _without_calling_code(digits[2:])
    else:
        own = _HOME_CODES.get(country or "", "?")
        if digits.startswith(own) and len(digits) - len(own) >= 9:
            digits = digits[len(own) :]
    digits = digits.lstrip("0")
    is_number = _MIN_DIGITS <= len(digits) <= _MAX_DIGITS and len(set(digits)) > 1
    return digits if is_number and digits not in _SEQUENCES else None


def _without_calling_code(digits: str) -> str:
    for length in (1, 2, 3):
        if digits[:length] in _CALLING_CODES:
            return digits[length:]
    return digits


def registry_numbers(values: Iterable[str]) -> tuple[str, ...]:
    """Return register numbers (KRS, REGON, HRB, ΓΕΜΗ…) without label and zeros."""
    found = (_register_number(alphanumerics(value, 40)) for value in values)
    return tuple(dict.fromkeys(number for number in found if number))[:_MAX_NUMBERS]


def _register_number(compact: str) -> str:
    number = compact
    for label in ("REGON", "KRS", "NIP", "GEMI", "CRN", "NR", "NO"):
        number = number.removeprefix(label)
    digits = "".join(filter(str.isdigit, number))
    if len(digits) < 4 or len(set(digits)) == 1 or digits in _SEQUENCES:
        return ""
    return number.lstrip("0")


def bank_accounts(values: Iterable[str]) -> tuple[str, ...]:
    """Return account numbers as letters and digits; fewer than eight are none."""
    found = (alphanumerics(value, 60) for value in values)
    return tuple(dict.fromkeys(number for number in found if _is_account(number)))[
        :_MAX_NUMBERS
    ]


def _is_account(number: str) -> bool:
    digits = "".join(filter(str.isdigit, number))
    return len(digits) >= 8 and len(set(digits)) > 1


def company_domains(websites: Iterable[str], emails: Iterable[str]) -> tuple[str, ...]:
    """Return the registered domains of web sites and mailboxes, free mail left out."""
    hosts = [*(_host(site) for site in websites), *(_mail_host(box) for box in emails)]
    found = (_registered(host) for host in hosts if host)
    return tuple(dict.fromkeys(name for name in found if _is_own(name)))[:_MAX_NUMBERS]


def _host(website: str) -> str:
    found = _HOST.search(fold_width(website, _MAX_LENGTH).lower())
    return found.group() if found else ""


def _mail_host(mailbox: str) -> str:
    return mailbox.rpartition("@")[2]


def _registered(host: str) -> str:
    parts = host.removeprefix("www.").split(".")
    depth = 3 if len(parts) > 2 and parts[-2] in _SHARED_LEVELS else 2
    return ".".join(parts[-depth:])


def _is_own(domain: str) -> bool:
    return not is_free_mail(domain) and domain not in _PLACEHOLDER_HOSTS


def brands(domains: Iterable[str], emails: Iterable[str]) -> Iterator[str]:
    """Yield what a domain, or a free mailbox, says about the name: folded letters."""
    for domain in domains:
        yield _folded_letters(domain.partition(".")[0])
    for mailbox in emails:
        local, _, host = mailbox.partition("@")
        if is_free_mail(host):
            yield _folded_letters(local)


def _folded_letters(text: str) -> str:
    plain = latinise(text.replace(".", " ").replace("_", " ").replace("-", " "), 64)
    words = ("".join(filter(str.isalpha, word)) for word in plain.split())
    return "".join(sorted(fold(word) for word in words if word))
