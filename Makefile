# Everything here works from a clean clone with Python 3.11 or later, make and git: the first target that needs it
# makes the project's own environment (.venv) from the lock file.
PYTHON ?= python3
RUN := .venv/bin
SAMPLE ?= samples/istanbul-wire.txt

.PHONY: help setup demo test check format lint types docs schema bench bench-corpora bench-room screenshots evaluate evaluate-attribution evaluate-demo evaluate-positions clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-20s %s\n", $$1, $$2}'

.venv/.ready: pyproject.toml uv.lock scripts/bootstrap.py
	@$(PYTHON) scripts/bootstrap.py
	@touch .venv/.ready

setup: .venv/.ready  ## the environment, from the lock file

demo: .venv/.ready  ## the main job on a shipped sample
	@$(RUN)/parley read $(SAMPLE)
	@echo
	@echo "That was: parley read $(SAMPLE)"
	@echo "The same as a page with the words marked:  .venv/bin/parley read $(SAMPLE) --format html -o record.html"
	@echo "Further samples: samples/README.md. Your own article: .venv/bin/parley read FILE. Next: docs/getting-started.md"

test: .venv/.ready  ## the tests; those in a browser are skipped where no Chromium is found or can be installed
	@$(RUN)/python scripts/browser.py
	@$(RUN)/python -m pytest -n 2

format: .venv/.ready  ## format the code
	@$(RUN)/ruff format -q .
	@$(RUN)/ruff check -q --fix .

lint: .venv/.ready
	@$(RUN)/ruff format --check -q .
	@$(RUN)/ruff check -q .

types: .venv/.ready
	@$(RUN)/mypy --no-error-summary

check: lint types test  ## format, lint, types, tests, docs' examples, layer rule

schema: .venv/.ready  ## docs/record.schema.json, made from the model
	@$(RUN)/python -m parley.exports.schema docs/record.schema.json

bench: .venv/.ready  ## speed: the components against bare spaCy
	@$(RUN)/python benchmarks/speed.py
	@$(RUN)/python benchmarks/speed.py --rules-only

bench-corpora: .venv/.ready  ## corpora: speed, growth, kills, bad documents, memory; SIZE=full as in docs/scale.md
	@$(RUN)/python benchmarks/corpora.py all $(if $(filter full,$(SIZE)),--full)
	@$(RUN)/python benchmarks/growing.py $(if $(filter full,$(SIZE)),--articles 1000 10000 100000)
	@$(RUN)/python benchmarks/copies.py $(if $(filter full,$(SIZE)),--growth --share,--articles 500)

bench-room: .venv/.ready  ## the reading room: time and size of its pages (ARTICLES=100000), and fifty readers at once
	@$(RUN)/python benchmarks/room.py pages --articles $(or $(ARTICLES),10000)
	@$(RUN)/python benchmarks/room.py crowd

screenshots: .venv/.ready  ## the pictures in docs/reading-room.md
	@$(RUN)/python scripts/browser.py
	@$(RUN)/python scripts/screenshots.py

evaluate: .venv/.ready  ## quality, where the research data is at hand: make evaluate DATA=folder TOOLS=folder
	@$(RUN)/python benchmarks/quality.py --data "$(DATA)" --tools "$(TOOLS)"

evaluate-attribution: .venv/.ready  ## attribution beside its peer: DATA=folder with text/ and attributions/ [TEXTACY=python]
	@$(RUN)/python benchmarks/attribution.py "$(DATA)" $(if $(TEXTACY),--textacy-python "$(TEXTACY)")

evaluate-positions: .venv/.ready  ## positions on the project's own gold
	@$(RUN)/python benchmarks/positions_gold.py wire_unseen wire_tuned unseen tuned

evaluate-demo: .venv/.ready  ## the demonstration corpus: expected cells of the ledger that are found
	@$(RUN)/python benchmarks/demo.py --misses

clean:  ## remove the environment and caches
	rm -rf .venv .uv .pytest_cache .mypy_cache .ruff_cache .hypothesis
