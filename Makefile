# Everything needs only Python 3.11 or later, make and a package registry. `make help` lists the targets.
SHELL := bash
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(firstword $(shell command -v python3.11 python3 python))
INSTALLED := $(VENV)/installed

.PHONY: help demo test lint clean

help:
	@echo "make demo   read the bundled restatements of 1806.00242 and what it builds on, and show the cuts"
	@echo "make test   run the tests, examples in docstrings among them"
	@echo "make lint   ruff and mypy --strict"
	@echo "make clean  remove the environment and the caches"

# Installed anew only when pyproject.toml changes. uv is quicker where it is there; pip always works.
$(INSTALLED): pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: no python3.11 found; name one with PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "make: $(PYTHON) is older than Python 3.11; name another with PYTHON=…" >&2; exit 1; }
	@rm -f $@
	$(PYTHON) -m venv $(VENV)
	@if command -v uv >/dev/null && uv pip install --quiet --python $(BIN)/python -e '.[dev]'; then :; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'; fi
	@touch $@

demo: $(INSTALLED)
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash tests/demo.sh

test: $(INSTALLED)
	@$(BIN)/python -m pytest --doctest-modules -n auto kg ingest retrieval ui tests

lint: $(INSTALLED)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
