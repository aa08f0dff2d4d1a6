"""Reading real logs of Odoo 19; the scratch addon in them failed in every way."""

from pathlib import Path

import pytest

from devkit.testing.odoo_log import Record, records
from devkit.testing.odoo_results import is_test_report, read_results

LOGS = Path(__file__).parent / "logs"
UNHAPPY = "failures_skips_and_warnings.log"


def results_of(name):
    return read_results(records((LOGS / name).read_text()))


def test_traceback_belongs_to_the_record_before_it():
    found = list(records((LOGS / UNHAPPY).read_text()))

    (failure,) = [r for r in found if r.headline == "FAIL: TestThing.test_fails"]

    assert failure.level == "ERROR"
    assert failure.logger == "odoo.addons.offer_scratch.tests.test_thing"
    assert failure.message.endswith("AssertionError: 1 != 2 : one is not two")


def test_lines_before_the_first_record_are_left_out():
    text = "Running as user 'root' is a security risk.\n"
    text += "2026-11-23 08:50:33,089 1 INFO ? odoo: Odoo version 19.0 \n"

    assert list(records(text)) == [Record("INFO", "odoo", "Odoo version 19.0")]


def test_failures_errors_and_failed_subtests_are_found_by_test():
    results = results_of(UNHAPPY)

    assert sorted(results.failures) == [
        "/offer_scratch:TestBroken.setUpClass",
        "/offer_scratch:TestThing.test_error",
        "/offer_scratch:TestThing.test_fails",
        "/offer_scratch:TestThing.test_sub",
    ]
    assert (
        "AssertionError: 1 == 1"
        in results.failures["/offer_scratch:TestThing.test_sub"][0]
    )


def test_skips_of_methods_classes_and_subtests_are_found_with_their_reason():
    assert results_of(UNHAPPY).skips == {
        "/offer_scratch:TestThing.test_skip": "no wkhtmltopdf here",
        "/offer_scratch:TestSkippedClass.setUpClass": "needs demo data",
    }
    assert results_of("no_browser.log").skips == {
        f"/crm:TestUi.{name}": "Chrome executable not found"
        for name in (
            "test_01_crm_tour",
            "test_02_crm_tour_rainbowman",
            "test_03_crm_tour_forecast",
            "test_email_and_phone_propagation_edit_save",
            "test_crm_team_members_mono_company",
        )
    }


@pytest.mark.parametrize(
    ("name", "passed", "reported"),
    [(UNHAPPY, 2, 6), ("no_browser.log", 0, 5), ("no_test.log", 0, 0)],
)
def test_counts(name, passed, reported):
    results = results_of(name)

    assert results.passed == passed
    assert results.reported == reported
    assert sum(results.started.values()) == reported


def test_status_by_test_names_each_test_once():
    assert results_of(UNHAPPY).by_test() == {
        "/offer_scratch:TestBroken.setUpClass": "failed",
        "/offer_scratch:TestSkippedClass.setUpClass": "skipped",
        "/offer_scratch:TestThing.test_error": "failed",
        "/offer_scratch:TestThing.test_fails": "failed",
        "/offer_scratch:TestThing.test_logs": "passed",
        "/offer_scratch:TestThing.test_ok": "passed",
        "/offer_scratch:TestThing.test_skip": "skipped",
        "/offer_scratch:TestThing.test_sub": "failed",
    }


def test_no_report_is_told_from_a_report_of_zero():
    crashed = (LOGS / UNHAPPY).read_text().partition("odoo.tests.stats")[0]

    assert read_results(records(crashed)).reported is None


def test_errors_that_only_tell_of_failed_tests_are_known():
    found = list(records((LOGS / UNHAPPY).read_text()))
    alarming = [record for record in found if record.is_alarming]

    others = [record.headline for record in alarming if not is_test_report(record)]

    assert len(alarming) == 11
    assert [text[:40] for text in others] == [
        "Two fields (label, name) of offer.thing(",
        "The models ['offer.thing'] have no acces",
        "A source of the timeline could not be lo",
        "/checkout/addons/offer_scratch/models/th",
    ]
