"""Buttons of views: the web client calls each with the ids of its records."""

import ast
from functools import cache
from xml.etree import ElementTree

import pytest
from repository import ROOT

ADDONS = ROOT / "addons"


@cache
def methods_of_models():
    """Return (model, method) of everything that is declared ``@api.model``."""
    found = set()
    for path in ADDONS.glob("*/*/*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef):
                names = set(_names(node))
                for method in node.body:
                    if isinstance(method, ast.FunctionDef) and _is_of_model(method):
                        found |= {(name, method.name) for name in names}
    return found


def _names(node):
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(
            statement.value, ast.Constant | ast.List
        ):
            target = getattr(statement.targets[0], "id", "")
            if target in ("_name", "_inherit"):
                values = getattr(statement.value, "elts", [statement.value])
                yield from (one.value for one in values)


def _is_of_model(method):
    return any(ast.unparse(one) == "api.model" for one in method.decorator_list)


def buttons():
    for path in sorted(ADDONS.glob("*/*/*.xml")):
        for record in ElementTree.parse(path).getroot().iter("record"):
            if record.get("model") != "ir.ui.view":
                continue
            model = record.findtext("field[@name='model']")
            for button in record.iter("button"):
                if button.get("type") == "object":
                    yield model, button.get("name")


@pytest.mark.parametrize(("model", "method"), sorted(set(buttons())))
def test_a_button_calls_a_method_of_records(model, method):
    """A method of the model takes no ids: the button would end in a TypeError."""
    assert (model, method) not in methods_of_models()
