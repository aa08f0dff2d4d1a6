"""Errors of the evidence package: a code for the caller to translate, no user text."""


class EvidenceError(ValueError):
    """Something that cannot become evidence.

    :param code: stable identifier of the reason
    :param path: where in the value it was found, e.g. ``content.lines.2.quantity``
    """

    def __init__(self, code: str, path: str = "") -> None:
        super().__init__(f"{code} at {path}" if path else code)
        self.code = code
        self.path = path


class CanonicalError(EvidenceError):
    """A value has no canonical form, or a text is not in it."""


class CommitmentError(EvidenceError):
    """A salt is missing, malformed or too short to hide a guessable value."""
