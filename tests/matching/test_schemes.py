import json
from pathlib import Path

import pytest

import matching
from matching import SchemeError, Verdict, load_scheme, parse_scheme

FOLDER = Path(matching.__file__).parent / "schemes"
SMALL = {
    "name": "small-1",
    "base": -1,
    "points": {"vat_equal": 9},
    "pairs": {"vat_equal|city_equal": -0.5},
    "thresholds": {"certain": 6, "probable": 2, "possible": -2},
    "calibration": {"slope": 2, "offset": 1},
}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda p: p.stem)
def test_every_file_is_a_scheme_of_its_own_name(path):
    scheme = load_scheme(path.stem)

    assert scheme.name == path.stem
    assert scheme.certain > scheme.probable > scheme.possible
    assert set(scheme.pairs) <= set(scheme.points)


def test_pairs_are_found_from_either_code():
    pairs = parse_scheme(json.dumps(SMALL)).pairs

    assert pairs["vat_equal"]["city_equal"] == pairs["city_equal"]["vat_equal"] == -0.5


@pytest.mark.parametrize(
    ("points", "probability"), [(-0.5, 0.5), (0, 2 / 3), (5000, 1), (-5000, 0)]
)
def test_probability_follows_the_calibration(points, probability):
    found = parse_scheme(json.dumps(SMALL)).probability(points)

    assert found == pytest.approx(probability)


@pytest.mark.parametrize("name", ["missing", "../scheme", ""])
def test_unknown_schemes_are_refused(name):
    with pytest.raises(SchemeError) as caught:
        load_scheme(name)

    assert caught.value.code == "scheme_unknown"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        json.dumps(SMALL | {"base": "many"}),
        json.dumps(SMALL | {"points": []}),
        json.dumps(SMALL | {"pairs": {"vat_equal": 1}}),
    ],
)
def test_unreadable_schemes_are_refused(text):
    with pytest.raises(SchemeError) as caught:
        parse_scheme(text)

    assert caught.value.code == "scheme_unreadable"


def test_verdicts_have_an_order():
    order = sorted(Verdict, key=lambda verdict: verdict.rank)

    assert order == ["same_group", "possible", "probable", "certain"]
