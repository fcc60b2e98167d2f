# Everything runs in a virtual environment of its own; the first call of any target makes it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup chat test check format eval clean

help: ## Show these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

setup: $(INSTALLED) ## Make the environment and install (done by every other target)

$(INSTALLED): Makefile pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Yiju needs Python 3.11 or newer; '$(PYTHON)' is older or missing. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python has no venv module here. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing into $(VENV): some minutes, once ..."
	@$(BIN)/python -m pip install --quiet --upgrade --constraint constraints.txt pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench,formats,mcp,ollama,openai,test]'
	@touch $(INSTALLED)

chat: $(INSTALLED) ## Open the web page on the bundled articles
	$(BIN)/yiju serve --open

test: $(INSTALLED) ## Run the tests (some minutes; the slow and browser suites run in CI)
	$(BIN)/python -m pytest

check: $(INSTALLED) ## Lint and type-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(INSTALLED) ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(INSTALLED) ## Run the bundled eval set and write its report to out/eval
	$(BIN)/python -m evals run --out out/eval --open

clean: ## Remove the environment and everything generated
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
