"""From what people typed to a profile."""

from .identifiers import (
    bank_accounts,
    brands,
    company_domains,
    national_numbers,
    registry_numbers,
)
from .mailboxes import normalise_emails
from .names import CORE, GIVEN, INITIAL, NameParts, parse_name, repair, spell_out
from .party import Party
from .places import city_words, normalise_zip, parse_street
from .profile import Profile
from .tax_numbers import VatKey, normalise_vat
from .text import fold_width

_MAX_SHOWN = 120
_MAX_VALUES = 20
_MAX_EMAILS = 10


def normalise(party: Party) -> Profile:
    """Return the profile of a customer; at most 20 values of a field are read."""
    city = city_words(party.city)
    country = (party.country or "").upper()
    name = parse_name(party.name, frozenset(city), party.is_company is False, country)
    street = parse_street(party.street)
    vats = _tax_numbers(party)
    emails = _emails(party)
    domains = company_domains(party.websites[:_MAX_VALUES], emails)
    if party.is_company is False:
        name = spell_out(name, emails, country)
    else:
        name = repair(name, domains)
    return Profile(
        name=fold_width(party.name.strip(), _MAX_SHOWN),
        is_person=_is_person(party, name, bool(vats)),
        words=name.words,
        kinds=name.kinds,
        sorted_name=" ".join(sorted((*name.words, *name.numbers))),
        letters=name.letters,
        numbers=name.numbers,
        legal_form=name.legal_form,
        vats=tuple(dict.fromkeys(vat.value for vat in vats if vat.is_valid)),
        tax_numbers=tuple(dict.fromkeys(vat.number for vat in vats)),
        registry_numbers=registry_numbers(party.registry_numbers[:_MAX_VALUES]),
        phones=national_numbers(
            party.phones[:_MAX_VALUES], country or _only(party.home_countries)
        ),
        emails=emails,
        domains=domains,
        brands=tuple(dict.fromkeys(filter(None, brands(domains, emails)))),
        bank_accounts=bank_accounts(party.bank_accounts[:_MAX_VALUES]),
        street=street.name,
        house=street.house,
        flat=street.flat,
        city="".join(city),
        zip=normalise_zip(party.zip),
        country=country,
        contacts=_contacts(party),
    )


def _only(countries: tuple[str, ...]) -> str | None:
    return countries[0].upper() if len(countries) == 1 else None


def _is_person(party: Party, name: NameParts, has_vat: bool) -> bool | None:
    """Tell persons by what was typed, otherwise by the look of the name."""
    if party.is_company is not None:
        return not party.is_company
    if name.legal_form or has_vat:
        return False
    kinds = set(name.kinds)
    looks_personal = kinds & {GIVEN, INITIAL} and kinds <= {GIVEN, INITIAL, CORE}
    return True if looks_personal and 2 <= len(name.words) <= 3 else None


def _tax_numbers(party: Party) -> list[VatKey]:
    homes: tuple[str | None, ...] = party.home_countries or (None,)
    countries = tuple(
        dict.fromkeys((party.country, *homes) if party.country else homes)
    )
    found: list[VatKey] = []
    for value in party.vats[:_MAX_VALUES]:
        readings = [normalise_vat(value, country) for country in countries]
        known = [reading for reading in readings if reading]
        found += [reading for reading in known if reading.is_valid] or known[:1]
    return found


def _emails(party: Party) -> tuple[str, ...]:
    found = (
        address
        for value in party.emails[:_MAX_VALUES]
        for address in normalise_emails(value)
    )
    return tuple(dict.fromkeys(found))[:_MAX_EMAILS]


def _contacts(party: Party) -> tuple[str, ...]:
    country = (party.country or "").upper()
    names = (
        " ".join(sorted(parse_name(person, is_person=True, country=country).words))
        for person in party.contact_persons[:_MAX_VALUES]
    )
    return tuple(dict.fromkeys(name for name in names if name))
