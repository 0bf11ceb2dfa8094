# The index of commands. Each sets up what it needs, and does its work in scripts/.
.DEFAULT_GOAL := help
.PHONY: help serve build test check data bench fuzz clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

serve: ## build the site and serve it on this machine (PORT=8080)
	@scripts/serve.sh

build: ## build the site into dist/ (SITE_URL=https://host, PUBLIC_URL=/ where it will lie)
	@scripts/build.sh

test: ## run every test
	@scripts/test.sh

check: ## all that must be green before a change is proposed: format, lints, advisories, every test
	@scripts/check.sh

data: ## make the committed boundaries and postcodes again from their sources, and check all data
	@scripts/data.sh

fuzz: ## throw made-up files at every reader of outside files (T=120 seconds each)
	@scripts/fuzz.sh

bench: ## measure the site against a plain Leaflet page (N=5 times each), a start offline, an import, what chance and postcodes cost, and the memory of reading
	@scripts/bench.sh

clean: ## remove what was built (not the tools that setup installed)
	rm -rf dist .build node_modules tests/screenshots
	cargo clean
