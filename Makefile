# Elke opdracht werkt vanuit een kale kopie van het project: alles wat nodig is komt in .venv en .data.
# Paden zijn relatief, zodat een map met spaties in de naam ook werkt.

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input -qq install --require-hashes
# uv is some ten times as fast; pip goes on where it can't reach the index, which a machine may name for pip alone.
UV := $(PY) -m uv pip install --python $(PY) --quiet --no-config --link-mode copy --require-hashes
APPS := config teams households voorzieningen meldingen reporting
LOCKS := requirements-uv.lock requirements.lock requirements-dev.lock requirements-node.lock package-lock.json \
	tests/api/spectral/package-lock.json
ONTWERP := config/static/ontwerp/ontwerp.css
UV_COMPILE := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-config
# Nieuwe tabellen en kolommen, die er voor de eerste uitgave nog nergens waren: niets dat een lopende versie kan missen.
NIEUWE_TABELLEN := 0003_werk 0005_dataversie 0006_cache
XDIST := -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# Zonder bytecode op schijf vertaalt elk proces alles opnieuw; dat kost de tests meer dan hun werk.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test proefklaar test-full lint lint-api bench bench-api bench-reporting browser huisstijl locks stop clean

help: ## deze lijst
	@echo "make <opdracht>, met:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14

setup: .venv/.runtime $(ONTWERP) ## maak .venv en installeer wat het product nodig heeft
	@:

setup-dev: .venv/.dev $(ONTWERP) ## installeer ook wat tests en lint nodig hebben
	@:

demo: setup ## vul de database met Almere 2015 en start de site (ARGS=--eenmalig stopt na de tabel)
	@WEBHOOK_NETTEN="$${WEBHOOK_NETTEN-127.0.0.0/8,::1/128}" $(PY) manage.py demo $(ARGS)

test: setup-dev browser ## draai de tests (ARGS="-k woord" kiest)
	@$(call pytest,not vol,$(XDIST))

proefklaar: setup-dev # de database en de vertaalde tests, waarop anders elk proces van `make test` wacht
	@EENPLAN_DATA="$(PROEF)"; export EENPLAN_DATA; $(PY) -m tests.sjabloon && \
	$(PY) -m pytest --collect-only --quiet --quiet -p no:xdist >/dev/null

test-full: setup-dev browser ## draai ook de tests met grote aantallen, en bewaar beelden van elke pagina
	@EENPLAN_VOL=1; SCHERMAFBEELDINGEN=$${SCHERMAFBEELDINGEN:-.data/schermafbeeldingen}; \
	export EENPLAN_VOL SCHERMAFBEELDINGEN; $(call pytest,vol or not vol,$(XDIST))

bench-api: setup-dev ## meet de API van het KCC tegen een leeg adres en tegen kale rijen
	@$(PY) -m tests.bench.api

bench-reporting: setup-dev ## meet de monitor over 1 en 10 miljoen meldingen (de eerste keer een half uur)
	@$(PY) -m tests.bench.rapportage

bench: setup-dev ## meet snelheid en geheugen
	@$(PY) -m tests.bench.importeren $(ARGS)
	@$(PY) -m tests.bench.stroomschema
	@$(PY) -m tests.bench.paginas
	@$(PY) -m tests.bench.zoeken
	@$(PY) -m tests.bench.herindicaties

lint: setup-dev ## controleer stijl, typen, lagen, templates, migraties en locks
	@echo "ruff..."
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --quiet --check . || { echo "Niet opgemaakt: typ .venv/bin/python -m ruff format ."; exit 1; }
	@echo "mypy..."
	@$(PY) -m mypy
	@echo "import-linter..."
	@$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	@echo "djlint..."
	@$(PY) -m djlint $(APPS) --lint --check --allow-empty-input
	@echo "migraties..."
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py lintmigrations --sql-analyser postgresql --no-cache --quiet ok ignore \
		--ignore-name $(NIEUWE_TABELLEN) --include-apps $(filter-out config,$(APPS))
	@$(PY) manage.py toestandsdiagram --controleer ARCHITECTURE.md
	@$(PY) manage.py toestandsdiagram --controleer docs/toestanden.md
	@echo "locks..."
	@if grep -n '://' $(LOCKS); then echo "Een lock noemt een adres; maak hem opnieuw met make locks."; exit 1; fi

lint-api: setup-dev ## toets de beschrijving van de API (RULESET=regels.yaml)
	@$(PY) -m tests.api.spectral "$(RULESET)"

huisstijl: setup ## bouw de vormgeving opnieuw (HUISSTIJL=tokens.css neemt de tokens van uw gemeente)
	@$(PY) -m config.ontwerp bouw "$(HUISSTIJL)"

