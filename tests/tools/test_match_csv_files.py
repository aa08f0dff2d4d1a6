"""Registers as spreadsheets and old programs really write them."""

import codecs

import pytest

TWINS = (
    "record_id;name;vat;email;city\n"
    "1;Łącznik Sp. z o.o.;526-000-12-46;biuro@lacznik.pl;Kraków\n"
    "2;LACZNIK;PL5260001246;biuro@lacznik.pl;Krakow\n"
)
GREEK = (
    "record_id;name;vat;city\n"
    "1;Παπαδόπουλος ΑΕ;094014201;Αθήνα\n"
    "2;PAPADOPOULOS;094014201;Athina\n"
)


def ids(outcome):
    return [(row["left_id"], row["right_id"]) for row in outcome.pairs]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TWINS.encode("utf-16"), id="UTF-16"),
        pytest.param(
            codecs.BOM_UTF16_BE + TWINS.encode("utf-16-be"), id="UTF-16, big end first"
        ),
        pytest.param(TWINS.replace("\n", "\r"), id="line ends of old Macintoshs"),
        pytest.param("sep=;\n" + TWINS, id="delimiter named for Excel"),
        pytest.param(TWINS.replace(";", "|"), id="bars"),
        pytest.param(TWINS.replace("\n", ";;;\n"), id="columns without a name"),
        pytest.param(TWINS + ";;;;\n;;;;\n", id="rows of nothing at the end"),
        pytest.param(TWINS.replace("city", "city, or town, or village"), id="commas"),
        pytest.param(
            TWINS.replace("record_id;name", " Record ID ;NAME").replace(
                "email", "E-Mail"
            ),
            id="names with spaces and signs",
        ),
        pytest.param(TWINS.replace("name", "\xa0name\u200b"), id="invisible signs"),
        pytest.param(TWINS.replace("LACZ", "LA\0CZ"), id="zero byte"),
    ],
)
def test_what_a_spreadsheet_writes_is_read(match, content):
    outcome = match(content)

    assert outcome.code == 0, outcome.said
    assert ids(outcome) == [("1", "2")]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TWINS, "cp1250"),
        (TWINS, "windows-1250"),
        (TWINS, "iso8859-2"),
        (GREEK, "cp1253"),
    ],
)
def test_encoding_may_be_named(match, content, encoding):
    outcome = match(
        content.encode(encoding), "--encoding", encoding, "--out", "pairs.csv"
    )

    assert outcome.code == 0, outcome.said
    assert ids(outcome) == [("1", "2")]


def test_rows_of_another_encoding_are_skipped_with_a_way_out(match):
    outcome = match(TWINS.encode("cp1250"))

    assert outcome.code == 1
    assert "line 2: not UTF-8; row skipped" in outcome.said
    assert "--encoding cp1250" in outcome.said


def test_header_of_another_encoding_ends_with_a_way_out(match):
    outcome = match(TWINS.replace("city", "miejscowość").encode("cp1250"))

    assert outcome.code == 2
    assert "--encoding cp1250" in outcome.said


@pytest.mark.parametrize("name", ["klingon", "base64"])
def test_unknown_encoding_ends_with_two(match, name):
    outcome = match(TWINS, "--encoding", name)

    assert outcome.code == 2
    assert f"no encoding '{name}'" in outcome.said


def test_file_that_is_cut_within_a_character_ends_with_two(match):
    outcome = match(TWINS.encode("utf-16")[:-1])

    assert outcome.code == 2
    assert "Traceback" not in outcome.said


def test_exact_name_of_a_column_comes_before_one_like_it(match):
    outcome = match(
        "record_id,name,email,E-Mail\n1,Baltik,biuro@baltik.pl,x@y.pl\n"
        "2,Baltik,biuro@baltik.pl,z@w.pl\n"
    )

    assert outcome.code == 0
    assert "email_equal" in outcome.pairs[0]["evidence"]


def test_column_that_is_there_twice_in_other_words_ends_with_two(match):
    outcome = match("name,E-Mail,e mail\na,b,c\n")

    assert outcome.code == 2
    assert "column email is there twice" in outcome.said


@pytest.mark.parametrize("option", ["--out", "--clusters"])
def test_register_is_never_written_over(match, option, tmp_path):
    outcome = match(TWINS, option, "register.csv")

    assert outcome.code == 2
    assert (tmp_path / "register.csv").read_text(encoding="utf-8") == TWINS


def test_pairs_and_clusters_are_two_files(match):
    outcome = match(TWINS, "--out", "both.csv", "--clusters", "both.csv")

    assert outcome.code == 2
    assert "must be different files" in outcome.said


def test_one_name_many_times_is_done_soon_and_proposes_nobody(match):
    rows = "".join(f"{number},Kowalski Meble\n" for number in range(20_000))

    outcome = match("record_id,name\n" + rows)

    assert outcome.code == 0
    assert outcome.pairs == []
