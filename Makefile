# Two commands: `make course` and `make test`. Each sets up what it needs and is quick when nothing changed.
SHELL := /bin/sh
COMPILE := .venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --build-deps-for editable \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

.PHONY: course test setup brand pictures bench lock clean
.DEFAULT_GOAL := course

course: setup ## Build the sample course into out/
	@.venv/bin/coursewright build course --out out

test: ## Check the code and run all tests
	@scripts/setup dev
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/pytest --numprocesses auto --dist worksteal

setup: ## Libraries, fonts, .venv
	@scripts/setup

brand: setup ## Make the default brand anew
	.venv/bin/python templates/make_brand.py

pictures: course ## Take the README's pictures anew
	@scripts/setup dev
	@.venv/bin/coursewright brand templates/brand.pptx --out out/brand
	.venv/bin/python scripts/pictures.py

bench: ## Measure
	@scripts/setup dev
	.venv/bin/python benchmarks/build.py
	.venv/bin/python benchmarks/editions.py
	.venv/bin/python benchmarks/lint.py
	.venv/bin/python benchmarks/decks.py
	.venv/bin/python benchmarks/print.py
	@.venv/bin/coursewright build course -a newly-promoted-managers --slot full-day --only deck.pptx --out out/bench
	.venv/bin/python benchmarks/paper.py out/bench/newly-promoted-managers/full-day/deck.pptx

lock: ## Bring the lock files up to date with pyproject.toml
	@scripts/setup dev
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) -o requirements.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## Remove what builds and tests made (.venv and .clients stay)
	rm -rf out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find build tests templates benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
