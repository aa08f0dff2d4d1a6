"""Component tests are counted one by one, and a file that nobody loads is missed."""

from pathlib import Path

from devkit.testing.components import judge_suites, suites

LOG = (Path(__file__).parent / "logs" / "hoot.log").read_text()


def test_each_passed_test_counts():
    outcome = judge_suites({"@contact_history/timeline/timeline"}, LOG)

    assert (outcome.passed, outcome.failed) == (3, 0)


def test_a_suite_without_a_passed_test_is_missed():
    outcome = judge_suites({"@contact_history/timeline/time"}, LOG)

    assert [finding.title for finding in outcome.findings] == [
        "No component test of @contact_history/timeline/time passed"
    ]


def test_suites_are_named_after_their_files(tmp_path):
    folder = tmp_path / "some_addon" / "static" / "tests"
    for name in ("a.test.js", "deep/b.test.js", "tours/tour.js"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()

    assert suites(tmp_path / "some_addon") == {"@some_addon/a", "@some_addon/deep/b"}
