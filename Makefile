# Everything runs in this project's own virtual environment; the only thing fetched are packages from the index.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# What was tested, by version and checksum (.ci/locked); LOCKED=no takes the newest that pyproject.toml allows.
LOCKED ?= yes

.PHONY: run test lint bench bench-archive locks audit licences sbom wheel clean

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

locks: $(VENV)/.supply   ## lock the newest dependencies that pyproject.toml allows, then their licences and the SBOM
	$(LOCK) --upgrade --extra dev pyproject.toml --output-file .ci/locked/dev.txt
	$(LOCK) --constraints .ci/locked/dev.txt pyproject.toml --output-file .ci/locked/run.txt
	printf 'hatchling>=1.27\neditables\n' | $(LOCK) --constraints .ci/locked/dev.txt - --output-file .ci/locked/build.txt
	$(LOCK) --constraints .ci/locked/dev.txt --extra ray pyproject.toml --output-file .ci/locked/ray.txt
	printf 'translate-toolkit\n' | $(LOCK) - --output-file .ci/locked/toolkit.txt
	printf 'python-docx\npysrt\nwebvtt-py\nnewsmlg2\n' | $(LOCK) --no-deps - --output-file .ci/locked/real.txt

audit: $(VENV)/.supply   ## known weaknesses of what is locked; asks the advisory service of the package index
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement .ci/locked/run.txt
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement .ci/locked/dev.txt

licences: $(VENV)/.dev   ## docs/licences.md; fails where a licence is new to us
	$(BIN)/python .ci/supply.py licences docs/licences.md

sbom: $(VENV)/.dev       ## what a wheel brings along, as CycloneDX
	mkdir -p build
	$(BIN)/python .ci/supply.py sbom build/sbom.cdx.json

wheel: $(VENV)/.run      ## a wheel in dist/, built twice: the bytes must be the same
	$(BIN)/python .ci/wheel.py dist

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

$(VENV)/.run: pyproject.toml $(wildcard .ci/locked/*.txt)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
ifeq ($(LOCKED),yes)
	$(PIP) --require-hashes --requirement .ci/locked/run.txt --requirement .ci/locked/build.txt || \
	  { echo "If your index has not all of the locked files, take others at your own risk: make LOCKED=no" >&2; exit 1; }
	$(PIP) --no-deps --no-build-isolation --editable .
else
	$(PIP) --editable .
endif
	touch $@

$(VENV)/.dev: $(VENV)/.run
ifeq ($(LOCKED),yes)
	$(PIP) --require-hashes --requirement .ci/locked/dev.txt
else
	$(PIP) --editable '.[dev]'
endif
	touch $@

$(VENV)/.supply: $(VENV)/.run
	$(PIP) uv pip-audit
	touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
