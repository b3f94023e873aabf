# Two commands need nothing but Python 3.11, make and a package manager (apt or brew):
#
#     make         set up, check the edition in this folder, write its PDF and its bag into output/
#     make test    the same set-up, then all tests
#
# Others: make coverage, make lint, make types, make bench, make expected, make constraints, make clean.
# Another Python: make PYTHON=python3.13

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
SET_UP := $(VENV)/stamp-runtime
SET_UP_DEV := $(VENV)/stamp-dev

# The first of these that is 3.11 or newer and can make a virtual environment is taken.
PYTHON ?= python3 python3.13 python3.12 python3.11 python3.14 python
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --constraint constraints.txt

# WeasyPrint loads Pango and HarfBuzz as shared libraries, which pip cannot bring.
PANGO_DEBIAN := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
PANGO_IS_THERE := $(BIN)/python -W error:HarfBuzz-Subset -c 'import weasyprint' >/dev/null 2>&1

# On a Mac, Python finds the libraries of Homebrew only where it is told to look.
ifeq ($(shell uname -s),Darwin)
LIBRARIES := DYLD_FALLBACK_LIBRARY_PATH="$$(brew --prefix 2>/dev/null)/lib:/usr/local/lib:/usr/lib"
endif
RUN := $(LIBRARIES) $(BIN)

.PHONY: build test coverage expected lint types bench constraints clean pango

build: $(SET_UP)
	$(RUN)/edition build

# worksteal: each half in its order, so that what a file of tests shares is made once, and neither core waits.
test: $(SET_UP_DEV)
	$(RUN)/python -m pytest -n 2 --dist worksteal

# The same tests, and which lines and branches none of them reaches. Counting doubles their time.
coverage: $(SET_UP_DEV)
	$(RUN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term

# Write what the commands print now into tests/cases/*/expected.txt; to be read before it is committed.
expected: $(SET_UP_DEV)
	$(RUN)/python -m pytest tests/test_cases.py --update

lint: $(SET_UP_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(SET_UP_DEV)
	$(BIN)/mypy

bench: $(SET_UP_DEV)
	$(RUN)/python benchmarks/startup.py
	$(RUN)/python benchmarks/values.py
	$(RUN)/python -m benchmarks.links
	$(RUN)/python -m benchmarks.parity

$(BIN)/python:
	@for candidate in $(PYTHON); do \
	    if "$$candidate" -c '$(USABLE)' >/dev/null 2>&1; then \
	        echo "setting up $(VENV) with $$("$$candidate" --version)"; \
	        rm -rf $(VENV); \
	        exec "$$candidate" -m venv $(VENV); \
	    fi; \
	done; \
	echo "edition needs Python 3.11 or newer with its venv module; tried: $(PYTHON)" >&2; \
	echo "install it (Debian, Ubuntu: apt install python3 python3-venv; Mac: brew install python)," >&2; \
	echo "or name one that you have: make PYTHON=/path/to/python3" >&2; \
	exit 1

$(SET_UP): $(BIN)/python pyproject.toml constraints.txt
	@echo "installing what the edition needs"
	@$(INSTALL) --editable '.[press]'
	@$(LIBRARIES) $(PANGO_IS_THERE) || $(MAKE) --no-print-directory pango
	@touch $@

$(SET_UP_DEV): $(SET_UP)
	@echo "installing what its tests need"
	@$(INSTALL) --editable '.[dev]'
	@touch $@

pango:
	@echo "installing Pango, which sets the type"
	@as_root=; \
	if [ "$$(id -u)" -ne 0 ]; then as_root=$$(command -v sudo || true); fi; \
	if command -v apt-get >/dev/null; then \
	    $$as_root apt-get update -qq && $$as_root apt-get install -y -qq --no-install-recommends $(PANGO_DEBIAN); \
	elif command -v brew >/dev/null; then \
	    brew install --quiet pango; \
	fi || echo "the package manager did not install it" >&2
	@$(LIBRARIES) $(PANGO_IS_THERE) || { \
	    echo "Pango is missing, and neither apt-get nor brew could bring it." >&2; \
	    echo "Install Pango 1.44 or newer and HarfBuzz with its subset library, then run make again." >&2; \
	    exit 1; }

# Renew constraints.txt: everything at its newest, from an environment that has never been used.
constraints:
	rm -rf $(VENV)
	@$(MAKE) --no-print-directory $(BIN)/python
	$(PIP) install --quiet --editable '.[dev]'
	@{ echo '# Exact versions of all that is installed, names and versions only. Renewed by: make constraints'; \
	   $(PIP) freeze --exclude-editable | grep '==' | sed 's/ .*//' | LC_ALL=C sort -f; } > constraints.new
	@mv constraints.new constraints.txt

clean:
	rm -rf $(VENV) output dist build .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
