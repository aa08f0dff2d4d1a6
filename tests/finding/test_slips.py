import pytest

from finding import number_slips, reaches


@pytest.mark.parametrize(
    ("asked", "word", "distance"),
    [
        ("nowka", "nowak", 1),
        ("nowk", "nowak", 1),
        ("lacnzik", "lacznik", 1),
        ("mechaniczy", "mechaniczny", 1),
        ("meshanicny", "mechaniczny", 2),
        ("nowak", "nowak", None),
        ("nowak", "kowal", None),
        ("meshanicny", "techaniczny", None),
        ("abc", "abd", None),
        ("12345", "12346", None),
    ],
)
def test_slips_are_near_and_others_are_not(asked, word, distance):
    assert reaches(asked, word) == distance


def test_numbers_with_two_digits_changed_or_one_too_many():
    slips = number_slips("s00012")

    assert "s00021" in slips
    assert "s0002" in slips
    assert "s00012" not in slips
    assert number_slips("s12") == ()
    assert number_slips("x" * 30 + "123") == ()
    assert "ab12c" in number_slips("ab12c3")
