"""Canonical JSON: one value, one text, byte for byte, on every machine.

ASCII only, keys sorted, no white space, decimals as strings in plain notation without
trailing zeros, moments in UTC with a final ``Z``. Floats are refused: their text
depends on who computed them.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NoReturn

from .errors import CanonicalError


def canonical_json(value: object) -> str:
    """Return the canonical text of ``value``.

    :param value: None, bool, int, str, Decimal, date, aware datetime, list, tuple or
        mapping with string keys, nested at will
    :return: ASCII text
    :raise CanonicalError: ``float``, ``type``, ``key``, ``naive_datetime`` or
        ``not_finite``, with the path of the culprit
    """
    return _dump(_plain(value, ""))


def canonical_value(value: object) -> object:
    """Return ``value`` as it reads after having been written and parsed.

    :raise CanonicalError: as :func:`canonical_json`
    """
    return _plain(value, "")


def parse_canonical(text: str) -> Any:
    """Return the value of a canonical text.

    :raise CanonicalError: ``not_json`` or ``not_canonical`` when ``text`` is not
        exactly what :func:`canonical_json` writes
    """
    try:
        value = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
    except CanonicalError:
        raise
    except (ValueError, RecursionError) as error:
        raise CanonicalError("not_json") from error
    if _dump(value) != text:
        raise CanonicalError("not_canonical")
    return value


def _dump(plain: object) -> str:
    return json.dumps(plain, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _refuse(text: str) -> NoReturn:
    raise CanonicalError("not_canonical", text)


def _plain(value: object, path: str) -> object:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        raise CanonicalError("float", path)
    if isinstance(value, Decimal):
        return _decimal(value, path)
    if isinstance(value, datetime):
        return _moment(value, path)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {
            _key(key, path): _plain(item, _at(path, key)) for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_plain(item, _at(path, index)) for index, item in enumerate(value)]
    raise CanonicalError("type", path)


def _at(path: str, step: object) -> str:
    return f"{path}.{step}" if path else str(step)


def _key(key: object, path: str) -> str:
    if not isinstance(key, str):
        raise CanonicalError("key", _at(path, key))
    return key


def _decimal(value: Decimal, path: str) -> str:
    if not value.is_finite():
        raise CanonicalError("not_finite", path)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _moment(value: datetime, path: str) -> str:
    if value.tzinfo is None:
        raise CanonicalError("naive_datetime", path)
    utc = value.astimezone(UTC).replace(tzinfo=None)
    return utc.isoformat(timespec="seconds") + "Z"
