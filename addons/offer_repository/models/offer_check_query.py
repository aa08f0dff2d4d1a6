from dataclasses import dataclass

from odoo.exceptions import ValidationError

from ..matching import Party

FORMS = ("sale.order", "res.partner")
_TEXTS = ("name", "vat", "email", "phone")
_IDS = ("partner_id", "res_id", "parent_id", "country_id", "company_id")
# PostgreSQL's integer: anything above names no record and would only raise there.
_MAX_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class CheckQuery:
    """What a form has told about a customer so far; ids are unchecked."""

    model: str
    name: str = ""
    vat: str = ""
    email: str = ""
    phone: str = ""
    partner_id: int = 0
    res_id: int = 0
    parent_id: int = 0
    country_id: int = 0
    company_id: int = 0

    def party(self, country, home_countries):
        """Return what was typed as the matching sees it."""
        return Party(
            vats=(self.vat,),
            emails=(self.email,),
            phones=(self.phone,),
            country=country,
            home_countries=home_countries,
        )


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
    ids = {name: _parse_id(env, name, values.get(name)) for name in _IDS}
    return CheckQuery(values["model"], **texts, **ids)


def _parse_text(env, name, value):
    if value is None or value is False:
        return ""
    if not isinstance(value, str):
        raise ValidationError(
            env._("“%(field)s” must be a text in a customer check.", field=name)
        )
    # PostgreSQL cannot hold the null character; no number or address contains it.
    return value.replace("\0", "")


def _parse_id(env, name, value):
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