locks: setup-dev ## zoek nieuwe versies binnen de grenzen van pyproject.toml en zet ze vast
	@$(UV_COMPILE) --upgrade pyproject.toml --output-file requirements.lock
	@$(UV_COMPILE) --upgrade pyproject.toml --group dev --constraints requirements.lock \
		--output-file requirements-dev.lock
	@$(UV_COMPILE) --upgrade --group node --output-file requirements-node.lock
	@$(UV_COMPILE) --group uv --constraints requirements-dev.lock --output-file requirements-uv.lock
	@$(PY) -m config.ontwerp vernieuw

stop: ## stop de ingebouwde database en broker
	@if [ -x $(PY) ]; then $(PY) -m config.broker stop; $(PY) -m config.embedded stop; \
		if [ -d "$(PROEF)" ]; then EENPLAN_DATA="$(PROEF)" $(PY) -m config.embedded stop >/dev/null; fi; \
	else echo "Er is nog niets geïnstalleerd."; fi

clean: ## stop de ingebouwde database en broker en gooi .venv, .data, node_modules en caches weg
	@if [ -x $(PY) ] && [ -d .data ]; then for server in broker embedded; do \
		env -u DATABASE_URL -u BROKER_URL EENPLAN_DATA=.data $(PY) -m config.$$server stop; done; \
		env -u DATABASE_URL EENPLAN_DATA=.data/proef $(PY) -m config.embedded stop >/dev/null; fi
	@rm -rf .venv .data node_modules tests/api/spectral/node_modules $(dir $(ONTWERP)) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name .git -prune -o -name __pycache__ -prune -exec rm -rf {} +
	@echo "Opgeruimd."

# Tests met een browser draaien waar Chromium is; anders blijven ze zichtbaar weg.
chromium = command -v "$${CHROMIUM:-chromium-headless-shell}" >/dev/null || command -v "$${CHROMIUM:-chromium}" >/dev/null
# They have a server of their own beside that of the demo, which need not survive a power cut.
PROEF = $(or $(EENPLAN_DATA),.data)/proef
pytest = EENPLAN_DATA="$(PROEF)"; export EENPLAN_DATA; if $(chromium); then without=; else without=" and not browser"; fi; \
	$(PY) -m pytest -m "($(1))$$without" $(2) $(ARGS)

browser:
	@if $(chromium); then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Chromium installeren voor de browsertests..."; \
		export DEBIAN_FRONTEND=noninteractive; apt-get update -qq >/dev/null && { \
			apt-get install -y -qq --no-install-recommends chromium-headless-shell || \
			apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || true; \
	fi; \
	if ! { $(chromium); }; then \
		echo "Geen Chromium gevonden: de browsertests blijven weg. Zet hem in PATH, of wijs hem aan met CHROMIUM. Het zijn:"; \
		grep -rls 'mark\.browser' tests --include='*.py' | sed 's/^/  /' || true; \
	fi

.venv/.runtime: requirements.lock | .venv/.uv
	@echo "Pakketten installeren..."
	@$(UV) -r requirements.lock 2>/dev/null || $(PIP) -r requirements.lock || { echo "Installeren is niet gelukt. Is er verbinding met de pakketindex?"; exit 1; }
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	@echo "Pakketten voor tests en lint installeren..."
	@$(UV) -r requirements-dev.lock 2>/dev/null || $(PIP) -r requirements-dev.lock || { echo "Installeren is niet gelukt. Is er verbinding met de pakketindex?"; exit 1; }
	@touch $@

$(ONTWERP): node_modules/.klaar $(wildcard config/ontwerp/*.py) config/ontwerp/huisstijl.css
	@echo "Vormgeving bouwen..."
	@$(PY) -m config.ontwerp bouw "$(HUISSTIJL)"

node_modules/.klaar: package-lock.json | .venv/.runtime
	@echo "Vormgeving ophalen..."
	@$(PY) -m config.ontwerp haal
	@touch $@

.venv/.uv: requirements-uv.lock | .venv/.python
	@$(PIP) -r requirements-uv.lock || { echo "Installeren is niet gelukt. Is er verbinding met de pakketindex?"; exit 1; }
	@touch $@

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Er is Python 3.11 of nieuwer nodig. Staat die er onder een andere naam? Typ dan make ... PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Deze Python kan geen omgeving maken. Installeer eerst het pakket python3-venv (Debian, Ubuntu: apt-get install python3-venv)."; exit 1; }
	@echo "Omgeving maken in .venv..."
	@$(PYTHON) -m venv --clear .venv
	@touch $@
