"""The ladder of visibility: how much of an entry a reader gets."""

# Lowest step first. Each step shows what the one before shows, and more.
LEVELS = ("existence", "metadata", "subject", "content")


def lowest(*levels: str) -> str:
    """Return the most careful of the given levels.

    :raise ValueError: for a level that is not on the ladder, or for none.
    """
    return LEVELS[min(LEVELS.index(level) for level in levels)]


def is_above(level: str, other: str) -> bool:
    """Return whether ``level`` shows more than ``other``."""
    return LEVELS.index(level) > LEVELS.index(other)
