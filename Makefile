# Chelun 车轮. Two commands: `make demo` and `make test`. Needs Python 3.11 or newer with venv, and make.
SHELL := /bin/bash
PORT ?= 8000
BIN := .venv/bin
export PORT
# Dozens of processes start from the same modules: these are compiled once, also where the environment forbids it in the tree.
ifneq ($(PYTHONDONTWRITEBYTECODE),)
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX ?= $(CURDIR)/var/bytecode
endif
LOCKS := $(wildcard requirements/*.lock) frontend/package-lock.json
CATALOGUES := $(wildcard chelun/*/locale/en/LC_MESSAGES/django.po chelun/platform/*/locale/en/LC_MESSAGES/django.po)
SUITES := chelun config scenarios tools tests

.PHONY: help setup demo test check fix lock bench bench-matching bundle messages
help:            ## what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/'

.venv/.ready: $(LOCKS) pyproject.toml
	@tools/setup

setup: .venv/.ready $(CATALOGUES:.po=.mo)   ## set up everything from the lock files

%.mo: %.po
	@$(BIN)/python -m tools.messages compile

demo: setup      ## load the example places and serve them on 127.0.0.1:$$PORT
	@$(BIN)/python -m tools.demo

test: check      ## everything that this machine can run; names what it skipped and why
	@$(BIN)/python -m tools.runtests

check: setup     ## style, types, import direction, sizes
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	@$(BIN)/lint-imports --no-cache >/tmp/chelun-imports.$$$$ 2>&1 || { cat /tmp/chelun-imports.$$$$; exit 1; }; rm -f /tmp/chelun-imports.$$$$
	@# What django-stubs keeps of a table goes stale when tables change: a complaint counts only when it is made afresh.
	@$(BIN)/mypy --no-error-summary . >/dev/null 2>&1 || { rm -rf .mypy_cache; $(BIN)/mypy --no-error-summary .; }
	@$(BIN)/python -m tools.sizes

fix: setup       ## mend what a machine can mend
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

messages: setup  ## collect texts into locale/en and compile them
	@$(BIN)/python -m tools.messages collect && $(BIN)/python -m tools.messages compile

lock:            ## write the lock files anew
	@tools/lock

bundle: setup    ## one tar for an installation without a network
	@tools/bundle

bench: setup     ## every benchmark, one after the other
	@$(BIN)/python -m bench

var/bench-matching/.ready: requirements/bench-matching.lock
	@tools/peers

bench-matching: setup var/bench-matching/.ready  ## the matching engine beside its peers
	@$(BIN)/python -m bench.matching figures
