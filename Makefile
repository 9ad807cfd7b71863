# The daily commands. `make run` and `make test` need Python 3.11 or later, and nothing else.
PYTHON ?= python3
PORT ?= 8000
SOFRA_DATA ?= $(CURDIR)/.sofra
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run setup test check format bench eval messages clean

run: setup
	@SOFRA_DATA="$(SOFRA_DATA)" SOFRA_DEMONSTRATION=1 exec $(BIN)/sofra serve --port $(PORT) --record

setup: .venv/ready

.venv/ready: requirements.txt requirements-dev.txt pyproject.toml tools/assets.py $(wildcard src/sofra/locale/*/LC_MESSAGES/*.po)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sofra needs Python 3.11 or later; name one, e.g. make PYTHON=python3.12 $(MAKECMDGOALS)")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the pinned dependencies"
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements.txt
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.txt
	@$(BIN)/python tools/assets.py
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

check: setup
	@$(BIN)/python tools/check.py

test: check
	@$(BIN)/python tools/browser.py
	$(BIN)/python -m pytest -n 2 --dist loadgroup

format: setup
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

bench: setup
	@$(BIN)/python -m benchmarks

eval: setup
	@$(BIN)/python -m evaluation --show

messages: setup
	@$(BIN)/python tools/messages.py

clean:
	@rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache
