# Everything starts here. `make demo` and `make test` do all their own set-up, with git, make and Python 3.11+ alone.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: demo test lint lint-python lint-page fix bench soak gen-api docs lock clean help set-up-demo set-up-dev chromium

# Tests start the product hundreds of times: without kept bytecode, half of each start is compiling the same again.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
# Two workers suit two cores; `make test WORKERS=8` suits more.
WORKERS ?= 2
# More arguments for pytest: `make test ARGS="tests/unit -k network"` (the coverage bound then does not apply).
ARGS ?=
COVERAGE := --cov --cov-report=term --cov-fail-under=90

# The first interpreter that really runs and is new enough; a name on PATH may be an empty promise.
FIND_PYTHON = for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$name; exit 0; fi; done; \
	echo "Tminus needs Python 3.11 or newer and found none on PATH; nothing was changed. Install python3 and try again." >&2; exit 1

demo: set-up-demo ## Start Tminus with three migrations to play with (TMINUS_PORT, TMINUS_HOME)
	@exec $(BIN)/tminus demo

test: set-up-dev chromium ## Run every test: the page's, then Python's with coverage
	@$(PYTHON) scripts/build_page.py test
	@$(PYTHON) -m pytest -n $(WORKERS) --dist loadgroup $(if $(ARGS),$(ARGS),$(COVERAGE))
	@$(if $(ARGS),,$(PYTHON) -m scripts.other_postgres $(WORKERS))

lint: lint-python lint-page ## Check style, types, import contracts, the page and the lock files

lint-python: set-up-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(PYTHON) -m scripts.check_locks
	$(BIN)/mypy src tests scripts bench hatch_build.py

lint-page: set-up-dev
	$(PYTHON) scripts/build_page.py lint

fix: set-up-dev ## Format, and mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: set-up-dev ## Measure against named peers, side by side; prints a table
	@$(PYTHON) -m bench $(or $(ARGS),--start)

soak: set-up-dev ## Run the long fault and clock tests in their full form
	TMINUS_SOAK=1 $(PYTHON) -m pytest -m soak $(ARGS)

gen-api: set-up-dev ## Write the OpenAPI file and the page's types made from it
	$(PYTHON) -m scripts.openapi
	$(PYTHON) scripts/build_page.py gen-api

docs: set-up-dev ## Write the generated pages: data model, command line, settings, plan file schema
	$(PYTHON) -m scripts.data_model
	$(PYTHON) -m scripts.cli_reference
	$(PYTHON) -m scripts.settings_reference
	$(PYTHON) -m tminus.runbook.readers.plan_schema docs/reference/plan-file.schema.json

lock: set-up-dev ## Lock the dependencies anew from requirements/*.in and web/package.json
	$(PYTHON) -m scripts.lock $(ARGS)

clean: ## Remove what was built, also the environment; data in TMINUS_HOME stay
	rm -rf $(VENV) web/node_modules web/.stamp src/tminus/entry/web/page htmlcov .coverage .coverage.*
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

set-up-demo set-up-dev:
	@python=$$($(FIND_PYTHON)) && "$$python" scripts/set_up.py $(@:set-up-%=%)

chromium:
	@$(PYTHON) -m scripts.chromium
