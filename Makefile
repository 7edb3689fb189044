# The two commands are `make run` and `make test`. They need Python 3.11 or later and make; the rest they bring.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE_FOLDER := requirements/node
# The machine's Node where it is 20 or later, else the one in the virtual environment.
export PATH := $(PATH):$(CURDIR)/$(BIN)
# As many processes as the machine has cores, in a random order that is the same in all of them.
TESTS := $(BIN)/python -m pytest -m "not e2e" -n logical --maxprocesses 8 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help run test cover e2e gallery bench lint format lock schema catalogues fresh

help:  ## Show this list
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+):.*## /\1\t/' | expand -t 10

run: $(VENV)/.run $(NODE_FOLDER)/node_modules/.run  ## Chat with the bot on this machine, with sample data
	@$(BIN)/python -m tests.playground

test: $(VENV)/.dev $(NODE_FOLDER)/node_modules/.dev lint  ## Run everything that CI runs, but the browser
	$(TESTS) --durations=5

cover: $(VENV)/.dev $(NODE_FOLDER)/node_modules/.dev  ## The same tests, and what none of them reaches; takes twice as long
	$(TESTS) --cov --cov-report=term:skip-covered

e2e: $(VENV)/.dev $(NODE_FOLDER)/node_modules/.dev  ## Drive the whole dialog in Chromium; pictures go to var/e2e/
	$(BIN)/python -m pytest tests/e2e -m e2e -p no:randomly

gallery: $(VENV)/.dev $(NODE_FOLDER)/node_modules/.dev  ## Picture every card in both themes and languages; in var/e2e/cards/
	$(BIN)/python -m pytest tests/e2e/test_gallery.py -m e2e -p no:randomly

bench: $(VENV)/.bench  ## Measure ours beside others; GROUPS="sends pace" for some groups alone
	$(BIN)/python -m benchmarks $(GROUPS)

lint: $(VENV)/.dev  ## Format, lint, imports, types and content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m bot check

format: $(VENV)/.dev  ## Format the code and mend what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.dev  ## Pin all packages again, by hash and without addresses
	$(BIN)/uv pip compile $(LOCKING) --extra install pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile $(LOCKING) --extra install --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile $(LOCKING) --extra install --extra dev --extra bench -c requirements/dev.txt pyproject.toml -o requirements/bench.txt
	$(BIN)/uv pip compile $(LOCKING) requirements/node.in -o requirements/node.txt

LOCKING := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --no-strip-extras

schema: $(VENV)/.dev  ## Write the prompts' JSON Schema again, after a change of format, roles or skills
	@mkdir -p var
	$(BIN)/python -m bot prompts schema > var/schema.json && mv var/schema.json prompts_library/prompt.schema.json

catalogues: $(VENV)/.dev  ## Bring the catalogues up to date, after a change of words in cards or sentences
	@mkdir -p var
	$(BIN)/pybabel --quiet extract --mapping-file cards/locale/babel.cfg --keywords "say to_say say_count:1,2" --no-location --sort-output --project steady-drip --msgid-bugs-address "" --output-file var/steady_drip.pot .
	$(BIN)/pybabel --quiet update --domain steady_drip --input-file var/steady_drip.pot --output-dir cards/locale --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 110

fresh:  ## Forget the local run's sample data
	rm -rf var/local

$(BIN)/python:
	@echo "Making the virtual environment …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Steady Drip needs Python 3.11 or later")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt | $(BIN)/python
	@echo "Installing the Python packages, each checked by its hash …"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	@echo "Installing the Python packages and the tools for development, each checked by its hash …"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@ $(VENV)/.run

$(VENV)/.bench: requirements/bench.txt $(VENV)/.dev
	@echo "Installing what the benchmarks measure ours beside, checked by its hash …"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/bench.txt
	@touch $@

$(VENV)/.node: requirements/node.txt | $(BIN)/python
	@if node -e 'process.exit(Number(process.versions.node.split(".")[0] < 20))' 2>/dev/null && npm --version >/dev/null 2>&1; \
	then echo "Using the machine's Node $$(node --version)."; \
	else echo "Installing Node …" && \
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/node.txt; fi
	@touch $@

$(NODE_FOLDER)/node_modules/.run: $(NODE_FOLDER)/package-lock.json $(VENV)/.node
	@echo "Fetching Microsoft's Agents Playground …"
	@cd $(NODE_FOLDER) && npm ci --omit=dev --no-progress --loglevel=error
	@touch $@

$(NODE_FOLDER)/node_modules/.dev: $(NODE_FOLDER)/package-lock.json $(VENV)/.node
	@echo "Fetching Microsoft's Agents Playground and the official card engine …"
	@cd $(NODE_FOLDER) && npm ci --no-progress --loglevel=error
	@touch $@ $(NODE_FOLDER)/node_modules/.run
