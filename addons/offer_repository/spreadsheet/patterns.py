"""Number and date patterns of Excel."""

import re

_DIRECTIVES = {
    "%d": "dd",
    "%m": "mm",
    "%Y": "yyyy",
    "%y": "yy",
    "%b": "mmm",
    "%B": "mmmm",
    "%a": "ddd",
    "%A": "dddd",
}
_DIRECTIVE = re.compile(r"%-?([a-zA-Z])")
_PLAIN = re.compile(r"[ ./\-,]")
_CODE = re.compile(r"[A-Z]{3}")


def date_pattern(strftime: str) -> str:
    """Return a date format of a language, e.g. ``%d.%m.%Y``, as Excel writes it.

    What Excel has no pattern for is left out; of nothing usable becomes ISO.
    """
    pattern, position = "", 0
    for match in _DIRECTIVE.finditer(strftime):
        pattern += "".join(_PLAIN.findall(strftime[position : match.start()]))
        pattern += _DIRECTIVES.get(f"%{match.group(1)}", "")
        position = match.end()
    return pattern.strip(" ./-,") or "yyyy-mm-dd"


def is_code(currency: str) -> bool:
    """Tell whether a currency's code may stand in a pattern or formula."""
    return bool(_CODE.fullmatch(currency))


def money_pattern(currency: str, digits: int) -> str:
    """Return the pattern of an amount; a code that is none is left out."""
    number = "#,##0" + ("." + "0" * digits if digits > 0 else "")
    return f'{number}\\ "{currency}"' if is_code(currency) else number


def percent_pattern(is_change: bool) -> str:
    """Return the pattern of per cent, with its sign where it is a change."""
    return "+0.0%;-0.0%;0.0%" if is_change else "0.0#%"
