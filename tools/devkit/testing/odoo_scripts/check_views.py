"""Validate every view that is left in the database, as Odoo does when one is saved."""

import logging

_logger = logging.getLogger("devkit.check_views")

views = env["ir.ui.view"].with_context(active_test=False).search([])
broken = 0
for view in views:
    try:
        view._check_xml()
    except Exception:
        broken += 1
        _logger.exception("View %s (%s) is broken", view.xml_id or view.id, view.model)
_logger.info("%d views checked, %d broken", len(views), broken)
