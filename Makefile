# Front of tools/devkit: "make" lists the targets. Another Python: make demo PYTHON=python3.12
PYTHON ?= python3
DEVKIT = $(PYTHON) tools/devkit

.DEFAULT_GOAL := help
.PHONY: help demo stop reset-demo clean status setup db-template shell psql

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## a running Odoo with the demo story; another port: make demo PORT=8070
	@$(DEVKIT) demo $(if $(PORT),--port $(PORT))

stop: ## stop Odoo, the mail catcher and the embedded PostgreSQL
	@$(DEVKIT) stop

reset-demo: ## throw the demo's database away and make it anew
	@$(DEVKIT) reset-demo $(if $(PORT),--port $(PORT))

clean: ## stop everything and delete all that was made or downloaded (.local)
	@$(DEVKIT) clean

status: ## what is set up and what runs
	@$(DEVKIT) status

setup: ## private environment, Odoo 19 and PostgreSQL, each only once
	@$(DEVKIT) setup

db-template: ## databases that tests are cloned from, each only once
	@$(DEVKIT) db template

shell: ## Python shell of Odoo on the demo database
	@$(DEVKIT) shell

psql: ## PostgreSQL's shell on the demo database
	@$(DEVKIT) psql

.PHONY: test test-unit test-repo lint test-stage test-module test-one test-odoo

test: ## every check there is; ends with one line "N passed, N failed, N skipped"
	@$(DEVKIT) test

test-unit: ## tests outside Odoo, and the coverage of the pure packages
	@$(DEVKIT) test unit

test-repo: ## rules for the repository as a whole
	@$(DEVKIT) test repo

lint: ## format, lint, types, licences
	@$(DEVKIT) test lint

test-stage: ## some stages of "make test": make test-stage STAGE="both uninstall"
	@$(DEVKIT) test $(or $(STAGE),--help)

test-module: ## all tests of one addon: make test-module MODULE=contact_history
	@$(DEVKIT) test-addon $(or $(MODULE),$(error Say which: make test-module MODULE=contact_history))

test-one: ## one test: make test-one TEST=/offer_repository:TestArchive.test_x, or TEST=tests/...
	@$(DEVKIT) test-one '$(or $(TEST),$(error Say which: make test-one TEST=/module:Class.method))'

test-odoo: ## all of Odoo's own tests near ours, with and without our addons
	@$(DEVKIT) test odoo-whole

.PHONY: screenshots

screenshots: ## renew the pictures of the documentation from the running demo
	@$(DEVKIT) screenshots $(if $(ARGS),-- $(ARGS))
