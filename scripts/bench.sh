#!/usr/bin/env bash
# Builds the site and measures it against a plain Leaflet page in one run; N=… chooses how many times (5).
set -eu
cd "$(dirname "$0")/.."
scripts/build.sh
scripts/setup.sh test
exec node bench/bench.mjs
