# newsduck: `make run` reads the sample portal for three hours, `make test` proves that all of it works.
PYTHON ?= python3.11
VENV   ?= .venv
BIN     = $(VENV)/bin
READY   = $(VENV)/.ready
FAST    = $(VENV)/.compiled
OTHER   = .venv-duckdb2
OTHER_DUCKDB = 2.0.0

.DEFAULT_GOAL := help
.PHONY: help run test check lint browser clean other-duckdb

help:            ## this list
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 15

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked dependencies into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The parser is Python that also compiles; where it cannot, all works the same, in more time.
$(FAST): $(READY) $(wildcard src/newsduck/compil*.py src/newsduck/parse/*.py src/newsduck/parse/*/*.py)
	-@$(BIN)/python -m newsduck.compiling
	@touch $@

run: $(FAST)     ## one ingest run of the sample portal, into ./data
	@$(BIN)/newsduck run sample

test: $(FAST)    ## all tests
	@$(BIN)/python -m pytest

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test ## ruff, mypy, the import contract, and all tests

# DuckDB has two lines in use: a file of either must be read and written by the other.
other-duckdb: $(READY) ## the warehouse tests on DuckDB 2.0 as well
	@test -x $(OTHER)/bin/python || $(PYTHON) -m venv $(OTHER)
	@echo "installing the locked dependencies and duckdb $(OTHER_DUCKDB) into $(OTHER) …"
	@$(OTHER)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(OTHER)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps duckdb==$(OTHER_DUCKDB)
	@$(OTHER)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(OTHER)/bin/python -m pytest tests/test_warehouse_*.py --ignore=tests/test_warehouse_crash.py
	@NEWSDUCK_OTHER_PYTHON=$(CURDIR)/$(OTHER)/bin/python $(BIN)/python -m pytest --numprocesses=0 tests/test_warehouse_files.py -k by_the_other

browser:         ## Debian's Chromium and its driver, for the test that opens the UI (as root)
	apt-get update -qq
	apt-get install --yes -qq --no-install-recommends chromium chromium-driver fonts-noto-cjk

clean:           ## forget the environments and the sample's data
	rm -rf $(VENV) $(OTHER) src/newsduck/_compiled data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
