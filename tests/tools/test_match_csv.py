"""The stand-alone command on real files."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parents[2] / "tools" / "match_csv.py"
HEADER = "record_id,name,is_company,vat,email,phone,city,country_code"
BALTIK = (
    "Baltik Transport sp. z o.o.,1,526-10-40-828,biuro@baltik.pl,58 620 11 22,Gdynia,PL"
)
BALTIK_AGAIN = "BALTIK TRANSPORT,1,PL5261040828,biuro@baltik.pl,+48586201122,Gdynia,PL"
BAKERY = "Piekarnia Pod Dębem,1,,chleb@dabem.pl,48 362 77 88,Radom,PL"


def lines(*rows):
    return "\n".join((HEADER, *rows)) + "\n"


TWINS = lines(f"1,{BALTIK}", f"2,{BAKERY}", f"3,{BALTIK_AGAIN}")


def test_same_customer_is_found_with_score_verdict_and_evidence(match):
    outcome = match(TWINS)

    (pair,) = outcome.pairs
    assert outcome.code == 0
    assert list(pair) == ["left_id", "right_id", "score", "verdict", "evidence"]
    assert (pair["left_id"], pair["right_id"], pair["verdict"]) == ("1", "3", "certain")
    assert 0.9 < float(pair["score"]) <= 1
    rows = json.loads(pair["evidence"])
    assert {"code", "points", "left", "right"} == set(rows[0])
    assert "vat_equal" in {row["code"] for row in rows}


def test_clusters_name_only_records_that_are_not_alone(match):
    clusters = match(TWINS).clusters

    assert [list(row) for row in clusters] == [["record_id", "cluster_id"]] * 2
    assert [row["record_id"] for row in clusters] == ["1", "3"]
    assert len({row["cluster_id"] for row in clusters}) == 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("\ufeff" + TWINS, id="byte order mark"),
        pytest.param(TWINS.replace(",", ";"), id="semicolon"),
        pytest.param(TWINS.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(TWINS.replace("\n", "\n\n"), id="empty lines"),
        pytest.param(TWINS.rstrip("\n"), id="no line end at the end"),
        pytest.param(
            TWINS.replace("record_id", "RECORD_ID").replace("city", " City "),
            id="header in capitals",
        ),
    ],
)
def test_files_come_in_many_forms(match, content):
    outcome = match(content)

    assert outcome.code == 0, outcome.said
    assert [(row["left_id"], row["right_id"]) for row in outcome.pairs] == [("1", "3")]


def test_columns_may_be_unknown_or_missing(match):
    outcome = match(
        "colour,name,vat,phone\nred,Baltik Transport,5261040828,601602603\n"
        "blue,Baltik Transport,5261040828,601602603\n"
    )

    (pair,) = outcome.pairs
    assert outcome.code == 0
    assert (pair["left_id"], pair["right_id"]) == ("2", "3")


def test_value_may_have_quotes_commas_and_line_ends(match):
    quoted = BALTIK.replace(
        "Baltik Transport sp. z o.o.", '"Baltik ""Transport"",\nsp. z o.o."'
    )

    outcome = match(lines(f"1,{quoted}", f"2,{BAKERY}", f"3,{BALTIK_AGAIN}"))

    assert outcome.code == 0
    assert [(row["left_id"], row["right_id"]) for row in outcome.pairs] == [("1", "3")]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (b"9,too,few", "line 3: 3 values for 8 columns"),
        (b"9,a,1,,,,Gdynia,PL,more", "line 3: 9 values for 8 columns"),
        (b'9,"never closed,1,,,,Gdynia,PL', "line 3: a quotation mark is never closed"),
        (b'9,"Balt"ik,1,,,,Gdynia,PL', "line 3: "),
        (b"9,Ba\xb3tyk,1,,,,Gdynia,PL", "line 3: not UTF-8"),
        (b",Nobody,1,,,,Gdynia,PL", "line 3: record_id is empty"),
        (b"1,Again,1,,,,Gdynia,PL", "line 3: record_id '1' was there before"),
        (b"9," + b"x" * 200_000 + b",1,,,,Gdynia,PL", "line 3: field larger"),
    ],
    ids=["few", "many", "open quote", "quote", "encoding", "no id", "id twice", "long"],
)
def test_broken_row_is_reported_and_costs_no_other_row(match, broken, said):
    head, first, rest = TWINS.encode().split(b"\n", 2)

    outcome = match(b"\n".join((head, first, broken, rest)))

    assert outcome.code == 1
    assert said in outcome.said
    assert "row skipped" in outcome.said
    assert "3 records read, 1 skipped" in outcome.said
    assert [(row["left_id"], row["right_id"]) for row in outcome.pairs] == [("1", "3")]


def test_open_quote_near_other_quotes_spoils_its_own_row_only(match):
    quoted = BALTIK_AGAIN.replace("BALTIK TRANSPORT", '"BALTIK TRANSPORT"')

    outcome = match(lines(f"1,{BALTIK}", '2,"Open,1,,,,Radom,PL', f"3,{quoted}"))

    assert outcome.code == 1
    assert [(row["left_id"], row["right_id"]) for row in outcome.pairs] == [("1", "3")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("colour,shape\nred,round\n", "no column to compare"),
        ("name,name\na,b\n", "column name is there twice"),
        ("name,café\n".encode("latin-1"), "header is not UTF-8"),
        ('name,"ci"ty\n', "header is no CSV"),
    ],
    ids=["empty", "blank", "foreign", "doubled", "encoding", "quotes"],
)
def test_unusable_input_ends_with_two(match, content, said):
    outcome = match(content)

    assert outcome.code == 2
    assert said in outcome.said
    assert "Traceback" not in outcome.said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--scheme", "nonsense"), "there is no scheme 'nonsense'"),
        (("--threshold", "sure"), "invalid choice"),
        (("--out", "missing/pairs.csv"), "missing/pairs.csv"),
        (("--processes", "0"), "at least 1"),
    ],
    ids=["scheme", "threshold", "output", "processes"],
)
def test_unusable_option_ends_with_two(match, options, said):
    outcome = match(TWINS, *options)

    assert outcome.code == 2
    assert said in outcome.said
    assert "Traceback" not in outcome.said


def test_missing_file_ends_with_two(tmp_path):
    done = subprocess.run(
        [sys.executable, COMMAND, tmp_path / "none.csv"], capture_output=True, text=True
    )

    assert done.returncode == 2
    assert "none.csv: No such file" in done.stderr


def test_header_alone_is_an_empty_register(match):
    outcome = match(HEADER + "\n")

    assert (outcome.code, outcome.pairs, outcome.clusters) == (0, [], [])


def test_without_output_files_the_pairs_are_printed(match):
    outcome = match(TWINS, "--threshold", "certain")

    assert outcome.printed.splitlines()[0] == "left_id,right_id,score,verdict,evidence"
    assert outcome.printed.splitlines()[1].startswith("1,3,")


def test_reader_of_the_pairs_may_stop_early(match, tmp_path):
    (tmp_path / "large.csv").write_text(register(2000))

    done = subprocess.run(
        f"'{sys.executable}' '{COMMAND}' large.csv | head -n 1",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert done.stdout.startswith("left_id,")
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr


def register(count):
    """Return a register of made-up firms, a fifth of them twice or three times."""
    rng = random.Random(5)
    rows = []
    for number in range(count):
        name = "".join(rng.choice("bdgklmnprst") + rng.choice("aeiou") for _x in "1234")
        phone = f"6{rng.randrange(10**8):08d}"
        for copy in range(rng.choice((1, 1, 1, 1, 2, 3))):
            rows.append(
                f"{number}.{copy},{name.title()} Handel,1,,{name}@{name}.pl,{phone},"
                f"{rng.choice(('Radom', 'Gdynia', ''))},PL"
            )
    rng.shuffle(rows)
    return lines(*rows)


def test_thresholds_let_through_less_and_less(match):
    content = register(300)

    found = {}
    for level in ("possible", "probable", "certain"):
        outcome = match(content, "--threshold", level, "--out", "pairs.csv")
        found[level] = {row["verdict"] for row in outcome.pairs}

    assert found["certain"] == {"certain"}
    assert found["probable"] <= {"certain", "probable"}
    assert found["possible"] <= {"certain", "probable", "possible", "same_group"}


def test_number_of_processes_changes_nothing(match):
    # Large enough for the command to start processes at all.
    content = register(6000)
    assert len(content) > 400_000

    one = match(content, "--processes", "1", "--out", "pairs.csv")
    alone = one.pairs
    two = match(content, "--processes", "2", "--out", "pairs.csv")

    assert one.code == two.code == 0
    assert two.pairs == alone
    assert len(alone) > 1000


PEOPLE = [f"{n},{name},0,,,,Radom,PL" for n, name in enumerate(("Jan Lis", "Ewa Bąk"))]


@pytest.mark.parametrize(
    ("rows", "scheme"),
    [(PEOPLE, "persons-"), ([f"1,{BALTIK}", f"2,{BAKERY}"], "points-")],
    ids=["people without identifiers", "firms"],
)
def test_scheme_suits_the_register(match, rows, scheme):
    assert f"pairs by scheme {scheme}" in match(lines(*rows)).said


def test_scheme_asked_for_is_taken(match):
    outcome = match(lines(*PEOPLE), "--scheme", "card-2026-11", "--out", "pairs.csv")

    assert "pairs by scheme card-2026-11" in outcome.said


def test_valid_different_tax_numbers_are_in_no_cluster(match):
    other = BALTIK_AGAIN.replace("PL5261040828", "PL7740001454")
    bridge = BALTIK_AGAIN.replace("PL5261040828", "")

    outcome = match(lines(f"1,{BALTIK}", f"2,{other}", f"3,{bridge}"))

    members = {row["record_id"]: row["cluster_id"] for row in outcome.clusters}
    assert members.get("1", "none") != members.get("2", "nothing")
