import pytest

from finding import amount_word, index_words, number_forms, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Zakład ŁĄCZNIK", ("zaklad", "lacznik")),
        ("Μηχανουργείο", ("michanourgeio",)),
        ("Müller & Söhne", ("mueller", "soehne")),
        ("CX-400, 2 szt.", ("cx", "400", "2", "szt")),
        ("", ()),
    ],
)
def test_words_are_plain_letters(text, words, fold):
    assert words_of(text, fold) == words


def test_words_next_to_each_other_stay_so(fold):
    line = index_words(["Lathe CX-400 new", "Table 2"], fold).split()

    assert line[:6] == ["lathe", "cx", "400", "new", "table", "2"]
    assert "cx400" in line[6:]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("CX-400", "cx400"),
        ("CX400", "400"),
        ("Müller", "muller"),
        ("12 345,67 EUR", "12345d67"),
        ("12.345,60", "12345d6"),
        ("12,345.6", "12345d6"),
        ("0,50", "0d5"),
        ("1 000", "1000"),
        ("S.A. 1/2026", "12026"),
    ],
)
def test_other_ways_to_write_it_are_found_too(text, form, fold):
    assert form in index_words([text], fold).split()


@pytest.mark.parametrize("text", ["e-mail", "Nowak/Kowalski", "23.11.2026"])
def test_what_is_no_code_and_no_amount_gets_no_amount(text, fold):
    forms = index_words([text], fold).split()

    assert not [
        form for form in forms if form.isalnum() and "d" in form and form[0].isdigit()
    ]
    assert "nowakkowalski" not in forms


@pytest.mark.parametrize(
    ("amount", "word"), [(12345.67, "12345d67"), (-80000.0, "80000"), (0.5, "0d5")]
)
def test_amounts(amount, word):
    assert amount_word(amount) == word


@pytest.mark.parametrize(
    ("number", "forms"),
    [
        ("S00012", ("s00012", "s12", "00012")),
        ("S000l2", ("s000l2", "s12", "2")),
        ("2026/WAW/7", ("2026waw7", "7")),
        ("Draft", ("draft",)),
        ("", ()),
    ],
)
def test_numbers_are_found_without_zeros_and_with_misread_letters(number, forms, fold):
    assert number_forms(number, fold) == forms


def test_endless_words_are_cut(fold):
    assert max(map(len, index_words(["x" * 5000 + "-1"], fold).split())) <= 60
