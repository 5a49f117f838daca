# What people type. Everything is installed on demand into .venv; nothing outside this folder changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.DEFAULT_GOAL := help
.PHONY: help chat test check triage-diff triage-accept lint types bench clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16

chat: $(VENV)/.runtime ## talk to the bot in this terminal
	@$(BIN)/python -m bot chat

test: $(VENV)/.dev ## run every test
	@$(BIN)/python -m pytest

check: $(VENV)/.dev ## check every file of the knowledge base
	@$(BIN)/python -m bot check

SUITE := tests/safety/positives.jsonl tests/safety/negatives.jsonl

triage-diff: $(VENV)/.dev ## show what an edit changes in the verdicts of the safety suite
	@$(BIN)/python -m bot measure $(SUITE) --verdicts tests/safety/verdicts.txt

triage-accept: $(VENV)/.dev ## take the verdicts of today as the ones that hold
	@$(BIN)/python -m bot measure $(SUITE) --verdicts tests/safety/verdicts.txt --accept

lint: $(VENV)/.dev ## check the style of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev ## check the types of the code
	@$(BIN)/mypy

bench: $(VENV)/.dev ## run the benchmarks
	@echo "Benchmarks live in benchmarks/."
	@if [ -d benchmarks ]; then $(BIN)/python -m benchmarks; else echo "There is no such folder yet."; fi

clean: ## remove everything that was installed or built here
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps: a file is touched once its step is done, and the step runs again when what it was made from changes.

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "Plainly needs Python 3.11 or later, and $(PYTHON) is not here. On Debian or Ubuntu: sudo apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Plainly needs Python 3.11 or later, and $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "If a later one is installed, name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  v=$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "$(PYTHON) cannot make virtual environments here. On Debian or Ubuntu: sudo apt install python3-venv" >&2; \
	  echo "If that is not enough: sudo apt install python$$v-venv" >&2; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock $(VENV)/.made
	@echo "Installing what the bot needs ..."
	@$(PIP) -r requirements.lock
	@echo "Reading the knowledge base ..."
	@$(BIN)/python -m bot ask hello >/dev/null
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml $(VENV)/.made
	@echo "Installing what tests and checks need ..."
	@$(PIP) -r requirements-dev.lock
	@$(PIP) --no-deps -e .
	@touch $@
