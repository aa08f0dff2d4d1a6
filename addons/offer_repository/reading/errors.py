"""Why a document cannot be read; texts for people are the Odoo layer's."""

# What a document may be refused for, by the policy of its branch.
UNREADABLE = frozenset(
    {
        "bomb",
        "broken",
        "disguised",
        "empty",
        "encrypted",
        "nested",
        "timeout",
        "too_big",
        "unsupported",
    }
)
# What a reader should know of a document that was read.
NOTES = frozenset({"cut", "no_text", "problem_inside"})


class ReadingError(ValueError):
    """A document, or a table, that cannot be read.

    :ivar code: stable identifier, one of :data:`UNREADABLE` or of a table's faults
    :ivar detail: the value concerned, empty when it is the whole
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
