# Schakel: `make demo` shows it, `make test` proves it. Everything is installed in .venv and nowhere else.
# The only exception: Debian packages (python3-venv; for tests a browser, PostgreSQL and Java) when they are missing and
# this user may install them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo check test benchmark lock clean

help: ## this list
	@echo "make <goal>:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

demo: $(VENV)/.demo ## install what is needed and serve the site on this machine only; it prints where
	@$(BIN)/loket serve

# The types are looked at beside the tests: that takes half a minute of one core, once.
check: $(VENV)/.dev ## lint, types, architecture, unit tests: two minutes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(BIN)/mypy >$(VENV)/types.txt 2>&1 & types=$$!; \
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal -p no:schemathesis -m check tests/architecture tests/unit; tests=$$?; \
	wait $$types; types=$$?; echo "mypy:"; cat $(VENV)/types.txt; exit $$((tests + types))

test: check ## everything that guards a change: fifteen minutes
	@sh scripts/debian-packages.sh chromium fonts-liberation libatomic1 postgresql openjdk-17-jre-headless \
		|| echo "Without these the tests of browser, PostgreSQL or Spark are skipped; the list at the end says which."
	$(BIN)/pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not check" tests \
		--ignore=tests/architecture --ignore=tests/unit/schakel

benchmark: $(VENV)/.benchmark ## the long measurements, one script a claim; results are written to benchmarks/
	@set -e; found=no; for script in benchmarks/[a-z]*.py; do \
		[ -e "$$script" ] || continue; found=yes; echo "== $$script"; $(BIN)/python "$$script"; \
	done; [ $$found = yes ] || echo "There are no scripts in benchmarks/ yet."

lock: ## write requirements/*.txt anew from pyproject.toml (UPGRADE=1 takes newer versions)
	@PYTHON=$(PYTHON) sh scripts/lock.sh

clean: ## remove the environment and everything that was generated
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp says what an environment was made from: nothing is installed again until that changes.
$(BIN)/python:
	@PYTHON=$(PYTHON) sh scripts/environment.sh $(VENV)

$(VENV)/.%: requirements/%.txt pyproject.toml | $(BIN)/python
	@echo "Installing $< in $(VENV); the first time this takes a minute."
	@$(PIP) install -qq --require-hashes -r $<
	@$(PIP) install -qq --no-deps --no-build-isolation --no-index --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@
.PRECIOUS: $(VENV)/.%
