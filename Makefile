# Everything is made on first use, with nothing but Python >= 3.11 (with venv) and make. `make` lists what there is.

PYTHON ?= python3
BIN := .venv/bin
RELAIS := .venv/relais
# An environment that already has Synapse may be named instead of making one.
SYNAPSE := $(if $(RELAIS_TEST_SYNAPSE_PYTHON),,.venv-synapse/made)
# Whoever has nothing left to do takes over from the others, file by file, so that most servers are started once.
PYTEST := $(BIN)/python -m pytest --dist worksteal
# Tests start the bot many times: what Python has compiled is kept, even where that is switched off.
unexport PYTHONDONTWRITEBYTECODE
PO := bot/locales/fr/LC_MESSAGES/relais.po
SHAPE := --width 110

.DEFAULT_GOAL := help
.PHONY: help install demo test check static attacks soak bench format messages lock clean

help: ## this list
	@echo "make ..."
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1	\2/p' $(MAKEFILE_LIST) | expand -t 12
	@echo "PYTHON=python3.12 chooses the Python that the environments are made with."

install: $(RELAIS) ## .venv with relais in it
	@echo "Ready: $(BIN)/relais"

demo: $(RELAIS) $(SYNAPSE) ## people talk to the bot on a real homeserver (PLAY=only: end after the conversation)
	@$(BIN)/relais demo $(if $(filter only,$(PLAY)),--play-only)

test: ## everything that continuous integration runs
	@$(MAKE) --no-print-directory --jobs 2 static $(SYNAPSE) # one waits for the network while the other computes
	@$(PYTEST) -n 3 # on two processors: much of the time is spent waiting for servers

check: static ## the part of test that needs no server, with a part of its examples
	@$(PYTEST) -n logical -m "not e2e and not postgres and not thorough" --hypothesis-profile=quick

static: $(RELAIS)
	@echo "Format, lint, types, import rules"
	@$(BIN)/ruff format --check --quiet . || { echo "Run make format."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@said=$$($(BIN)/lint-imports 2>&1) || { echo "$$said"; exit 1; }

soak: $(RELAIS) $(SYNAPSE) ## the full counts of crashes, outages, races, load and attacks, with a table (ROUNDS="kills disk": only these)
	@$(BIN)/python -m tests.soak $(ROUNDS)

bench: $(RELAIS) $(SYNAPSE) ## figures side by side with a bare loop and a minimal bot
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.cost
	@$(BIN)/python -m tests.soak.scale
	@$(BIN)/python -m tests.soak.scale --postgres
	@$(BIN)/python -m tests.dispatch.bench
	@$(BIN)/python -m tests.resources.search.bench
	@$(BIN)/python -m tests.bench.encrypted
	@$(BIN)/python -m tests.bench.keys
	@$(BIN)/python -m tests.bench.meetups
	@$(BIN)/python -m tests.help.bench
	@$(BIN)/python -m tests.dashboard.bench
	@$(BIN)/python -m tests.dashboard.bench --postgres

format: $(RELAIS) ## code as ruff writes it
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

messages: $(RELAIS) ## what members read: from the code into the French catalogue
	@mkdir -p build
	@$(BIN)/pybabel --quiet extract $(SHAPE) --no-location --sort-output --output-file build/relais.pot bot commands
	@$(BIN)/pybabel --quiet update $(SHAPE) --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
		--input-file build/relais.pot --output-file $(PO) --locale fr
	@grep -v '^"\(Report-Msgid\|POT-Creation\|PO-Revision\|Last-Trans\|Generated-By\)' $(PO) > build/relais.po
	@mv build/relais.po $(PO)
	@$(BIN)/pybabel compile --statistics --input-file $(PO) --output-file build/relais.mo --locale fr

lock: $(RELAIS) ## newest versions into locks/ (ONLY=name: of that package alone)
	@$(LOCK) pyproject.toml --group dev --output-file locks/requirements.txt
	@$(LOCK) --group synapse --output-file locks/synapse.txt

LOCK = $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-header --no-emit-index-url $(if $(ONLY),--upgrade-package $(ONLY),--upgrade)

attacks: $(RELAIS) ## who tries what against the bot, and what happens instead
	@$(BIN)/python -m tests.attacks

clean: ## removes what make made
	rm -rf .venv .venv-synapse build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/made: locks/requirements.txt
	@$(INSTALL) $< .venv

.venv-synapse/made: locks/synapse.txt
	@$(INSTALL) $< .venv-synapse

INSTALL = $(PYTHON) -c "" 2> /dev/null || { echo "There is no $(PYTHON) here. Name a Python >= 3.11: make PYTHON=..."; exit 2; }; \
	$(PYTHON) locks/install.py

$(RELAIS): .venv/made pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
