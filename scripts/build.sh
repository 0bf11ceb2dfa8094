#!/usr/bin/env bash
# Builds the site into dist/: the data it serves, the app, its security policy, the pages rendered ahead.
# The site works from any path of a host; only its page for what is not found has to know it: PUBLIC_URL=/somewhere/. Search engines
# and shared links need its whole address: SITE_URL=https://example.org. Without it there is no sitemap, and links have no picture.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh build
# shellcheck source=scripts/env.sh
. scripts/env.sh

say 'build: data'
cargo build --quiet --locked --profile native -p upheld-cli
upheld="$(target_dir)/native/upheld"
rm -rf .build/site
mkdir -p .build/site
"$upheld" build --out .build/site
node scripts/notices.mjs .build/site/licences.txt

say 'build: app'
# What a panic would name is a file of a crate, not of the machine that built it: the program is the same from every machine, and smaller.
# (These flags are added to those of .cargo/config.toml. They are divided at spaces, so a path with one stays as it is.)
flags=
for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
  case $registry in *[[:space:]]* | *'*') ;; *) flags="$flags --remap-path-prefix=$registry/=" ;; esac
done
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="${flags# }"
# What an earlier build left would be put into this one: scripts that the program no longer asks for.
rm -rf "$(target_dir)/wasm-bindgen"
# Trunk refuses NO_COLOR=1, which means no more than "without colours".
# It finds wasm-bindgen on the way: ours, which calls the real one and shortens the names that it makes.
env -u NO_COLOR PATH="$PWD/scripts/bin:$PATH" trunk build --release --locked

say 'build: policy and pages'
node scripts/csp.mjs dist
"$upheld" render dist --public-url "${PUBLIC_URL:-/}" ${SITE_URL:+--site-url "$SITE_URL"}
node scripts/offline.mjs dist
node scripts/csp.mjs --check dist
