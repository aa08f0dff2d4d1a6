"""Errors of the document package: a code for the caller to translate."""


class DocumentError(ValueError):
    """A document cannot be rendered from these values.

    :param code: ``font_missing``
    :param detail: the file or value concerned
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
