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
