#!/usr/bin/env bash
# Builds the site and measures it against a plain Leaflet page in one run, then a start without a network, an import from the command line and one in the page, what chance and the look-up of a postcode cost, then the memory that reading files of
# 50 MB takes; N=… chooses how many times (5).
set -eu
cd "$(dirname "$0")/.."
scripts/build.sh
scripts/setup.sh test
# shellcheck source=scripts/env.sh
. scripts/env.sh
node bench/bench.mjs
node bench/offline.mjs
node bench/import.mjs "$(target_dir)/native/upheld"
node bench/open.mjs
node bench/chance.mjs
node bench/postcodes.mjs
MB=50 cargo test --locked --quiet --profile native -p upheld-sources --features tables,letters --test memory -- --nocapture
