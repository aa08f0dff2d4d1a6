"""A row of ``offer.partner.profile`` as the code that keeps it in step reads it."""

from typing import NamedTuple

from ..matching import PROFILE_VERSION


class StoredProfile(NamedTuple):
    """A row of the table, as it is."""

    dump: str
    version: int
    state: str
    company_id: int | None

    def fits(self, company_id):
        """Return whether the keys in the table are those of the dump."""
        is_current = self.version == PROFILE_VERSION and self.state != "stale"
        return is_current and self.company_id == company_id
