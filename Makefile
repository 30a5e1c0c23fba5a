# `make help` tells what there is. Needs python3 (3.11 or later) and make; everything else lands in .venv and var.

PYTHON ?= python3
PORT   ?= 8000
STAGE  ?=
VENV   := .venv/bin
PY     := $(VENV)/python
SAMSKAPA := $(PY) -m samskapa.config.cli
# Tools that load the settings without running the service get a key to start with.
TOOL   := env -u DATABASE_URL SAMSKAPA_SECRET_KEY=for-tools-only

.PHONY: help demo demo-reset test check soak bench lock messages base-tools test-tools check-tools

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 20

# One shell that becomes the demo: Ctrl-C and TERM reach it, and nothing stands in between.
demo: ## a fictional region on http://localhost:8000/ (PORT=8001, STAGE=need|open|choosing|agreed|underway|done)
	@$(PYTHON) bootstrap.py base && exec $(SAMSKAPA) demo --port $(PORT) $(if $(STAGE),--stage $(STAGE))

demo-reset: base-tools ## removes the demo's data
	@$(SAMSKAPA) demo --reset

test: test-tools ## everything that can run here: SQLite; PostgreSQL with DATABASE_URL; a browser if there is one
	@$(PY) -m tests

check: check-tools ## lint, types, import directions, translations, documents
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

# Each is run even when one before it found something.
CHECKS := check-lint check-format check-types check-imports check-templates check-messages check-house
.PHONY: $(CHECKS)
check-lint:
	$(VENV)/ruff check .
check-format:
	$(VENV)/ruff format --check .
check-types:
	$(TOOL) $(VENV)/mypy
check-imports:
	$(VENV)/lint-imports --no-cache
check-templates:
	$(VENV)/djlint src --lint --quiet
check-messages:
	$(SAMSKAPA) messages --check
check-house:
	$(TOOL) $(PY) -m pytest tests/test_docs.py tests/test_house.py

# On SQLite, and on PostgreSQL too where DATABASE_URL names one. SOAK_SEED chooses what happens.
soak: export SOAK_KILLS ?= 200
soak: export SOAK_INPUTS ?= 20000
soak: export SOAK_EDITS ?= 1000
soak: test-tools ## kills, hostile input, races: the full numbers (long)
	env -u DATABASE_URL $(PY) -m pytest -m soak -rA -n 2 tests
	case "$$DATABASE_URL" in postgres*) $(PY) -m pytest -m soak -rA -n 2 tests ;; esac

bench: test-tools ## the measurements of docs/performance.md
	$(PY) -m benchmarks

# Each lock holds the one before it, so that the demo runs on the very packages that were tested.
LOCK := uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml
lock: check-tools ## locks the newest allowed packages (UPGRADE= keeps what is locked)
	PATH="$(VENV):$$PATH" $(LOCK) $(UPGRADE) -o requirements/base.txt
	PATH="$(VENV):$$PATH" $(LOCK) $(UPGRADE) --group test -c requirements/base.txt -o requirements/test.txt
	PATH="$(VENV):$$PATH" $(LOCK) $(UPGRADE) --group test --group lint -c requirements/test.txt -o requirements/check.txt
	PATH="$(VENV):$$PATH" $(subst pyproject.toml,requirements/bootstrap.in,$(LOCK)) $(UPGRADE) -o requirements/bootstrap.txt
UPGRADE ?= --upgrade

messages: check-tools ## updates the translation catalogues from the code
	$(SAMSKAPA) messages

base-tools test-tools check-tools: %-tools:
	@$(PYTHON) bootstrap.py $*
