# Everything runs in this project's own virtual environment; the only thing fetched are packages from the index.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run test lint bench bench-archive clean

run: $(VENV)/.run       ## the main job on the sample desk
	$(BIN)/translate run

test: $(VENV)/.dev      ## the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(VENV)/.dev      ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Each writes its figures; the page of all of them is made last. One after another, whatever -j says.
MEASURES := drafting threads serving cold_start runs extraction merge checks memory publishing
bench: $(MEASURES:%=bench-%) bench-archive   ## every budget, against peers: about an hour; bench-NAME is one of them
	$(BIN)/python bench/report.py

bench-%: $(VENV)/.dev
	$(BIN)/python bench/$*.py --json bench/results/$*.json $(ARGUMENTS_$*)

ARGUMENTS_runs := 10 100 1000 10000

bench-archive: $(VENV)/.dev
	rm -rf build/archive build/archive.json
	$(BIN)/python bench/archive.py build/archive make $(CORPORA)
	$(BIN)/python bench/archive.py build/archive run --kill-after 120
	$(BIN)/python bench/archive.py build/archive run
	$(BIN)/python bench/archive.py build/archive again --json bench/results/archive.json

.NOTPARALLEL:

$(VENV)/.run: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
