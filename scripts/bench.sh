#!/usr/bin/env bash
# Builds the site and measures it against a plain Leaflet page in one run, then an import from the command line; N=… chooses how many times (5).
set -eu
cd "$(dirname "$0")/.."
scripts/build.sh
scripts/setup.sh test
# shellcheck source=scripts/env.sh
. scripts/env.sh
node bench/bench.mjs
exec node bench/import.mjs "$(target_dir)/native/upheld"
