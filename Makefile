# Madoguchi: `make` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PORT ?= 8000
export VAR ?= $(CURDIR)/var

.DEFAULT_GOAL := help
.PHONY: help up test check bench format words lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: $(VENV)/.run node_modules/.stamp ## start everything for a demonstration (PORT=8000 VAR=./var CITY=musashino)
	@exec $(BIN)/madoguchi up

test: $(VENV)/.dev node_modules/.stamp ## run the whole suite on SQLite, and on PostgreSQL where one answers
	@exec bash scripts/test.sh

check: $(VENV)/.dev node_modules/.stamp ## lint, types, import contracts, templates, migrations, words, docs, audit
	@exec bash scripts/check.sh

bench: $(VENV)/.dev node_modules/.stamp ## print figures: pages, submit, lists, search, jobs, vault, trail, backup, on SQLite and PostgreSQL
	@$(BIN)/python -m benchmarks

format: $(VENV)/.dev ## put the code in shape
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

words: $(VENV)/.dev ## bring the message files up to date with the texts
	@$(BIN)/madoguchi words update

lock: $(VENV)/.dev ## resolve the dependencies anew (needs uv)
	uv pip compile -q --universal --generate-hashes --python-version 3.11 -c scripts/constraints.txt pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --python-version 3.11 -c scripts/constraints.txt pyproject.toml --group dev -o requirements-dev.lock

clean: ## remove what was installed and built; data in VAR stays
	rm -rf $(VENV) node_modules build

$(VENV)/bin/python:
	@echo "… creating the environment"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "… installing locked packages (about a minute the first time)"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . 2>/dev/null || $(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "… installing what the tests need"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

node_modules/.stamp: package.json package-lock.json | $(VENV)/.run
	@echo "… installing design tokens and the paper font"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python scripts/npm.py ci --no-audit --no-fund --loglevel=error
	@touch $@
