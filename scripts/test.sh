#!/usr/bin/env bash
# Runs every test and ends with "N passed, N failed". A runner that executes no test counts as failed.
# With names it runs only those parts: native wasm scripts data journeys budgets.
set -u
cd "$(dirname "$0")/.." || exit 1
parts=${*:-native wasm scripts data journeys budgets}
for part in $parts; do
  case $part in
    native | wasm | scripts | data | journeys | budgets) ;;
    *) printf 'usage: test.sh [native] [wasm] [scripts] [data] [journeys] [budgets]\n' >&2; exit 2 ;;
  esac
done
scripts/setup.sh build && scripts/setup.sh test || exit 1
# shellcheck source=scripts/env.sh
. scripts/env.sh
CHROME=$(node scripts/browser.mjs) || exit 1
export CHROME

passed=0 failed=0 skipped=0
log=$(mktemp) || exit 1
data=$(mktemp -d) || exit 1
trap 'rm -rf "$log" "$data"' EXIT

wanted() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }

# Counts in a runner's output: cargo's "test result: ok. 3 passed; 0 failed; 1 ignored", node's "# pass 3", ours "3 passed, 0 failed".
count() {
  awk '
    /^test result:/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i - 1); if ($i ~ /^failed/) f += $(i - 1); if ($i ~ /^ignored/) s += $(i - 1) } }
    NF == 3 && $2 == "pass" && $3 ~ /^[0-9]+$/ { p += $3 }
    NF == 3 && ($2 == "fail" || $2 == "cancelled") && $3 ~ /^[0-9]+$/ { f += $3 }
    NF == 3 && ($2 == "skipped" || $2 == "todo") && $3 ~ /^[0-9]+$/ { s += $3 }
    /^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3 }
    END { print p + 0, f + 0, s + 0 }' "$log"
}

# Runs one runner and adds up its tests.
run() { # title, command…
  local title=$1 status ran_passed ran_failed ran_skipped
  shift
  say "test: $title"
  "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  read -r ran_passed ran_failed ran_skipped <<EOF
$(count)
EOF
  if [ "$status" -ne 0 ] && [ "$ran_failed" -eq 0 ]; then
    ran_failed=1
    say "test: $title: FAILED with status $status before it could count its tests"
  elif [ "$status" -eq 0 ] && [ "$((ran_passed + ran_failed))" -eq 0 ]; then
    ran_failed=1
    say "test: $title: FAILED: no test was executed"
  fi
  passed=$((passed + ran_passed)) failed=$((failed + ran_failed)) skipped=$((skipped + ran_skipped))
}

has_wasm_tests() { grep -rqs wasm_bindgen_test --include='*.rs' src tests; }

# What is ignored elsewhere wants the postcode directory, which setup has fetched.
if wanted native; then run 'the crates, natively' cargo test --locked --no-fail-fast --workspace --exclude upheld --exclude upheld-worker -- --include-ignored; fi

if wanted wasm; then
  if has_wasm_tests; then
    run 'the page, in WebAssembly' env \
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
      CHROMEDRIVER="${CHROMEDRIVER:-$(command -v chromedriver)}" \
      cargo test --locked --no-fail-fast --target wasm32-unknown-unknown -p upheld --lib --tests
  else
    say 'test: the page, in WebAssembly: there are no such tests'
  fi
fi

if wanted scripts; then run 'scripts and the house rules' node --test --test-reporter=spec tests/*.test.mjs; fi

# The data by itself, and the pages rendered ahead, as the build of the site makes them: the same command, of the same profile.
build_data() {
  cargo build --quiet --locked --profile native -p upheld-cli && "$(target_dir)/native/upheld" build --out "$data" >/dev/null &&
    cp tests/data/index.html "$data/" &&
    "$(target_dir)/native/upheld" render "$data" --site-url https://upheld.example --public-url /upheld/ >/dev/null
}

if wanted data; then
  if build_data; then
    run 'the published data' env PUBLISHED="$data/data/v1" RENDERED="$data" node --test --test-reporter=spec tests/data/*.test.mjs
  else
    say 'test: FAILED: the data could not be built, so nothing of it was tested'
    failed=$((failed + 1))
  fi
fi

if wanted journeys || wanted budgets; then
  if scripts/build.sh; then
    if wanted journeys; then run 'journeys in a browser' node --test --test-reporter=spec --test-concurrency=2 tests/e2e/*.test.mjs; fi
    if wanted budgets; then run 'budgets' node tests/budgets.mjs; fi
  else
    say 'test: FAILED: the site could not be built, so nothing in a browser was tested'
    failed=$((failed + 1))
  fi
fi

if [ "$((passed + failed))" -eq 0 ]; then
  say 'test: FAILED: no test was executed'
  failed=1
fi
if [ "$skipped" -gt 0 ]; then
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
else
  printf '%s passed, %s failed\n' "$passed" "$failed"
fi
[ "$failed" -eq 0 ]
