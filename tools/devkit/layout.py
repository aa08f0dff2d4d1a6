"""Where things are: the checkout, and one ignored folder for all that is made."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclasses.dataclass(frozen=True)
class Layout:
    """Paths of one checkout; tests make one over a temporary folder."""

    root: Path = CHECKOUT

    @property
    def local(self) -> Path:
        return self.root / ".local"

    @property
    def addons(self) -> Path:
        return self.root / "addons"

    @property
    def venv(self) -> Path:
        return self.local / "venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def odoo(self) -> Path:
        return self.local / "odoo"

    @property
    def downloads(self) -> Path:
        return self.local / "downloads"

    @property
    def postgres(self) -> Path:
        return self.local / "pg"

    @property
    def data(self) -> Path:
        return self.local / "data"

    @property
    def filestore(self) -> Path:
        return self.data / "filestore"

    @property
    def mail(self) -> Path:
        return self.local / "mail"

    @property
    def logs(self) -> Path:
        return self.local / "log"

    @property
    def run(self) -> Path:
        return self.local / "run"

    @property
    def stamps(self) -> Path:
        return self.local / "stamps"

    @property
    def own_addons(self) -> list[str]:
        """Technical names of the addons of this checkout, sorted."""
        return sorted(m.parent.name for m in self.addons.glob("*/__manifest__.py"))

    @property
    def short_id(self) -> str:
        """Eight characters that tell this checkout from others on the machine."""
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:8]
