# copydesk: `make run` opens the sample pages, `make test` checks everything that CI checks.
# `make bundle` packs it for hosts without Python.
# `make fuzz SECONDS=600` reads damaged input; what goes wrong with any becomes a case in tests/cases/fuzz.
PYTHON ?= python3
SECONDS ?= 60
# Of Textual: the oldest that pyproject.toml admits, and the newest that the index has.
TEXTUALS ?= $(shell sed -n 's/^ *"textual>=\([0-9.]*\)",$$/==\1/p' pyproject.toml) >=0
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
DEVELOPS := $(VENV)/.develops
# The pip of $(PYTHON): putting one into each .venv takes half as long as all that copydesk runs on.
PIP = $(if $(wildcard $(VENV)/lib/python*/site-packages/pip),$(BIN)/python -m pip,$(PYTHON) -m pip --python $(BIN)/python) install --quiet --disable-pip-version-check

.PHONY: run install test test-engine textuals fuzz lock bench docs wheel bundle clean

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "copydesk needs Python 3.11 or newer; found $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "== making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --without-pip $(VENV)
	@$(PYTHON) -c 'import pip, sys; sys.exit(int(pip.__version__.split(".")[0]) < 23)' 2>/dev/null || $@ -m ensurepip >/dev/null

# Compiled here: where PYTHONDONTWRITEBYTECODE is set, each start would do it again.
$(RUNS): requirements.lock | $(BIN)/python
	@echo "== installing the $$(grep -c '^[a-z]' requirements.lock) packages that copydesk runs on (requirements.lock, checked by hash)"
	@$(PIP) --require-hashes -r requirements.lock
	@$(BIN)/python -m compileall -q tui
	@touch $@

# The checkout runs as it is: installing it would cost a build back end. Children look for it in PYTHONPATH only.
run: $(RUNS)
	@echo "== opening sample_pages; q quits"
	@PYTHONPATH=$(CURDIR) $(BIN)/python -m tui sample_pages

# For developing: both locks, and `copydesk` in $(BIN), which runs the checkout.
install: $(DEVELOPS)

$(DEVELOPS): $(RUNS) requirements-dev.lock pyproject.toml
	@echo "== installing the tools that check and test it (requirements-dev.lock)"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(PIP) --require-hashes -r requirements.lock -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

test: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist worksteal

# The screen under other releases of Textual than the one that is locked; needs the index.
textuals: install
	@for release in $(foreach each,$(TEXTUALS),'$(each)'); do \
	  rm -rf $(VENV)/textual || exit 1; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --target $(VENV)/textual "textual$$release" || exit 1; \
	  export PYTHONPATH=$(CURDIR)/$(VENV)/textual; \
	  $(BIN)/python -c 'import textual; print("== Textual", textual.__version__, "from", textual.__file__)'; \
	  $(BIN)/pytest -n 2 --dist worksteal tests/view tests/journeys || exit 1; \
	done

# Batches by Daft, with a lock of its own: `make test` names them as skipped.
test-engine: $(VENV)/engine
	PYTHONPATH=$(CURDIR)/$(VENV)/engine $(BIN)/pytest tests/batch/test_engine.py

$(VENV)/engine: requirements-engine.lock | $(DEVELOPS)
	@echo "== installing Daft (requirements-engine.lock)"
	@rm -rf $@
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --target $@ -r requirements-engine.lock
	@touch $@

# With SEED=… the same input once more.
fuzz: install
	PYTHONPATH=tests $(BIN)/python -m fuzz --seconds $(SECONDS) $(if $(SEED),--seed $(SEED))

# Resolves anew: what copydesk runs on, and what developing takes besides; needs uv. No index address is written down.
lock: COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links
lock:
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --output-file requirements-dev.lock --constraint requirements.lock --group dev
	$(COMPILE) --output-file requirements-engine.lock --constraint requirements.lock --group engine
	$(COMPILE) --output-file requirements-bundle.lock --constraint requirements.lock --group bundle

# A folder with Python in it, packed: for hosts without Python 3.11, of this kind of machine, and with a libc no older
# than the one here. Built from the run-time lock alone, and tried without an environment.
bundle: requirements-bundle.lock
	@echo "== building dist/copydesk with PyInstaller"
	@$(PYTHON) -m venv --clear build/venv
	@build/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-bundle.lock
	@PYTHONPATH=$(CURDIR) build/venv/bin/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build/bundle scripts/bundle/copydesk.spec
	@env -i dist/copydesk/copydesk list --where 'repairs>0' --limit 1 sample_pages
	@tar -C dist -czf dist/copydesk-$$(uname -s | tr A-Z a-z)-$$(uname -m).tar.gz copydesk
	@echo "== copy it, and run copydesk/copydesk there:"; ls -sh dist/copydesk-*.tar.gz

# What the documents say about keys, commands, fields and JSON, and the man page; a test says when they are stale.
docs: install
	PYTHONPATH=$(CURDIR) $(BIN)/python scripts/reference.py

wheel: install
	$(BIN)/hatchling build -t wheel

bench: install
	@for script in $$(grep -l __main__ benchmarks/*.py); do echo "== $$script"; $(BIN)/python $$script || exit 1; done

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
