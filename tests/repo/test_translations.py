"""Polish and Greek are complete; the stage "translations" compares with the sources."""

import re

import polib
import pytest
from repository import ADDONS

from devkit.testing.po_check import incomplete, outdated

LANGUAGES = ("pl", "el")
CASES = [(addon, language) for addon in ADDONS for language in LANGUAGES]
IDS = [f"{addon.name}-{language}" for addon, language in CASES]


def read_terms(path):
    assert path.exists(), f"{path.name} is missing"
    return polib.pofile(str(path))


@pytest.mark.parametrize(("addon", "language"), CASES, ids=IDS)
def test_nothing_is_untranslated_fuzzy_or_broken(addon, language):
    file = read_terms(addon / "i18n" / f"{language}.po")

    assert list(incomplete(file)) == []


@pytest.mark.parametrize(("addon", "language"), CASES, ids=IDS)
def test_language_has_the_terms_of_the_template(addon, language):
    template = read_terms(addon / "i18n" / f"{addon.name}.pot")
    file = read_terms(addon / "i18n" / f"{language}.po")

    assert list(outdated(template, file)) == []


@pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
def test_what_is_archived_is_called_a_revision(addon):
    """One word for one thing; what compares customers has versions of its own."""
    terms = read_terms(addon / "i18n" / f"{addon.name}.pot")
    found = [
        term.msgid
        for term in terms
        if re.search(r"\bversions?\b", term.msgid, re.IGNORECASE)
        and not any("offer_partner_" in place for place, _line in term.occurrences)
    ]
    assert found == []
