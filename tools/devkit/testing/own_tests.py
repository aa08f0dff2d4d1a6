"""Stage "odoo": Odoo's own tests end the same with our addons installed as without."""

from __future__ import annotations

import json
from pathlib import Path

from devkit.console import Problem
from devkit.stamps import fingerprint, write_atomically
from devkit.testing.bench import MINUTES_PER_PROCESS, SCRIPTS, Bench, Finished
from devkit.testing.comparison import compare
from devkit.testing.odoo_log import records
from devkit.testing.odoo_results import Results, read_results
from devkit.testing.odoo_stages import INSTALLED
from devkit.testing.outcome import Outcome
from devkit.testing.verdict import alarming_records, excerpt, tail

# What our addons extend. Whole modules, and of the big ones the classes that come near
# our hooks: merging of partners, what is composed and mailed, every model and view.
CHOSEN = {
    "crm": (),
    "phone_validation": (),
    "sale": (),
    "sale_crm": (),
    "sale_management": (),
    "sales_team": (),
    "sms": (),
    "base": (
        "TestAllViews",
        "TestCompany",
        "TestEveryModel",
        "TestInvisibleField",
        "TestMergePartner",
        "TestPartner",
        "TestPartnerAddressCompany",
        "TestPartnerForm",
        "TestRenderAllViews",
    ),
    "mail": (
        "MailCase",
        "TestMailComposer",
        "TestMailComposerForm",
        "TestMailComposerRendering",
        "TestMailMessage",
        "TestMailTemplate",
        "TestPartner",
    ),
    "portal": ("TestPortalWizard",),
}

# Left to ``make test-odoo``: tours, which would compete with ours for the browser, and
# mass assignment and sums of taxes, which are slow and far from anything of ours.
NOT_CHOSEN = (
    "/crm:TestLeadAssign",
    "/crm:TestLeadAssignPerf",
    "/crm:TestLeadConvertMass",
    "/crm:TestUi",
    "/sale:TestProductAttributeValue",
    "/sale:TestSaleComboConfigurator",
    "/sale:TestSaleMailComposerUI",
    "/sale:TestSaleOrderProductCatalog",
    "/sale:TestSaleOrderUI",
    "/sale:TestSaleSignature",
    "/sale:TestTaxesDownPaymentSale",
    "/sale:TestTaxesGlobalDiscountSale",
    "/sale:TestTaxesTaxTotalsSummarySale",
    "/sale_management:TestUi",
)

MINUTES_FOR_ALL = 120
WHOLE = [
    "base",
    "mail",
    "portal",
    "phone_validation",
    "contacts",
    "sms",
    "sales_team",
    "crm",
    "sale",
    "sale_management",
    "sale_crm",
]


def baseline(bench: Bench) -> Outcome:
    """Run the chosen tests without our addons, once for each Odoo."""
    return _baseline(bench, "part", _tags_of_chosen(), sorted(CHOSEN))


def same_results(bench: Bench) -> Outcome:
    """Run the chosen tests with our addons and compare."""
    return _compare(bench, "part", _tags_of_chosen(), sorted(CHOSEN))


def whole_baseline(bench: Bench) -> Outcome:
    """Run all tests of the modules below ours without ours, once."""
    return _baseline(bench, "whole", _tags_of_all(), WHOLE)


def whole_same_results(bench: Bench) -> Outcome:
    """Run all tests of the modules below ours with our addons and compare."""
    return _compare(bench, "whole", _tags_of_all(), WHOLE)


def _tags_of_chosen() -> str:
    wanted = [
        f"/{module}:{name}" if name else f"/{module}"
        for module, names in CHOSEN.items()
        for name in names or [""]
    ]
    return ",".join([*wanted, *(f"-{test}" for test in NOT_CHOSEN)])


def _tags_of_all() -> str:
    return ",".join(f"/{module}" for module in WHOLE)


def _baseline(bench: Bench, name: str, tags: str, modules: list[str]) -> Outcome:
    file = _file_of_baseline(bench, name, tags)
    if file.exists():
        return Outcome(notes=(f"baseline of {file.stem} is there already",))
    database = bench.clone("tpl_base", f"without_{name}")
    done = _run(bench, f"odoo-{name}-without", database, tags, modules)
    results = read_results(records(done.log))
    if results.reported is None:
        _raise_unfinished(done)
    write_atomically(file, json.dumps(results.by_test(), indent=1))
    return Outcome()


def _compare(bench: Bench, name: str, tags: str, modules: list[str]) -> Outcome:
    database = bench.clone(bench.database(INSTALLED), f"with_{name}")
    done = _run(bench, f"odoo-{name}-with", database, tags, modules)
    results = read_results(records(done.log))
    if results.reported is None:
        _raise_unfinished(done)
    before = json.loads(_file_of_baseline(bench, name, tags).read_text())
    outcome = compare(before, results.by_test(), _excerpts(results))
    alarming = alarming_records(list(records(done.log)), bench.ours)
    return outcome + Outcome(findings=tuple(alarming))


def _run(
    bench: Bench, log_name: str, database: str, tags: str, modules: list[str]
) -> Finished:
    arguments = {"tags": tags, "modules": modules}
    minutes = MINUTES_FOR_ALL if modules == WHOLE else MINUTES_PER_PROCESS
    return bench.odoo_script("run_suite", database, arguments, log_name, minutes)


def _file_of_baseline(bench: Bench, name: str, tags: str) -> Path:
    """Return where the baseline is kept; another Odoo or test list has another file."""
    source = bench.ready.source
    identity = fingerprint(
        source.version,
        str(source.import_folder),
        tags,
        SCRIPTS / "run_suite.py",
        *(
            bench.layout.root / name
            for name in ("requirements-odoo.txt", "requirements.txt")
        ),
    )
    return bench.layout.local / "baseline" / f"{name}-{identity}.json"


def _excerpts(results: Results) -> dict[str, list[str]]:
    return {test: list(map(excerpt, texts)) for test, texts in results.failures.items()}


def _raise_unfinished(done: Finished) -> None:
    """Raise a problem for a process that ended before it reported on its tests."""
    raise Problem(
        f"Odoo's own tests ended early, with code {done.exit_code}.\n{tail(done.log)}",
        "See the whole log in .local/log/test.",
    )
