.DEFAULT_GOAL := help
.PHONY: help demo install uninstall test test-all check bench mutants lock clean
.DELETE_ON_ERROR:

PYTHON ?= python3
# Where `make install` puts quotum, and what besides: EXTRAS="sign spark".
PREFIX ?= /usr/local
EXTRAS ?=
PIP := .venv/bin/python -m pip --disable-pip-version-check -qq
# bagit and pyspark come as source archives: they are built with what build.txt locks, and nothing else is fetched.
LOCKED := $(PIP) install --require-hashes --no-build-isolation
QUOTUM := .venv/bin/quotum
# Employers of the countries that `make bench` makes; 650,000 are the whole of the Netherlands.
BENCH_EMPLOYERS ?= 20000
BENCH_GROWTH ?= 3500 14000 28000

READY := .venv/ready
SPARK_READY := .venv/ready-spark
BENCH_READY := .venv/ready-bench
OPENFISCA := .venv-openfisca/bin/python
OPENFISCA_READY := .venv-openfisca/ready
LOCK_READY := .venv/ready-lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# What is installed follows the lock file and pyproject.toml; nothing happens while neither changes.
$(READY): requirements/build.txt requirements/lock.txt pyproject.toml
	@echo "Setting up .venv (a minute or two, once)."
	@rm -f .venv/ready*
	@$(PYTHON) -m venv .venv
	@$(LOCKED) -r requirements/build.txt
	@$(LOCKED) -r requirements/lock.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(SPARK_READY): requirements/spark.txt $(READY)
	@echo "Adding Spark to .venv (a minute or two, once)."
	@$(LOCKED) -r requirements/spark.txt
	@touch $@

$(BENCH_READY): requirements/bench.txt $(READY)
	@$(LOCKED) -r requirements/bench.txt
	@touch $@

# OpenFisca wants versions of its own: it gets an environment of its own.
$(OPENFISCA_READY): requirements/openfisca.txt
	@$(PYTHON) -m venv .venv-openfisca
	@$(OPENFISCA) -m pip --disable-pip-version-check -qq install --require-hashes -r requirements/openfisca.txt
	@touch $@

demo: $(READY) ## make a small country, receive it, settle a year and show the result
	@if [ -e demo ]; then chmod -R u+w demo && rm -rf demo; fi
	@mkdir demo
	@printf '\nA synthetic country of 2,000 employers.\n'
	$(QUOTUM) generate --employers 2000 --year 2026 --seed 1 --format xml --out demo/country
	@printf '\nIts deliveries, checked row by row and kept.\n'
	$(QUOTUM) receive demo/country/*.zip demo/country/*.parquet demo/country/*.csv --archive demo/archive --received 2027-05-02T06:00:00
	@printf '\nThe year 2026, as the returns stood on 1 May 2027.\n'
	$(QUOTUM) settle --archive demo/archive --year 2026 --as-of 2027-05-01 --scenario demo/country/scenario.toml --out demo/run-2026
	@printf '\nThe same year computed again from the archive, and compared byte for byte.\n'
	$(QUOTUM) replay demo/run-2026
	@printf '\nTwo ways to activate beside the law as it is: demo/compared/index.html. The report of the run: demo/report.html.\n'
	$(QUOTUM) simulate --archive demo/archive --year 2026 --as-of 2027-05-01 --basis demo/country/targets.toml --scenario activated-balance --scenario activated-budget --sweep wtl.bonus_rate=3.00:4.50:0.10 --out demo/compared >/dev/null
	$(QUOTUM) report demo/run-2026 --out demo/report.html
	@printf '\nThe first employers of demo/run-2026/data/settlement.csv.\n'
	@head -n 6 demo/run-2026/data/settlement.csv

install: ## install for everybody, without test tools: make install PREFIX=/opt/quotum [EXTRAS="sign spark"]
	@$(PYTHON) requirements/install.py --prefix "$(PREFIX)" --extras $(EXTRAS)

uninstall: ## remove what `make install` put under PREFIX
	@$(PYTHON) requirements/install.py --prefix "$(PREFIX)" --uninstall

test: $(READY) ## the tests that are quick, and branch coverage of the law
	@rm -f .coverage .coverage.*
	.venv/bin/python -m pytest -q -n 2 --dist loadfile -p tests.coverage_of_law
	.venv/bin/coverage combine -q
	.venv/bin/coverage report

test-all: $(READY) $(SPARK_READY) ## the slow tests and those on Spark (needs Java)
	.venv/bin/python -m pytest -q -n 2 -m slow -k "not pandas" tests/spec
	.venv/bin/python -m pytest -q -n 2 -m "slow and not spark" --ignore=tests/spec
	.venv/bin/python -m pytest -q -m spark --ignore=tests/spec

pandas: $(READY) ## the spec once more on pandas, for a nightly run
	.venv/bin/python -m pytest -q -n 2 -m slow -k pandas tests/spec

check: $(READY) ## style, types, names, the walls between packages, and the table of releases
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m tests.house
	.venv/bin/python -m tests.release

bench: $(BENCH_READY) $(OPENFISCA_READY) ## how fast it is, beside other programs (BENCH_EMPLOYERS=650000: the country)
	.venv/bin/python -m tests.benches.peers --employers $(BENCH_EMPLOYERS) --openfisca $(OPENFISCA)
	.venv/bin/python -m tests.benches.growth $(BENCH_GROWTH)
	.venv/bin/python -m pytest -q -s -m bench tests/benches
	.venv/bin/python tests/benches/bench_loonaangifte.py

mutants: $(READY) ## make every rule wrong in every small way and see a test fail (half an hour)
	.venv/bin/python -m tests.mutation

COMPILE := .venv/bin/pip-compile --quiet --no-config --generate-hashes --strip-extras --allow-unsafe --no-header \
	--annotation-style=line --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

$(LOCK_READY): $(READY)
	@$(PIP) install pip-tools
	@touch $@

lock: $(LOCK_READY) ## write the lock files anew (needs a network; add UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) --extra test --extra check --output-file requirements/lock.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --constraint requirements/lock.txt --output-file requirements/runtime.txt pyproject.toml
	echo cryptography | $(COMPILE) $(UPGRADE) --constraint requirements/lock.txt --output-file requirements/sign.txt -
	printf 'setuptools>=77\nsetuptools-scm\n' | $(COMPILE) $(UPGRADE) --constraint requirements/lock.txt --output-file requirements/build.txt -
	echo pyspark | $(COMPILE) $(UPGRADE) --constraint requirements/lock.txt --output-file requirements/spark.txt -
	echo polars | $(COMPILE) $(UPGRADE) --constraint requirements/lock.txt --output-file requirements/bench.txt -
	printf 'openfisca-core\npyarrow\n' | $(COMPILE) $(UPGRADE) --output-file requirements/openfisca.txt -

clean: ## remove the environment, the demo and everything that was made
	@if [ -e demo ]; then chmod -R u+w demo; fi
	rm -rf .venv .venv-openfisca demo build dist *.egg-info .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find quotum jobs tests -name __pycache__ -type d -prune -exec rm -rf {} +
