"""Set-up tooling: from a bare clone to a running Odoo, with the standard library only.

``python3 tools/devkit --help`` lists the commands; the Makefile is a thin front of it.
"""
