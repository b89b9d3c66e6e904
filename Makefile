# Sets up, runs and checks the project: `make serve`, `make test`. Everything is installed into .venv.
# `make serve STORE=neo4j` runs Neo4j itself: make hands on what its command line sets, and the command reads STORE.
PYTHON ?= python3
PORT ?= 8000
DATA ?= ../shared/data
BIN := .venv/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet --no-input
LOUD := PYTHONUNBUFFERED=1 $(subst --quiet,--progress-bar off,$(PIP))
# What pip is at, a package a line, and all that it says from the first error on; it has ended well if it ends in "done".
TOLD := while read -r word name rest; do last=$$word; case $$word in \
	Collecting) echo "  $$name" ;; \
	Installing) echo "... putting them in place (20 s)" ;; \
	ERROR*|error*) wrong=1 ;; esac; \
	[ -z "$$wrong" ] || echo "$$word $$name $$rest" >&2; done; [ "$$last" = done ]
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(LOCK_FLAGS)
EXPLORER := api/web/explorer
QUERY_EDITOR := api/web/sparql
JS := $(if $(shell command -v npm 2>/dev/null),$(addsuffix /node_modules/.ready,tests/js tests/traversal $(EXPLORER) $(QUERY_EDITOR)))

.PHONY: serve test quick mutate check data derive explorer editor bench lock clean
serve: .venv/.ready
	@exec $(BIN)/civicgraph serve --port $(PORT)
test: .venv/.ready .venv/neighbours/.ready $(JS)
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)
quick: .venv/.ready
	@$(BIN)/python -m pytest -m "not slow" $(ARGS)
mutate: .venv/.ready
	@$(BIN)/python -m tests.mutate $(ARGS)
check: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/mypy
data: .venv/.ready  # a load is a line: what is there already is not written again
	@$(BIN)/civicgraph load
	@$(BIN)/civicgraph import ocd-divisions $(DATA)/ocd-divisions/*.tar.xz
	@$(BIN)/civicgraph import fbi-police-employment $(DATA)/fbi-police-employment
	@$(BIN)/civicgraph import openstates $(DATA)/openstates-people
	@$(BIN)/civicgraph import ice-287g $(DATA)/ice-287g/sheets
	@$(BIN)/civicgraph import 287g-documents $(DATA)/ice-287g/moa_agreements.json.gz
	@$(BIN)/civicgraph import nyc-executive-orders $(DATA)/nyc-executive-orders/*.tar.xz
derive: .venv/.ready
	@$(BIN)/civicgraph derive
explorer: $(EXPLORER)/node_modules/.ready  # builds what is committed in its dist
	@cd $(EXPLORER) && npm run --silent build
editor: $(QUERY_EDITOR)/node_modules/.ready  # builds what is committed in its dist
	@cd $(QUERY_EDITOR) && npm run --silent build
bench: .venv/.ready
	@$(BIN)/python -m bench
lock: .venv/.locked  # LOCK_FLAGS=--upgrade takes the newest versions
	$(PIP) uv
	$(COMPILE) pyproject.toml --group build --extra embedded --extra test -o requirements-dev.lock
	$(COMPILE) pyproject.toml -c requirements-dev.lock -o requirements.lock
	$(COMPILE) --group build -c requirements-dev.lock -o requirements-build.lock
	$(COMPILE) --only-binary :all: tests/neighbours/requirements.in -o tests/neighbours/requirements.lock
clean:
	rm -rf .venv tests/js/node_modules tests/traversal/node_modules $(EXPLORER)/node_modules $(EXPLORER)/build $(QUERY_EDITOR)/node_modules build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A half-made environment has no stamp and is made anew.
.venv/.locked: requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	{ echo "$(PYTHON) must be Python 3.11, 3.12 or 3.13; name another: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up .venv, only once: the environment itself (5 s) ..."
	@$(PYTHON) -m venv --clear .venv || \
	{ echo "$(PYTHON) cannot make environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "... its $$(grep -c '^[a-z]' $<) packages, each checked by its hash (about a minute):"
	@{ $(LOUD) --require-hashes -r $< 2>&1 && echo done; } | { $(TOLD); }
	@touch $@
.venv/.ready: .venv/.locked pyproject.toml
	@echo "... the command civicgraph itself (5 s)"
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
# What judges the formats of other fields has pins of its own, which are not ours.
.venv/neighbours/.ready: tests/neighbours/requirements.lock | .venv/.locked
	@echo "Setting up .venv/neighbours, whose libraries judge two formats (a minute) ..."
	@$(BIN)/python -m venv --clear $(@D)
	@$(subst $(BIN),$(@D)/bin,$(PIP)) --require-hashes -r $<
	@touch $@
%/node_modules/.ready: %/package-lock.json
	@echo "Installing what $* needs of JavaScript ..."
	@cd $* && npm ci --ignore-scripts --silent
	@touch $@
