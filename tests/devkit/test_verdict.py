"""What makes a run of Odoo fail although Odoo itself may have ended with 0."""

from pathlib import Path

import pytest

from devkit.testing.odoo_log import Record
from devkit.testing.verdict import (
    AllowedSkip,
    Vocabulary,
    excerpt,
    judge,
    judge_log,
    vocabulary,
)

LOGS = Path(__file__).parent / "logs"
UNHAPPY = (LOGS / "failures_skips_and_warnings.log").read_text()
OURS = Vocabulary(frozenset({"contact_history", "contact.interaction", "offer_offer"}))
SCRATCH = Vocabulary(frozenset({"offer_scratch", "offer.thing"}), "/checkout")

HAPPY = """\
2026-11-23 08:50:37,724 1 INFO t odoo.addons.crm.tests.test_a: Starting TestA.test_b ...
{more}
2026-11-23 08:50:44,073 1 INFO t odoo.tests.result: 0 failed, 0 error(s) of 1 tests when
"""


def titles(outcome):
    return [finding.title for finding in outcome.findings]


def happy_log_with(*lines):
    prefix = "2026-11-23 08:50:40,000 1 "
    return HAPPY.format(more="\n".join(prefix + line for line in lines))


def test_a_log_without_anything_wrong_passes():
    outcome = judge(happy_log_with("INFO t odoo.addons.contact_history: hello"), OURS)

    assert (outcome.passed, outcome.failed, outcome.skipped) == (1, 0, 0)


def test_skipped_browser_tests_fail_although_odoo_ended_with_0():
    outcome = judge((LOGS / "no_browser.log").read_text(), OURS, exit_code=0)

    assert outcome.skipped == 5
    assert titles(outcome)[0] == (
        "A browser test was skipped: /crm:TestUi.test_01_crm_tour"
    )
    assert outcome.failed == 5


def test_a_skipped_browser_test_cannot_be_allowed():
    everything = [AllowedSkip(".*", "for this test")]

    outcome = judge((LOGS / "no_browser.log").read_text(), OURS, 0, everything)

    assert outcome.failed == 5


def test_zero_tests_fail_although_odoo_ended_with_0():
    outcome = judge((LOGS / "no_test.log").read_text(), OURS, exit_code=0)

    assert titles(outcome) == ["No test ran at all"]


def test_other_skips_fail_unless_they_are_allowed_by_name():
    allowed = [AllowedSkip(r"^/offer_scratch:TestSkippedClass\.", "for this test")]

    found = titles(judge(UNHAPPY, OURS, 1, allowed))

    assert "Skipped without permission: /offer_scratch:TestThing.test_skip" in found
    assert not any("TestSkippedClass" in title for title in found)


def test_each_failed_test_is_one_failure_with_its_traceback():
    outcome = judge(UNHAPPY, OURS, exit_code=1)

    (failed,) = [
        f for f in outcome.findings if f.title.endswith("TestThing.test_fails")
    ]
    assert "AssertionError: 1 != 2 : one is not two" in failed.detail
    assert len([t for t in titles(outcome) if t.startswith("/offer_scratch:")]) == 4


def test_warnings_that_name_our_addon_or_its_models_fail():
    assert [t for t in titles(judge(UNHAPPY, SCRATCH, 1)) if "in the log" in t] == [
        "WARNING in the log, 1 times, by odoo.addons.base.models.ir_model",
        "WARNING in the log, 1 times, by odoo.modules.loading",
        "WARNING in the log, 1 times, by odoo.addons.offer_scratch.models.thing",
        "WARNING in the log, 1 times, by py.warnings",
    ]


def test_warnings_about_others_do_not_fail():
    log = happy_log_with("WARNING t odoo.addons.mail.models: contact.interactions")

    assert judge(log, OURS).failed == 0


