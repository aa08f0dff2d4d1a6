"""Each addon says all about itself, and each of its files is loaded."""

import importlib.metadata
import re
import sys
from pathlib import Path

import pytest
from repository import ADDONS, ROOT, files, imported_modules, manifest, read, text_files

REQUIRED = {
    "author",
    "category",
    "data",
    "depends",
    "external_dependencies",
    "license",
    "name",
    "summary",
    "version",
}
LOADED_FOLDERS = {"data", "report", "security", "views", "wizard"}
# What Odoo 19 itself brings in any installation.
OF_ODOO = {
    "babel",
    "lxml",
    "markupsafe",
    "openpyxl",
    "pillow",
    "psycopg2",
    "psycopg2-binary",
    "pypdf",
    "python-dateutil",
    "pytz",
    "requests",
    "werkzeug",
}

pytestmark = pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)


def data_files(addon, folders):
    return {
        str((ROOT / path).relative_to(addon))
        for path in text_files(".xml", ".csv", below=f"addons/{addon.name}/")
        if (ROOT / path).relative_to(addon).parts[0] in folders
    }


def third_party_distributions(addon):
    """Return what the addon's own code imports, by the names that pip knows."""
    by_module = importlib.metadata.packages_distributions()
    modules = {
        name.split(".")[0]
        for path in text_files(".py", below=f"addons/{addon.name}/")
        if "tests" not in path.parts
        for name in imported_modules(path)
    }
    third_party = modules - {*sys.stdlib_module_names} - {"odoo"}
    return {by_module[name][0].lower() for name in third_party}


def test_manifest_is_complete(addon):
    found = manifest(addon)

    assert not REQUIRED - found.keys()
    assert found["license"] == "LGPL-3"
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", found["version"])
    assert "\n" not in found["summary"]


def test_every_data_file_is_loaded_once_and_exists(addon):
    loaded = manifest(addon)["data"]

    assert len(loaded) == len(set(loaded))
    assert set(loaded) == data_files(addon, LOADED_FOLDERS)


def test_demo_files_are_loaded_as_demo_only(addon):
    files = {name for name in data_files(addon, {"demo"}) if name.endswith(".xml")}

    assert set(manifest(addon).get("demo", [])) == files


def test_libraries_are_declared_and_installed_by_our_requirements(addon):
    declared = {*manifest(addon)["external_dependencies"]["python"]}
    pinned = {
        line.partition("==")[0].lower()
        for line in read("requirements.txt").splitlines()
        if "==" in line
    }

    assert third_party_distributions(addon) - OF_ODOO <= declared
    assert declared <= pinned


def test_icon_readme_and_languages_are_there(addon):
    relative = {
        str(path.relative_to(Path("addons", addon.name)))
        for path in files()
        if path.is_relative_to(Path("addons", addon.name))
    }

    assert relative >= {
        "README.md",
        "static/description/icon.png",
        f"i18n/{addon.name}.pot",
        "i18n/pl.po",
        "i18n/el.po",
    }


def test_xml_ids_of_demo_data_say_so(addon):
    ids = [
        xml_id
        for name in manifest(addon).get("demo", [])
        for xml_id in re.findall(
            r'<(?:record|template|menuitem)\b[^>]*\bid="([^"]+)"',
            (addon / name).read_text(),
        )
        if "." not in xml_id
    ]

    assert ids or not manifest(addon).get("demo", [])
    assert not [xml_id for xml_id in ids if not re.search(r"_demo(_|$)", xml_id)]
