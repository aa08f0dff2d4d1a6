"""Fed to ``odoo shell`` after the demo database is made; it brings ``env``.

Odoo installs an addon without its demo data when that fails, and ends well. A demo
without its story is none, so this one does not: the last line says what went wrong.
"""

failures = env["ir.demo_failure"].search([])  # noqa: F821
for failure in failures:
    print(failure.error)
if failures:
    names = ", ".join(failures.module_id.mapped("name"))
    cause = (failures[0].error or "").strip().splitlines()[-1:]
    raise SystemExit(f"Demo data of {names} failed: {' '.join(cause)}")