@pytest.mark.parametrize(
    "line",
    [
        "WARNING t odoo.addons.contact_history.models.res_partner: Something odd",
        "ERROR t odoo.sql_db: bad query: SELECT * FROM offer_offer",
        'WARNING t odoo.registry: Field "contact.interaction.state" is odd',
        "CRITICAL t odoo.service.server: contact_history/models/x.py is broken",
        "WARNING t odoo.tools.translate: no file contact_history/i18n/pl.po",
    ],
)
def test_every_way_to_name_us_counts(line):
    assert judge(happy_log_with(line), OURS).failed == 1


def test_equal_warnings_are_one_failure():
    line = "WARNING t odoo.addons.contact_history.models.res_partner: Something odd"

    outcome = judge(happy_log_with(line, line), OURS)

    assert titles(outcome) == [
        "WARNING in the log, 2 times, by odoo.addons.contact_history.models.res_partner"
    ]


def test_a_checkout_called_like_an_addon_does_not_make_all_paths_ours():
    message = "/srv/contact_history/.local/odoo/models.py:1: DeprecationWarning: old"
    record = Record("WARNING", "py.warnings", message)

    assert OURS.names_ours(record)
    assert not Vocabulary(OURS.words, "/srv/contact_history").names_ours(record)


def test_deprecation_is_blamed_on_the_caller_only():
    stack = (
        "/srv/odoo/addons/sale/models/sale.py:8: DeprecationWarning: old\n"
        '  File "/srv/addons/contact_history/models/x.py", line 3'
    )

    assert not OURS.names_ours(Record("WARNING", "py.warnings", stack))


def test_a_query_is_ours_by_its_table_and_not_by_our_columns_of_odoos_record():
    query = 'bad query: SELECT "res_partner"."offer_offer_stop" FROM "{}" WHERE id = 1'

    assert not OURS.names_ours(
        Record("ERROR", "odoo.sql_db", query.format("res_partner"))
    )
    assert OURS.names_ours(Record("ERROR", "odoo.sql_db", query.format("offer_offer")))


def test_console_of_the_browser_is_not_blamed_on_the_test_that_opened_it():
    logger = "odoo.addons.contact_history.tests.test_tour.TestTour.test_all.browser"

    assert not OURS.names_ours(Record("WARNING", logger, "A preload was not used."))
    assert OURS.names_ours(Record("WARNING", logger, "@contact_history/timeline broke"))


def test_a_crash_before_the_report_fails():
    crashed = HAPPY.format(more="").partition("2026-11-23 08:50:44")[0]

    assert titles(judge(crashed, OURS, exit_code=0)) == [
        "Odoo ended before it reported on its tests"
    ]


def test_an_exit_code_without_any_other_reason_fails():
    assert titles(judge(happy_log_with(), OURS, exit_code=3)) == [
        "Odoo ended with code 3"
    ]


def test_a_log_without_tests_is_judged_by_its_records():
    log = happy_log_with("ERROR t odoo.addons.contact_history: broken")

    assert len(judge_log(log, OURS)) == 1
    assert judge_log(happy_log_with(), OURS) == ()
    assert len(judge_log(happy_log_with(), OURS, exit_code=1)) == 1


def test_vocabulary_holds_addons_models_and_tables(tmp_path):
    models = tmp_path / "some_addon" / "models"
    models.mkdir(parents=True)
    (models / "thing.py").write_text(
        'class Thing(models.Model):\n    _name = "some.thing"\n'
        'class Partner(models.Model):\n    _inherit = "res.partner"\n'
        'class Order(models.Model):\n    _name = "sale.order"\n'
        '    _inherit = ["sale.order", "some.mixin"]\n'
        'class Own(models.Model):\n    _name = "some.own"\n'
        '    _inherit = ["some.mixin"]\n'
    )

    found = vocabulary([tmp_path / "some_addon"], tmp_path)

    own = {"some.thing", "some_thing", "some.own", "some_own"}
    assert found.words == {"some_addon", *own}


def test_excerpt_keeps_the_headline_and_the_end():
    text = "\n".join(["headline", *map(str, range(100)), "the error"])

    short = excerpt(text, 10).splitlines()

    assert short[0] == "headline"
    assert short[-1] == "the error"
    assert len(short) == 11
