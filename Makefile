# Every target does the set-up that it needs; `make` lists them.
.DEFAULT_GOAL := help
BIN := .venv/bin

.PHONY: help setup demo test check format examples freeze lock model eval bench-start bench-classify bench-report bench-portfolio bench-validate torture bench-web browser-test accessibility api-test clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## .venv, Pango and a Japanese font
	@tools/setup.sh

demo: setup ## the main job on a real Tokyo project; leaves a PDF in build/demo/
	@tools/demo.sh

test: setup ## everything that CI runs
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest -n auto
	@$(BIN)/aiguide validate examples/valid --today 2026-11-24

check: test ## the same

format: setup ## lay the code out
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

examples: setup ## give the examples their digests, history and golden reports anew
	@$(BIN)/python tools/attest_examples.py examples/valid
	@cp examples/valid/guideline-chatbot/project.json examples/ci/guideline-chatbot/
	@$(BIN)/pytest tests/examples tests/render/test_faces.py --update-golden

freeze: setup ## release versions of our packs for good: PACKS="tokyo-ai/2" DATE=2026-11-28
	@for pack in $(PACKS); do $(BIN)/aiguide guideline freeze "data/$$pack" --today "$(DATE)" --yes || exit; done

lock: setup ## pin all dependencies anew
	@$(BIN)/python -m pip install -q uv
	@$(BIN)/python -m uv pip compile -q --universal --generate-hashes --all-extras --group dev \
	  --python-version 3.11 --upgrade pyproject.toml -o requirements.lock

model: .venv-model/ready ## train the classification model from data/tokyo-ai/1/corpus (some minutes)
	@PYTHONPATH=src .venv-model/bin/python tools/train_model.py data/tokyo-ai/1

.venv-model/ready: pyproject.toml
	@python3 -m venv .venv-model
	@.venv-model/bin/python -m pip install -q numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
	@touch $@

eval: setup ## how well classification does, on the development cases and on blind ones
	@$(BIN)/aiguide evaluate tests/eval/cases-dev.jsonl
	@$(BIN)/aiguide evaluate tests/eval/edge-dev.jsonl
	@$(BIN)/aiguide evaluate tests/eval/cases-blind-2.jsonl
	@$(BIN)/aiguide evaluate tests/eval/edge-blind-2.jsonl

bench-start: setup ## how long commands take to start, in multiples of `python -c pass`
	@$(BIN)/python tools/bench_start.py

bench-classify: setup ## how fast 1,000 descriptions are classified, and how big the model is
	@$(BIN)/python tools/bench_classify.py

bench-report: setup ## how fast reports are made, against automatic tables and a CJK font
	@$(BIN)/python tools/bench_report.py

bench-validate: setup .venv-bench/ready ## how fast validate is, against JSON readers and check-jsonschema (some minutes)
	@$(BIN)/python tools/bench_validate.py .venv-bench/bin/check-jsonschema

.venv-bench/ready:
	@python3 -m venv .venv-bench
	@.venv-bench/bin/python -m pip install -q check-jsonschema==0.39.0
	@touch $@

bench-portfolio: setup ## how long a portfolio of 1,000 and of 10,000 projects takes, and how much memory
	@$(BIN)/python tools/bench_portfolio.py

bench-web: setup ## how fast the pages are for 50 people at once; a server that is killed under load
	@$(BIN)/python tools/bench_web.py

torture: setup ## saves that are killed, writers that cross, a full disk (some minutes)
	@$(BIN)/python tools/torture.py

accessibility: setup ## axe-core in Chromium over every HTML report, on a phone's screen too (some minutes)
	@tools/accessibility.sh

api-test: setup ## Schemathesis against the API of serve on the examples: no 5xx, no answer that was not promised
	@tools/api_test.sh

browser-test: setup ## from an idea to a saved PDF in Chromium: by keyboard, without scripts, on a phone's screen
	@tools/browser_test.sh

clean: ## remove what the targets made
	rm -rf .venv .venv-bench .venv-api .cache build dist
