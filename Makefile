# Every target sets up what it needs; `make help` lists them.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
PYTHON ?= $(firstword $(foreach p,$(PYTHONS),$(shell \
	$(p) -c 'import sys; sys.version_info >= (3, 11) and print("$(p)")' 2>/dev/null)))
UV ?= uv
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN := .venv/.run.stamp
DEV := .venv/.dev.stamp
BENCH := .venv/.bench.stamp
AUDIT := .venv/.audit.stamp
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"
# Words for the command behind a target: `make test ARGS="-k chains"`, `make serve ARGS="--port 9000"`.
ARGS ?=
# Tests wait for servers and browsers a third of their time, so one process more than there are cores.
PROCESSES ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PYTEST := $(BIN)/python -m pytest --numprocesses=$(PROCESSES) --dist=loadgroup --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test test-long lint types layers check audit bench bench-browser pictures screenshots docs lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(DEV) ## set up .venv with everything, also what developers need

demo: $(RUN) ## load the demo account, print its answers, serve its maps on 127.0.0.1
	@$(BIN)/graphsvc demo $(ARGS)

serve: $(RUN) ## serve the store that GRAPHSVC_STORE_URL names
	@$(BIN)/graphsvc serve $(ARGS)

test: $(DEV) ## all tests that this machine can run
	@$(PYTEST) $(ARGS)

test-long: $(DEV) ## the same with five times as many invented cases a property
	@GRAPHSVC_TEST_EXAMPLES=1000 $(PYTEST) $(ARGS)

lint: $(DEV) ## ruff
	@$(BIN)/ruff check .

types: $(DEV) ## mypy, strict
	@$(BIN)/mypy

layers: $(DEV) ## imports go one way
	@$(BIN)/lint-imports

check: ## what CI runs: lint, types, layers, tests
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target lint types layers
	@$(MAKE) --no-print-directory test

audit: $(AUDIT) ## look for known holes in the packages of users (asks the network)
	@$(BIN)/pip-audit --require-hashes --disable-pip --requirement requirements/run.txt $(ARGS)

bench: $(BENCH) ## measure, side by side with other ways of doing the same
	@$(BIN)/python -m benchmarks $(ARGS)

bench-browser: $(DEV) ## measure the pages in headless Chromium, beside a stock pyvis page
	@$(BIN)/python -m benchmarks.browser $(ARGS)

pictures: $(DEV) ## take the pictures of the README anew
	@$(BIN)/python -m benchmarks.pictures

screenshots: $(DEV) ## every page of the demo, both languages and sizes, into screenshots/ (ARGS="chains week" takes some)
	@$(BIN)/python -m benchmarks.screenshots $(ARGS)

docs: $(DEV) ## write docs/schema.md and docs/openapi.json anew
	@$(BIN)/python -m models.schema_page > docs/schema.md
	@$(BIN)/graphsvc openapi > docs/openapi.json

lock: ## write requirements/*.txt anew (needs uv; ARGS=--upgrade takes newer versions)
	$(UV) pip compile $(LOCK) --extra build pyproject.toml --output-file requirements/run.txt $(ARGS)
	$(UV) pip compile $(LOCK) --extra build --extra dev --constraints requirements/run.txt \
		pyproject.toml --output-file requirements/dev.txt $(ARGS)
	$(UV) pip compile $(LOCK) --extra build --extra dev --extra bench --constraints requirements/dev.txt \
		pyproject.toml --output-file requirements/bench.txt $(ARGS)
	$(UV) pip compile $(LOCK) --extra build --extra dev --extra audit --constraints requirements/dev.txt \
		pyproject.toml --output-file requirements/audit.txt $(ARGS)

clean: ## remove .venv and what the tools left
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "graphsvc needs Python 3.11 or newer" >&2; exit 1; }
	@echo "setting up .venv with $(PYTHON)" >&2
	@$(PYTHON) -m venv .venv

$(RUN): requirements/run.txt pyproject.toml | $(BIN)/python
	$(call install,requirements/run.txt)
	@touch $@

# The developers' lock holds everything of the other, so one installation serves both.
$(DEV): requirements/dev.txt requirements/run.txt pyproject.toml | $(BIN)/python
	$(call install,requirements/dev.txt)
	@touch $(RUN) $@

# What benchmarks compare with; nobody else needs it.
$(BENCH): requirements/bench.txt $(DEV)
	$(call install,requirements/bench.txt)
	@touch $@

# What asks for known holes brings half as many packages again, so it comes when it is asked for.
$(AUDIT): requirements/audit.txt $(DEV)
	$(call install,requirements/audit.txt)
	@touch $@

define install
	@echo "installing $(1), checked against its hashes" >&2
	@$(PIP) install --require-hashes --requirement $(1)
	@$(PIP) install --no-deps --no-build-isolation --editable .
endef
