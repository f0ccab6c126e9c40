# Verbs over the builds in CMakePresets.json.  `make demo` shows what detente does, `make check` proves that it works.
MAKEFLAGS += --no-print-directory
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 600
PREFIX ?= /usr/local
DETENTE = build/release/detente

.DEFAULT_GOAL := help
.PHONY: help demo check dev release asan tsan coverage fuzz bench format lint docs pictures install clean setup

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: release ## install what is missing, build, and write the Alaska report in both languages
	$(DETENTE) deal models/alaska-2025.yaml
	@$(DETENTE) report models/alaska-2025.yaml --quiet --html build/alaska.html
	@$(DETENTE) report models/alaska-2025.yaml --quiet --lang en --md build/alaska.en.md
	@$(DETENTE) report models/alaska-2025.yaml --quiet --lang zh-Hant --md build/alaska.zh-Hant.md
	@$(DETENTE) report models/ceasefire-watch.yaml --quiet --events models/ceasefire-watch.csv --html build/ceasefire-watch.html
	@echo
	@echo "The report, in English and Traditional Chinese: $(CURDIR)/build/alaska.html"
	@echo "The same as Markdown: $(CURDIR)/build/alaska.en.md and $(CURDIR)/build/alaska.zh-Hant.md"
	@echo "Is an agreement being kept?  An invented case: $(CURDIR)/build/ceasefire-watch.html"

check: ## install what is missing, then everything that CI asks for
	@tools/setup.sh check
	@tools/check.sh

dev: setup ## build to work with, and test it
	@tools/build.sh dev
	@ctest --preset dev -j $(JOBS)

release: setup ## build to use: build/release/detente
	@tools/build.sh release detente detente_shared docs

asan: setup ## tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@tools/build.sh asan
	@ctest --preset asan -j $(JOBS)

tsan: setup ## tests under ThreadSanitizer
	@tools/build.sh tsan
	@tools/fixed-addresses.sh ctest --preset tsan -j $(JOBS)

coverage: ## tests, then which lines they ran: build/coverage/coverage.txt
	@tools/setup.sh coverage
	@tools/build.sh coverage
	@ctest --preset coverage -j $(JOBS)
	@gcovr --root . --object-directory build/coverage --filter src/ --exclude-unreachable-branches \
	    --exclude-lines-by-pattern '.*DT__NEVER.*' --print-summary --txt build/coverage/coverage.txt

fuzz: ## fuzz every target for FUZZ_SECONDS (600)
	@tools/setup.sh check
	@tools/build.sh fuzz -DDETENTE_FUZZ_SECONDS=$(FUZZ_SECONDS)
	@ctest --preset fuzz -j $(JOBS) --verbose

bench: release ## time and memory of the hot kernels
	@tools/bench.sh

format: ## write every C file in the house format
	@tools/setup.sh check
	@tools/format.sh

lint: ## clang-tidy over every C file
	@tools/setup.sh check
	@tools/lint.sh

docs: release ## man pages and completions, in build/release/manual

pictures: release ## the pictures of README.md, from the Alaska report
	@tools/setup.sh check
	@$(DETENTE) report models/alaska-2025.yaml --quiet --lang en --html build/alaska.html
	@node tools/pictures.mjs build/alaska.html docs/pictures

install: release ## install to PREFIX (/usr/local), below DESTDIR if given
	@cmake --install build/release --prefix $(PREFIX)

clean: ## remove build/
	rm -rf build

setup:
	@tools/setup.sh build
