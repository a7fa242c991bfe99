# Every target starts from nothing but Python (3.11 to 3.13), pip and make.
#
# `make demo` installs what runs, `make test` also what checks; both from the lock files, by hash.

VENV ?= .venv
BIN := $(VENV)/bin
SUITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c '$(SUITS)' 2>/dev/null && { echo $$p; break; }; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
EXAMPLES := examples/october-1962
JOBS ?= 2

# What the gazetteer and the knowledge files are compiled from; the install compiles them the first time.
DATA := src/tocsin/data
SOURCES := hatch_build.py src/tocsin/gazetteer/names.py src/tocsin/compiled.py $(DATA)/regions.tsv \
	$(wildcard $(DATA)/*.yaml $(DATA)/*/*.yaml)

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench accuracy lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.data ## read the example reports and show their claims
	@$(BIN)/tocsin read $(EXAMPLES)

test: lint ## lint, types, every test
	@scripts/postgres.sh || echo "no PostgreSQL: the ledger is tested on SQLite alone" >&2
	@scripts/chromium.sh || echo "no Chromium: the desk's pages are not tested in a browser" >&2
	@$(BIN)/python -m pytest -n $(JOBS)

lint: $(VENV)/.checks $(VENV)/.data ## style, layout and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(VENV)/.checks $(VENV)/.data ## speed, start-up and memory, beside a bare spaCy pass
	@$(BIN)/python -m tocsin.evaluate bench

accuracy: $(VENV)/.checks $(VENV)/.data ## scores on the annotated articles and the public sets
	@$(BIN)/python -m tocsin.evaluate accuracy

lock: ## write the lock files anew (UPGRADE=1 moves every pin)
	@PYTHON="$(PYTHON)" scripts/lock $(if $(UPGRADE),--upgrade)

clean: ## remove everything that the other targets made
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "Tocsin needs Python 3.11, 3.12 or 3.13, and python3 is \
	$$(python3 -V 2>/dev/null || echo missing); install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 2; }
	@$(PYTHON) -c '$(SUITS)' || { echo "Tocsin needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is another" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) has no venv module; \
	on Debian or Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runs: requirements.lock requirements-build.lock pyproject.toml hatch_build.py | $(BIN)/pip
	@echo "installing Tocsin into $(VENV) (once; a minute or two)" >&2
	@$(PIP) install --require-hashes -r requirements.lock -r requirements-build.lock
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.data: $(VENV)/.runs $(SOURCES)
	@$(BIN)/python hatch_build.py
	@touch $@

$(VENV)/.checks: requirements-dev.lock $(VENV)/.runs
	@echo "installing what checks it" >&2
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
