# The two commands: `make run` and `make test`. Each does all its own set-up.
# Also: make check (lint and types), make bench, make lock, make words.

PORT ?= 8000
ROLIG_DATA ?= $(CURDIR)/var
export ROLIG_DATA
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP_INSTALL := $(PY) -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all:
HTMX := web/static/vendor/htmx.min.js
PYTEST := $(PY) -m pytest

# What Python compiles for one group of tests serves the next one too.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check bench lock words clean unit
.DELETE_ON_ERROR:

run: $(VENV)/.installed $(HTMX)
	$(VENV)/bin/rolig migrate
	-$(VENV)/bin/rolig publish content
	$(VENV)/bin/rolig demo
	@echo "Rolig is at http://127.0.0.1:$(PORT) (stop with Ctrl-C)"
	$(VENV)/bin/rolig serve --port $(PORT)

test: $(VENV)/.installed-dev $(HTMX) $(VENV)/.postgres $(VENV)/.chromium
	$(MAKE) unit
	$(PYTEST) -n 2 -m "doors and not postgres"
	$(PYTEST) -n 2 -m "postgres and not fuzz"
	$(PYTEST) -n 2 -m browser
	$(PYTEST) -n 2 -m fuzz
	$(PYTEST) -m speed

# The quick group, with the coverage that must be whole: every branch of every rule and action.
unit: $(VENV)/.installed-dev $(HTMX)
	rm -rf var/coverage && mkdir -p var/coverage
	$(PY) -m coverage run -m pytest -n 2 -m "not (doors or postgres or browser or fuzz or speed)"
	$(PY) -m coverage combine -q
	$(PY) -m coverage report --include='*/rules.py,*/actions.py' --fail-under=100 --skip-covered

check: $(VENV)/.installed-dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/rolig check content

bench: $(VENV)/.installed-dev $(HTMX)
	$(PY) -m tests.bench

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Rolig needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || { echo "python3 -m venv needs ensurepip: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(PY)
	$(PIP_INSTALL) -r requirements.txt
	$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(PIP_INSTALL) -r requirements-dev.txt
	touch $@

# One file out of a hash-checked wheel; Django is not installed.
$(HTMX): requirements-htmx.txt | $(PY)
	mkdir -p $(VENV)/htmx $(@D)
	$(PY) -m pip download -q --disable-pip-version-check --no-deps --require-hashes --only-binary :all: -r $< -d $(VENV)/htmx
	$(PY) -c 'import glob, sys, zipfile; name = "django_htmx/static/django_htmx/htmx-2.min.js"; sys.stdout.buffer.write(zipfile.ZipFile(glob.glob("$(VENV)/htmx/*.whl")[0]).read(name))' > $@

$(VENV)/.postgres: requirements-postgres.txt | $(VENV)/.installed-dev
	$(PY) -m tests.bring postgres
	touch $@

$(VENV)/.chromium: | $(VENV)/.installed-dev
	$(PY) -m tests.bring chromium
	touch $@

UV := $(VENV)/uv/bin/uv
LOCK := $(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock"

$(UV): | $(PY)
	$(PYTHON) -m venv $(VENV)/uv && $(VENV)/uv/bin/pip install -q uv

lock: $(UV)
	$(LOCK) --group setup pyproject.toml -o requirements.txt
	$(LOCK) --group setup --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	$(LOCK) --group postgres -o requirements-postgres.txt
	$(LOCK) --no-deps --group htmx -o requirements-htmx.txt

words: $(VENV)/.installed-dev
	$(PY) -m tests.catalogue

clean:
	rm -rf $(VENV) web/static/vendor build *.egg-info
