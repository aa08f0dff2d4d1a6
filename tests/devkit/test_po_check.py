"""What counts as a finished translation."""

import polib
import pytest

from devkit.testing.po_check import incomplete, main, outdated


def po(*entries):
    file = polib.POFile()
    file.extend(polib.POEntry(**entry) for entry in entries)
    return file


def test_a_complete_translation_has_no_problem():
    file = po(
        {"msgid": "%(count)s left", "msgstr": "zostało %(count)s"},
        {"msgid": "%s of %s", "msgstr": "%s z %s"},
    )

    assert list(incomplete(file)) == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"msgid": "Yes", "msgstr": ""}, "not translated"),
        ({"msgid": "Yes", "msgstr": "Tak", "flags": ["fuzzy"]}, "fuzzy"),
        ({"msgid": "Yes", "msgstr": "Tak", "obsolete": True}, "obsolete"),
        ({"msgid": "%(a)s", "msgstr": "%(b)s"}, "other placeholders"),
        ({"msgid": "%s and %s", "msgstr": "%s"}, "other placeholders"),
        ({"msgid": "100%% of %s", "msgstr": "100% z %s"}, "other placeholders"),
        ({"msgid": "${n} left", "msgstr": "zostało"}, "other placeholders"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_each_defect_is_told(entry, problem):
    (found,) = incomplete(po(entry))

    assert found.startswith(problem)


def test_placeholders_may_change_their_order():
    entry = {"msgid": "%(a)s by %(b)s", "msgstr": "%(b)s: %(a)s"}

    assert list(incomplete(po(entry))) == []


def test_missing_and_superfluous_terms_are_told_apart():
    found = list(outdated(po({"msgid": "New"}), po({"msgid": "Old"})))

    assert found == ["not in the file: 'New'", "no longer in the sources: 'Old'"]


def test_program_ends_with_1_and_names_the_file(tmp_path, capsys):
    file = tmp_path / "pl.po"
    po({"msgid": "Yes", "msgstr": ""}).save(str(file))

    assert main(["complete", str(file)]) == 1
    assert capsys.readouterr().out == "pl.po: not translated: 'Yes'\n"


def test_program_compares_two_files(tmp_path):
    files = [tmp_path / "fresh.pot", tmp_path / "old.pot"]
    for file in files:
        po({"msgid": "Yes"}).save(str(file))

    assert main(["current", *map(str, files)]) == 0
