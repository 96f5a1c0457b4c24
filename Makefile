# Needs GNU make, a POSIX shell and Python 3.11 or later. `make` alone lists the targets.
#
# PYTHON=python3.12 chooses the interpreter of .venv; ARGS="..." is passed to the program that a target runs.

PYTHON ?= python3
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Stamps record the contents of .venv: only the first run, and a run after a change of a lock, needs the network.
DEMO := $(VENV)/.installed-demo
DEV := $(VENV)/.installed-dev

UV := 0.13.8
PYRIGHT := 1.1.414
REDOCLY := 2.77.0
SPECTRAL := 6.16.3
AXE := 4.14.1
NODE_BIN := .node/node_modules/.bin
NODE := .node/.installed-pyright-$(PYRIGHT)-redocly-$(REDOCLY)-spectral-$(SPECTRAL)-axe-$(AXE)

COMPACT := openapi.yaml
CONCRETE := openapi.concrete.yaml

# worksteal hands out runs of neighbouring tests, so a module's fixtures are set up once or twice, and balances the end.
# Tests start dozens of programs. Without byte code each would compile the packages anew, so the shell's setting is ignored.
# Two workers more than cores, since some tests wait: for a pace's window, a program, an answer that never comes.
PYTEST_WORKERS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 2 )))
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist worksteal
GENERATOR := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m generator

# A lock never records where packages come from: each machine has its own index.
LOCK_FORM := --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links
LOCK_OPTIONS := $(LOCK_FORM) --extra billing --extra cli --extra emulator --extra saft --extra sign pyproject.toml

# Other clients and emulators, which `make bench` measures in environments of their own.
PEERS := stripe openai githubkit localstripe moto

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# These write files that others read, so together with any of them the goals run in sequence, in the given order.
ifneq ($(filter api clean generate ledger lock,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif

.PHONY: help setup demo test fuzz cancel faults runs contract emulator ledger api generate oracle bench bench-check check lock clean
.PHONY: check-style check-types check-imports check-generated check-contract pyright redocly spectral
.PHONY: docs docs-check pictures

help: ## Lists the targets.
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "%-16s %s\n", $$1, $$2 }' Makefile

setup: $(DEV) ## Installs the package with all that tests, checks and examples need.

demo: $(DEMO) ## Sets up, starts the emulator, and takes an invoice from draft to PDF and SAF-T.
	$(BIN)/python examples/demo.py $(ARGS)

test: $(DEV) ## Runs the tests; ARGS="-k atcud -n 0" chooses some.
	$(PYTEST) $(ARGS)

fuzz: $(DEV) ## Fuzzes the emulator against the contract, and totals, at length; see FUZZ_EXAMPLES=50 FUZZ_SEED=7.
	FUZZ_EXAMPLES="$${FUZZ_EXAMPLES:-25}" FUZZ_SEED="$${FUZZ_SEED:-1}" $(PYTEST) \
		tests/contract/test_fuzzing.py tests/contract/vat/test_totals_agree.py $(ARGS)

cancel: $(DEV) ## Cancels 10,000 calls in each of three ways; `make test` cancels 1,000.
	CANCELLATIONS="$${CANCELLATIONS:-10000}" $(PYTEST) tests/unit/sending/test_cancellation.py $(ARGS)

faults: $(DEV) ## Runs the whole fault matrix, writes docs/faults.md, and more at length; see FAULTS_SEED=7.
	$(BIN)/python -m tests.faults --page docs/faults.md $(ARGS)
	FAULTS_ROUNDS="$${FAULTS_ROUNDS:-200}" FAULTS_EXAMPLES="$${FAULTS_EXAMPLES:-100}" $(PYTEST) \
		tests/faults/test_two_processes.py tests/faults/test_schedules.py

runs: $(DEV) ## Runs billing runs of 2,000 documents with faults and kills; `make test` runs 200.
	RUNS_DOCUMENTS="$${RUNS_DOCUMENTS:-2000}" $(PYTEST) tests/billing $(ARGS)

contract: $(DEV) ## Runs the contract tests alone.
	$(PYTEST) tests/contract $(ARGS)

emulator: $(DEMO) ## Starts the emulator; ARGS="--port 0 --data books.db" sets options.
	$(BIN)/python -m invoicexpress_emulator $(ARGS)

ledger: $(DEMO) ## Writes docs/emulator-ledger.md: the emulator's behaviours, with their evidence.
	$(BIN)/python -m invoicexpress_emulator ledger > docs/emulator-ledger.md

api: $(DEV) ## Writes docs/api.md and docs/errors.md: methods, names and errors of the client.
	$(BIN)/python -m generator.api_page > docs/api.md
	$(BIN)/python -m generator.errors_page > docs/errors.md

# Each page is there as Markdown too, for programs: docs/llms.txt names the first to read.
docs: $(DEV) ## Builds the site of docs/ in build/site; any warning fails.
	rm -rf build/site
	$(BIN)/zensical build --strict --clean
	cd docs && find . -name '*.md' -exec tar cf - {} + | tar xf - -C ../build/site

pictures: $(DEV) ## Takes the pictures of docs/ anew; to look at, all pages of dashboard and site (needs chromium).
	$(BIN)/python -m tests.pictures $(ARGS)

generate: $(DEV) ## Writes the concrete contract and the generated package from openapi.yaml.
	$(GENERATOR)

oracle: $(DEV) ## Compares the emulator with a live account, or with a recording of one; see tests/live/oracle.py.
	$(BIN)/python -m tests.live.oracle $(ARGS)

bench: $(DEV) ## Measures speed beside others, writes docs/benchmarks.md; ARGS="--rows import --quick" chooses, writes nothing.
	$(BIN)/python -m benchmarks $(ARGS)

bench-check: $(DEV) ## Fails if a measured ratio is worse than the committed one by a quarter, in three tries.
	$(BIN)/python -m benchmarks --check $(ARGS)

check: check-style check-types check-imports check-generated check-contract docs-check ## Runs every check that is not a test.

check-style: $(DEV) ## Checks lint rules and formatting.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types: $(DEV) pyright ## Checks types, strictly, with mypy and pyright.
	$(BIN)/python -m mypy

check-imports: $(DEV) ## Checks imports between packages and rooms.
	$(BIN)/lint-imports

check-generated: $(DEV) ## Checks that the generated files are current.
	$(GENERATOR) --check

check-contract: $(DEV) redocly spectral ## Checks both forms of the contract.
	$(GENERATOR) --lint

docs-check: docs ## Builds the site, and checks every link, anchor and picture in it.
	$(BIN)/python -m tests.site_links build/site

# Tools from npm. A newcomer needs none of them; CI needs all.
ifneq ($(shell command -v npm 2>/dev/null),)

$(NODE):
	rm -rf .node
	npm install --prefix .node --no-save --no-package-lock --no-audit --no-fund --loglevel=error \
		pyright@$(PYRIGHT) @redocly/cli@$(REDOCLY) @stoplight/spectral-cli@$(SPECTRAL) axe-core@$(AXE)
	touch $@

pyright: $(DEV) $(NODE) ## Checks types with pyright (needs npm).
	$(NODE_BIN)/pyright --project .
	$(BIN)/python -m tests.page_examples build/examples
	$(NODE_BIN)/pyright --project . build/examples

redocly: $(NODE) ## Lints both forms of the contract with redocly (needs npm).
	REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true $(NODE_BIN)/redocly lint $(COMPACT) $(CONCRETE)

spectral: $(NODE) ## Lints both forms of the contract with spectral (needs npm).
	$(NODE_BIN)/spectral lint --fail-severity=warn $(COMPACT) $(CONCRETE)

else

pyright redocly spectral:
	@echo "skipped: $@ needs npm, which is not installed"
	@test "$(CI)" != true

endif

lock: | $(BIN)/pip ## Resolves requirements/*.txt again; ARGS="--upgrade" takes newer releases.
	$(PIP) install uv==$(UV)
	$(BIN)/uv pip compile $(LOCK_OPTIONS) $(ARGS) requirements/dev.in --output-file requirements/dev.txt
	$(BIN)/uv pip compile $(LOCK_OPTIONS) requirements/demo.in --constraints requirements/dev.txt \
		--output-file requirements/demo.txt
	for peer in $(PEERS); do $(BIN)/uv pip compile $(LOCK_FORM) $(ARGS) \
		benchmarks/peers/$$peer.in --output-file benchmarks/peers/$$peer.txt || exit 1; done

clean: ## Removes everything made by other targets, .venv and .node included.
	rm -rf $(VENV) .cache .node build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The target is pip, not python: a venv made without ensurepip has a python but no pip.
$(BIN)/pip:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=..." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(DEMO): requirements/demo.txt pyproject.toml | $(BIN)/pip
	@echo "Installing the locked requirements into $(VENV)"
	$(PIP) install --require-hashes -r requirements/demo.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# After the demo set, never in parallel: two installers must not work in one .venv at a time.
$(DEV): requirements/dev.txt requirements/saft-schema.txt $(DEMO)
	@echo "Installing the locked development requirements into $(VENV)"
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --require-hashes --no-deps -r requirements/saft-schema.txt
	@touch $@
