"""``make test``: stages over two lanes, judged by their logs, and one closing line.

Odoo's exit code alone proves little: skipped browser tests, no test at all and
warnings end with 0. So :mod:`odoo_log` and :mod:`odoo_results` read the log,
:mod:`verdict` judges it, and a stage returns an
:class:`~devkit.testing.outcome.Outcome`.
"""
