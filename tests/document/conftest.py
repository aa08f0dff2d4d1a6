import os
from pathlib import Path

import pytest

from document import Fonts

ROOT = Path(__file__).parents[2]
FONT_FOLDER = "addons/web/static/fonts/google/Open_Sans"


def _font_folder():
    """Return the folder of the fonts that Odoo ships, wherever Odoo is."""
    home = os.environ.get("ODOO_HOME")
    places = [
        *((Path(home), Path(home) / "odoo") if home else ()),
        ROOT / ".local/odoo/usr/lib/python3/dist-packages/odoo",
    ]
    for place in places:
        if (place / FONT_FOLDER).is_dir():
            return place / FONT_FOLDER
    raise FileNotFoundError("Open Sans as Odoo ships it; run `make setup` first")


@pytest.fixture(scope="session")
def fonts():
    folder = _font_folder()
    faces = ("Regular", "SemiBold", "Italic")
    return Fonts(*(str(folder / f"Open_Sans-{face}.ttf") for face in faces))
