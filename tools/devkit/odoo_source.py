"""Finds Odoo 19.0 on the machine (``ODOO_HOME``) or downloads it from Debian."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterator
from pathlib import Path

from devkit import apt
from devkit.console import Problem, console
from devkit.layout import Layout
from devkit.stamps import Stamp, atomic_folder, fingerprint

SERIES = "19.0"

# Debian's package links to these companions. Two of them come from Debian 12: the newer
# ones renamed the font files, which would leave links dangling and icons missing.
PACKAGES = (
    "odoo-19/sid",
    "libjs-jquery/sid",
    "libjs-jquery-form/sid",
    "libjs-underscore/sid",
    "fonts-roboto-unhinted/sid",
    "fonts-montserrat/sid",
    "fonts-ocr-b/sid",
    "fonts-font-awesome/bookworm",
    "fonts-inconsolata/bookworm",
)

# Debian removed this file (blurring in video calls) for its licence, yet the web client
# asks for it on every page, and a missing file fails every browser test.
STUB = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclasses.dataclass(frozen=True)
class OdooSource:
    """One Odoo on disk.

    :param import_folder: what goes on Python's path; holds ``odoo/release.py``.
    :param addons: folders with core addons besides ``odoo/addons``.
    :param version: "19.0" or longer, with the date of a nightly build.
    """

    import_folder: Path
    addons: tuple[Path, ...]
    version: str


def find(layout: Layout) -> OdooSource:
    """Return the Odoo that ``ODOO_HOME`` names, else the downloaded one.

    :raises Problem: when there is none, or not of this series.
    """
    home = os.environ.get("ODOO_HOME", "")
    if home:
        return _inspect(Path(home).expanduser().absolute(), "ODOO_HOME")
    return _inspect(layout.odoo, "the downloaded Odoo")


def prepare(layout: Layout) -> OdooSource:
    """Download and unpack Odoo unless ``ODOO_HOME`` names one or it is there."""
    if not os.environ.get("ODOO_HOME"):
        stamp = Stamp(layout.stamps, "odoo")
        current = fingerprint(*PACKAGES, STUB)
        if not (stamp.is_current(current) and layout.odoo.exists()):
            with console.step(
                "Downloading Odoo 19 from Debian (about 150 MB, 1.3 GB unpacked)"
            ):
                _download(layout)
            stamp.write(current)
    return find(layout)


def _download(layout: Layout) -> None:
    apt.check_available()
    origin = apt.find_origin()
    if not origin:
        raise Problem(
            "No Debian server is named in this machine's apt sources (/etc/apt).",
            apt.OWN_ODOO,
        )
    suites = sorted({package.split("/")[1] for package in PACKAGES})
    private = apt.PrivateApt(
        layout.downloads / "apt", origin, suites, layout.logs / "apt.log"
    )
    private.update()
    packages = private.download(PACKAGES, layout.downloads / "deb")
    with atomic_folder(layout.odoo) as folder:
        progress = console.progress("Unpacking")
        for package in packages:
            progress.update(package.name)
            apt.unpack(package, folder)
        progress.close()
        complete(folder)
    for package in packages:
        package.unlink(missing_ok=True)


def complete(folder: Path) -> None:
    """Add the missing file to an unpacked Odoo; check that no link dangles."""
    addons = next(_import_folders(folder)) / "odoo" / "addons"
    stub = addons / STUB
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(
            "/* Not part of Debian's package; an empty file keeps the page whole. */\n"
        )
    dangling = [str(p.relative_to(folder)) for p in folder.rglob("*") if _dangles(p)]
    if dangling:
        raise Problem(
            "Debian's packages have changed: these links of Odoo lead nowhere: "
            + ", ".join(sorted(dangling)[:10]),
            f"Report it with this message. {apt.OWN_ODOO}",
        )


def _dangles(path: Path) -> bool:
    # Documentation links into packages that nobody needs here.
    return path.is_symlink() and not path.exists() and "/static/" in str(path)


def _import_folders(home: Path) -> Iterator[Path]:
    """Yield the folders below ``home`` from which ``import odoo`` works."""
    candidates = [
        home,
        home / "usr/lib/python3/dist-packages",
        home / "lib/python3/dist-packages",
        *sorted(home.glob("lib/python3*/site-packages")),
        home.parent,
    ]
    for folder in candidates:
        if (folder / "odoo" / "release.py").is_file():
            yield folder


def _inspect(home: Path, name: str) -> OdooSource:
    folder = next(_import_folders(home), None)
    if folder is None:
        raise Problem(
            f"There is no Odoo in {home} ({name}).",
            "ODOO_HOME must be a git checkout of Odoo 19.0, or a folder where"
            " 'import odoo' works\n(dist-packages, site-packages, or the prefix above)."
            " Unset it to have Odoo downloaded.",
        )
    version = _version(folder / "odoo" / "release.py")
    if not version.startswith(SERIES):
        raise Problem(
            f"{name} ({folder}) is Odoo {version}, but the addons need {SERIES}.",
            f"Point ODOO_HOME at Odoo {SERIES}, or unset it to have it downloaded.",
        )
    addons = tuple(p for p in (folder / "odoo/addons", folder / "addons") if p.is_dir())
    return OdooSource(folder, addons, version)


def _version(release: Path) -> str:
    text = release.read_text(errors="replace")
    found = re.search(
        r"^version_info = \((\d+), (\d+), (\d+), .*?'([^']*)'\)", text, re.MULTILINE
    )
    if not found:
        return "of an unknown version"
    major, minor, micro, build = found.groups()
    return f"{major}.{minor}" + (f".{micro}" if micro != "0" else "") + build
