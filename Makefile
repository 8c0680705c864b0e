# Every target that needs something set up sets it up itself: nothing is assumed but make and Python 3.11 or newer.
# On Windows use the plain pip and katip lines of the first guide (docs/guides/1-first-run.md).

PY := .venv/bin/python
N ?= 100
ARGS ?=

# Python keeps what it compiled, also where the environment says otherwise (images of containers often do): without it
# each of the tests' child processes compiles the library anew, and each worker the tests.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help approve practice check test test-all lint coverage messages docs pictures bench bench-evidence matrix soak clean setup setup-test

help:  ## Show this list
	@printf 'Usage: make TARGET [ARGS="…"]\n\n'
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14
	@printf '\n  make approve ARGS="-v PORTAL:v9 -v WORKPLACE:29999010199999010999932000"\n  make test ARGS="tests/test_docs.py -x"\n'

approve: setup  ## Carry out the procedure on the practice portal (or another: ARGS="-v PORTAL:v9 …")
	@exec $(PY) scripts/approve.py $(ARGS)

practice: setup  ## Serve the practice portal and leave it open to click through by hand
	@exec $(PY) -m PracticePortal --open $(ARGS)

check: lint  ## Lint, types and all tests that need no browser: within two minutes
	@exec $(PY) -m pytest -n auto --dist worksteal -m "not browser and not acceptance" $(ARGS)

test: setup-test  ## Run all tests but the matrix and most of the strangers
	@exec $(PY) -m pytest -n auto --dist worksteal $(ARGS)

test-all: setup-test  ## Run all tests, the matrix and every stranger too: hours
	@exec $(PY) -m pytest -n auto --dist worksteal -m "matrix or not matrix" $(ARGS)

lint: setup-test  ## Check style, types, suites and the project's own conventions
	@$(PY) scripts/lint.py

coverage: setup-test  ## Measure the branch coverage of the tests without a browser, child processes not counted
	@exec $(PY) -m pytest -n auto --dist worksteal -m "not browser and not acceptance" --cov=libraries/Katip --cov-branch $(ARGS)

messages: setup-test  ## Bring the catalogue of messages up to date, and name what has no Turkish yet
	@$(PY) scripts/update_messages.py

docs: setup-test  ## Build the documentation as a site, with all keywords, in build/docs
	@$(PY) scripts/make_docs.py

pictures: setup-test  ## Make the pictures of README and guides again, from runs on the practice portal
	@PYTHONPATH=libraries exec $(PY) scripts/make_pictures.py

bench: setup-test  ## Measure the suite against a bare Playwright script
	@exec $(PY) scripts/bench.py $(ARGS)

bench-evidence: setup-test  ## Measure pictures, report, seal and package of 1000 contracts
	@PYTHONPATH=libraries:. exec $(PY) tests/evidence/measure_report.py $(ARGS)

matrix: setup-test  ## Run every fault of the practice portal at every place where it can strike
	@exec $(PY) -m pytest -m matrix $(ARGS)

soak: setup-test  ## Run N random cases through the browser (make soak N=500)
	@exec $(PY) scripts/soak.py --cases $(N) $(ARGS)

clean:  ## Remove what can be made again (never results/)
	@rm -rf .venv node_modules build dist .mypy_cache .pytest_cache .ruff_cache .robocop_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

setup:
	@sh scripts/prepare.sh run

setup-test:
	@sh scripts/prepare.sh test
