"""The documents point to what exists and name every setting of the deployment."""

import re
from pathlib import Path

import lxml.html
import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    str(page.relative_to(ROOT))
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)")


def anchors(page: Path) -> set[str]:
    """Return the anchors that viewers make of the headings."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-") for text in headings}


@pytest.mark.parametrize("name", PAGES)
def test_links_inside_the_project_lead_somewhere(name):
    page = ROOT / name
    broken = []
    for path, anchor in LINK.findall(page.read_text()):
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor[1:] not in anchors(target)):
            broken.append(path + anchor)

    assert broken == []


def test_admin_guide_explains_every_variable():
    example = (ROOT / ".env.example").read_text()
    names = re.findall(r"^(\w+)=", example, re.MULTILINE)
    guide = (ROOT / "docs" / "admin_guide.md").read_text()

    assert names
    assert [name for name in names if f"`{name}`" not in guide] == []


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text())

    assert listed == sorted(page.name for page in folder.glob("0*.md"))


@pytest.mark.parametrize("name", [page.name for page in (ROOT / "addons").iterdir()])
def test_addon_has_a_page_for_the_list_of_apps(name):
    """Without it Odoo shows README.md there, and takes it for reStructuredText."""
    page = ROOT / "addons" / name / "static" / "description" / "index.html"

    [section] = lxml.html.fragments_fromstring(page.read_text())

    assert section.tag == "section"
    assert list(section.iterlinks()) == []


def test_every_package_in_production_has_its_reason():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    pinned = [line.split("==")[0] for line in lines if "==" in line]
    reasons = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text()

    assert pinned
    assert [name for name in pinned if f"| {name} |" not in reasons] == []
