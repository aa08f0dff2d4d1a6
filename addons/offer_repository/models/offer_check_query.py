from dataclasses import dataclass, fields

from odoo.exceptions import ValidationError

from ..matching import Party

FORMS = ("sale.order", "res.partner", "crm.lead", "offer.intake")
_TEXTS = (
    "name",
    "vat",
    "company_registry",
    "email",
    "phone",
    "website",
    "street",
    "city",
    "zip",
)
# Longer than any name or address: what is beyond is no customer.
_MAX_TEXT = 500
_IDS = ("partner_id", "res_id", "parent_id", "country_id", "company_id")
# PostgreSQL's integer: anything above names no record and would only raise there.
_MAX_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class CheckQuery:
    """What a form has told about a customer so far; ids are unchecked."""

    model: str
    name: str = ""
    vat: str = ""
    company_registry: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    street: str = ""
    city: str = ""
    zip: str = ""
    partner_id: int = 0
    res_id: int = 0
    parent_id: int = 0
    country_id: int = 0
    company_id: int = 0

    @property
    def is_typed(self):
        """Whether anything but ids was told."""
        return any(getattr(self, name) for name in _TEXTS)

    def party(self, country, home_countries):
        """Return what was typed as the matching sees it."""
        return Party(
            name=self.name,
            vats=(self.vat,),
            registry_numbers=(self.company_registry,),
            emails=(self.email,),
            phones=(self.phone,),
            websites=(self.website,),
            street=self.street,
            city=self.city,
            zip=self.zip,
            country=country,
            home_countries=home_countries,
        )


def joined(typed, stored):
    """Return a stored customer with what is typed: texts replace, the rest adds up."""
    values = {}
    for field in fields(Party):
        new, old = getattr(typed, field.name), getattr(stored, field.name)
        is_list = isinstance(old, tuple) and field.name != "home_countries"
        values[field.name] = (*filter(None, new), *old) if is_list else new or old
    return Party(**values)


def parse_query(env, values):
    """Return what the client sent as :class:`CheckQuery`.

    :param env: the :class:`odoo.api.Environment`, for the language of messages
    :param values: whatever came over the wire
    :raise ValidationError: naming the value that is not what it should be
    """
    if not isinstance(values, dict):
        raise ValidationError(
            env._("The customer check needs the values of a form, by field name.")
        )
    if values.get("model") not in FORMS:
        raise ValidationError(
            env._(
                "The customer check knows the forms %(known)s, not %(given)s.",
                known=", ".join(FORMS),
                given=str(values.get("model"))[:80],
            )
        )
    texts = {name: _parse_text(env, name, values.get(name)) for name in _TEXTS}
    ids = {name: parse_id(env, name, values.get(name)) for name in _IDS}
    return CheckQuery(values["model"], **texts, **ids)


def _parse_text(env, name, value):
    if value is None or value is False:
        return ""
    if not isinstance(value, str):
        raise ValidationError(
            env._("“%(field)s” must be a text in a customer check.", field=name)
        )
    # PostgreSQL cannot hold the null character; no number or address contains it.
    return value[:_MAX_TEXT].replace("\0", "")


def parse_id(env, name, value):
    if value is None or value is False:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise ValidationError(
            env._(
                "“%(field)s” must be the number of a record in a customer check.",
                field=name,
            )
        )
    return value if value <= _MAX_ID else 0
