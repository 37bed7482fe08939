# Lectern: `make` alone lists the commands. Needs Python 3.11-3.13, make and a POSIX shell.

BIN := .venv/bin
STAMP := .venv/installed
PACKAGES := course agents chat_app render_service local_cloud migrations benchmarks
SUITABLE := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))

# Set PYTHON to choose one; else that of .venv, or the first suitable one found.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	"$$python" -c '$(SUITABLE)' 2>/dev/null && echo "$$python" && break; done)

# Chosen, and another version than that of .venv: it is made anew.
SERIES := import sys; print(sys.version_info[:2])
ifneq ($(origin PYTHON),file)
ifneq ($(shell "$(BIN)/python" -c '$(SERIES)' 2>/dev/null),$(shell "$(PYTHON)" -c '$(SERIES)' 2>/dev/null))
ANOTHER := another
endif
endif

.DEFAULT_GOAL := help
.PHONY: another help install up test check lock bench clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP) ## put what Lectern needs into .venv (skipped when nothing changed)

$(STAMP): requirements.lock pyproject.toml $(ANOTHER)
	@"$(PYTHON)" -c '$(SUITABLE)' 2>/dev/null || { \
		echo "Lectern needs Python 3.11, 3.12 or 3.13; install one, or set PYTHON to its path."; exit 1; }
	@[ -z "$(ANOTHER)" ] && "$(BIN)/python" -c '$(SUITABLE)' 2>/dev/null || { \
		echo "Making .venv with $$("$(PYTHON)" --version)"; \
		"$(PYTHON)" -m venv --clear .venv || { \
			echo "This Python cannot make a .venv; on Debian and Ubuntu install the package python3-venv."; exit 1; }; }
	@echo "Installing what Lectern needs into .venv (1.2 GB; once)"
	@# uv from the lock itself: its line there and the hashes below it.
	@awk '/^[^ ]/ { keep = /^uv==/ } keep' requirements.lock > .venv/uv.txt
	@"$(BIN)/uv" --version 2>/dev/null | grep -qF "$$(sed -n 's/^uv==\([0-9.]*\).*/uv \1/p' .venv/uv.txt)" || { \
		"$(BIN)/python" -m ensurepip >/dev/null && \
		"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.txt; }
	@# uv does not read pip's configuration: hand it the index set there.
	@index=$$("$(PYTHON)" -m pip config get global.index-url 2>/dev/null) || index=; \
		UV_DEFAULT_INDEX=$${UV_DEFAULT_INDEX:-$$index}; \
		if [ -n "$$UV_DEFAULT_INDEX" ]; then export UV_DEFAULT_INDEX; else unset UV_DEFAULT_INDEX; fi; \
		"$(BIN)/uv" pip sync --quiet --python "$(BIN)/python" --require-hashes --compile-bytecode requirements.lock && \
		"$(BIN)/uv" pip install --quiet --python "$(BIN)/python" --offline --no-deps --no-build-isolation --editable .
	@"$(BIN)/python" -m compileall -q $(PACKAGES)
	@touch $(STAMP)

another:
	@[ ! -e .venv ] || echo "PYTHON is another version than that of .venv"

up: install ## start all of Lectern on this machine; Ctrl-C stops it
	@"$(BIN)/python" -m local_cloud up

test: install ## run the tests, two at a time (ARGS="-k storage" for some)
	@"$(BIN)/python" -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: install ## formatting, lint, types and import rules
	@"$(BIN)/ruff" format --check .
	@"$(BIN)/ruff" check .
	@"$(BIN)/mypy"
	@"$(BIN)/lint-imports"

lock: install ## resolve the dependencies anew into the three lock files
	@"$(BIN)/uv" pip compile -q pyproject.toml --all-extras --universal --generate-hashes --no-header -o requirements.lock
	@for image in chat render; do \
		"$(BIN)/uv" pip compile -q pyproject.toml --extra $$image --python-platform linux --python-version 3.12 \
			--generate-hashes --no-header --no-annotate -c requirements.lock -o requirements-$$image.lock || exit 1; done

bench: install ## run one measurement: make bench NAME=turn
	@[ -n "$(NAME)" ] || { echo "Say which: make bench NAME=turn"; exit 1; }
	@"$(BIN)/python" -m benchmarks.$(NAME) $(ARGS)

clean: ## remove .venv and every cache; the data in .lectern stay
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .files
	@find . -name __pycache__ -type d ! -path './.lectern/*' -prune -exec rm -rf {} +
