"""What a revision's payload holds, and when two contents are the same offer.

``offer-revision/2``::

    format     "offer-revision/2"
    chain      company (id and name as they were)
    offer      id, number, revision, reason, date, is_material
    content    currency and rate, validity, terms, payment and delivery terms, totals,
               taxes, lines
    people     commitments to personal data by field
    documents  name, mimetype, size and sha256 of every file, in the order sent

Content may state more facts of the day, in any format; payloads from before lack them
and readers do without: ``company_currency`` (``currency_rate`` is per one of it),
``delivery_date`` and ``incoterm``; of lines ``uom_factor``, ``uom_reference_id`` and
``uom_reference`` (how many of which unit one unit is), ``template_id``, ``category_id``
and ``category``.

``offer-revision/3``, an offer that was made outside Odoo, says in ``offer`` as well::

    origin           how it came in: upload, mail or import
    external_number  the number it has outside, None without one
    date_recorded    when the archive got it; ``date`` is when it is said to have left

``offer-event/2``, what became of an offer afterwards::

    format     "offer-event/2"
    chain      company (id and name as they were)
    event      code, date, detail, offer (id, number), revision (id, number, sha256)
               and, where it was done to one row, about (chain, sequence)
    people     commitments to personal data by field

A payload does not hold its place in the chain: the place is given when the transaction
ends, and the row's hash covers it. Payloads of format 1 had it in ``chain.sequence``.

A change of meaning gets a new format; readers must go on reading the old ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .canonical import canonical_json
from .chain import sha256_hex

FORMAT = "offer-revision/2"
EXTERNAL_FORMAT = "offer-revision/3"
EVENT_FORMAT = "offer-event/2"

# Wording may change without the offer changing: a corrected description, a renamed
# product or the customer's other language is no news. Identifiers and amounts beside
# them say whether the thing itself changed; the rate is the day's, not the offer's.
_WORDING_OF_LINE = frozenset({"name", "product_name", "uom_name", "tax_names"})
_WORDING_OF_CONTENT = frozenset(
    {"payment_term", "pricelist", "tax_groups", "currency_rate"}
)
# How the company keeps its products and units is not the offer's either.
_SURROUNDINGS_OF_LINE = frozenset(
    {
        "uom_factor",
        "uom_reference_id",
        "uom_reference",
        "template_id",
        "category_id",
        "category",
    }
)
_SURROUNDINGS_OF_CONTENT = frozenset({"company_currency"})


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A file as the customer received it."""

    name: str
    mimetype: str
    data: bytes


def build_payload(
    chain: Mapping[str, object],
    offer: Mapping[str, object],
    content: Mapping[str, object],
    people: Mapping[str, str],
    documents: Sequence[Mapping[str, object]],
) -> str:
    """Return the canonical payload of one revision.

    :param offer: with ``origin`` when it was made outside Odoo
    :param people: commitments, never clear values
    :param documents: entries of :func:`document_entries`
    :raise CanonicalError: a value without canonical form
    """
    return canonical_json(
        {
            "format": EXTERNAL_FORMAT if "origin" in offer else FORMAT,
            "chain": chain,
            "offer": offer,
            "content": content,
            "people": people,
            "documents": list(documents),
        }
    )


def build_event_payload(
    chain: Mapping[str, object],
    event: Mapping[str, object],
    people: Mapping[str, str],
) -> str:
    """Return the canonical payload of what became of an offer.

    :param people: commitments, never clear values
    :raise CanonicalError: a value without canonical form
    """
    return canonical_json(
        {"format": EVENT_FORMAT, "chain": chain, "event": event, "people": people}
    )


def document_entries(files: Sequence[DocumentFile]) -> tuple[dict[str, object], ...]:
    """Return what the payload says about each file, in the given order."""
    return tuple(
        {
            "name": file.name,
            "mimetype": file.mimetype,
            "size": len(file.data),
            "sha256": sha256_hex(file.data),
        }
        for file in files
    )


def is_same_material(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    """Tell whether two contents are the same offer but for its wording.

    Products, quantities, units, prices, discounts, taxes, totals, currency, validity
    and terms count; descriptions, sections and notes do not.
    """
    return material_sha256(left) == material_sha256(right)


def material_sha256(content: Mapping[str, Any]) -> str:
    """Return a hash of what counts for :func:`is_same_material`."""
    return sha256_hex(canonical_json(_material(content)).encode())


def _material(content: Mapping[str, Any]) -> dict[str, Any]:
    facts = _without(content, _WORDING_OF_CONTENT | _SURROUNDINGS_OF_CONTENT)
    lines = [
        _without(line, _WORDING_OF_LINE | _SURROUNDINGS_OF_LINE)
        for line in content.get("lines", ())
        if not line.get("display_type")
    ]
    return {**facts, "lines": lines}


def _without(values: Mapping[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    """Return what is said and counts; an older payload does not say everything."""
    return {
        key: value
        for key, value in values.items()
        if key not in left_out and value is not None
    }
