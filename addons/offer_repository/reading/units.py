"""Units as offers write them, in four languages."""

from .folding import fold

_UNITS: dict[str, str] = {
    "unit": "szt|sztuka|sztuki|sztuk|pc|pcs|piece|pieces|unit|units|ea|each|st|stk|"
    "stuck|τεμ|τεμαχιο|τεμαχια",
    "dozen": "tuzin|dozen|dz|dutzend|ντουζινα",
    "hour": "h|hr|hrs|hour|hours|godz|godzina|rbh|std|stunde|stunden|ωρα|ωρεσ",
    "day": "dzien|dni|day|days|tag|tage|ημερα|ημερεσ",
    "kilogram": "kg|kilogram|κιλο|κιλα|κγ",
    "gram": "g|gr|gram",
    "ton": "t|tona|tony|ton|tonne|τονοσ|τονοι",
    "metre": "m|mb|metr|metre|meter|lfm|μετρο|μετρα",
    "square_metre": "m2|qm|τ.μ|τμ",
    "cubic_metre": "m3|cbm|κ.μ",
    "kilometre": "km|χλμ",
    "litre": "l|ltr|litr|litre|liter|λιτρο|λιτρα",
}
_CODES = {fold(one): code for code, names in _UNITS.items() for one in names.split("|")}
UNITS = tuple(_UNITS)


def find_unit(text: str) -> str | None:
    """Return what a unit is, a code of :data:`UNITS`, or ``None`` if it is unknown."""
    bare = fold(text[:32]).strip(" .").replace("²", "2").replace("³", "3")
    return _CODES.get(bare)
