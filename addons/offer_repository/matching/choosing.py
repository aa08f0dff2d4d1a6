"""Which scheme suits a register."""

from collections.abc import Iterable

from .profile import Profile
from .scheme import DEFAULT_NAME, PERSONS_NAME, Scheme, load_scheme

# A register of people without any identifier has at least and at most these shares.
_PERSONS = 0.9
_WITH_IDENTIFIER = 0.05


def choose_scheme(profiles: Iterable[Profile]) -> Scheme:
    """Return the scheme for a register, or for a sample of it.

    People of whom only names and addresses are known need weights of their own: there
    nothing but the address can tell two people of one name apart, and typing errors in
    it are what duplicates are made of.
    """
    total = persons = identified = 0
    for profile in profiles:
        total += 1
        persons += profile.is_person is True
        identified += _has_identifier(profile)
    is_persons_only = total and persons >= _PERSONS * total
    if is_persons_only and identified <= _WITH_IDENTIFIER * total:
        return load_scheme(PERSONS_NAME)
    return load_scheme(DEFAULT_NAME)


def _has_identifier(profile: Profile) -> bool:
    return bool(
        profile.phones
        or profile.emails
        or profile.tax_numbers
        or profile.registry_numbers
        or profile.bank_accounts
    )
