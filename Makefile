# Front of tools/devkit: "make" lists the targets. Another Python: make demo PYTHON=python3.12
PYTHON ?= python3
DEVKIT = $(PYTHON) tools/devkit

.DEFAULT_GOAL := help
.PHONY: help setup db-template psql shell

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## private environment, Odoo 19 and PostgreSQL, each only once
	@$(DEVKIT) setup

db-template: setup ## databases that tests are cloned from
	@$(DEVKIT) db template

shell: ## Python shell of Odoo on the demo database
	@$(DEVKIT) shell

psql: ## PostgreSQL's shell on the demo database
	@$(DEVKIT) psql
