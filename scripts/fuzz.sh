#!/usr/bin/env bash
# Throws made-up files at every reader of outside files, T seconds each (120), and fails on the first that ends in anything but
# a value: a panic, memory without bound, work without end. What is found lies in .build/fuzz/TARGET-*; make a test of it.
# With names it runs only those: tables names letters pdf boundaries held.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=scripts/env.sh
. scripts/env.sh
targets=${*:-tables names letters pdf boundaries held}
seconds=${T:-120}
host=$(rustc -vV | sed -n 's/^host: //p')

say "fuzz: building"
# The coverage that the fuzzer steers by, as cargo-fuzz asks for it; a target of its own keeps it out of build scripts.
RUSTFLAGS='--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Ccodegen-units=1' \
  cargo build --quiet --locked --release --manifest-path fuzz/Cargo.toml --target "$host" --target-dir "$(target_dir)/fuzz"

for target in $targets; do
  corpus=.build/fuzz/$target
  mkdir -p "$corpus"
  say "fuzz: $target, $seconds seconds"
  "$(target_dir)/fuzz/$host/release/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 \
    -print_final_stats=1 -verbosity=0 -artifact_prefix=".build/fuzz/$target-" "$corpus" "fuzz/seeds/$target"
done
