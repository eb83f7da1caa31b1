# newsduck: `make run` reads the sample portal for three hours, `make test` proves that all of it works.
PYTHON ?= python3.11
VENV   ?= .venv
BIN     = $(VENV)/bin
READY   = $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test check lint browser clean

help:            ## this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked dependencies into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY)    ## one ingest run of the sample portal, into ./data
	@$(BIN)/newsduck run sample

test: $(READY)   ## all tests
	@$(BIN)/python -m pytest

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test ## ruff, mypy, the import contract, and all tests

browser:         ## Debian's Chromium and its driver, for the test that opens the UI (as root)
	apt-get update -qq
	apt-get install --yes -qq --no-install-recommends chromium chromium-driver fonts-noto-cjk

clean:           ## forget the environment and the sample's data
	rm -rf $(VENV) data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
