#!/usr/bin/env bash
# Everything that has to be green: format, lints, advisories, then every test.
set -u
cd "$(dirname "$0")/.." || exit 1
scripts/setup.sh build || exit 1
# shellcheck source=scripts/env.sh
. scripts/env.sh

broken='' left_out=''

check() { # title, command…
  local title=$1
  shift
  say "check: $title"
  "$@" || broken="$broken
  $title"
}

skip() { # what, why
  say "check: $1: skipped: $2"
  left_out="$left_out
  $1: $2"
}

check_advisories() {
  if ! cargo deny --version >/dev/null 2>&1; then
    skip 'advisories on crates' 'cargo-deny is not installed (cargo install cargo-deny --locked)'
  elif cargo deny fetch db; then
    check 'advisories on crates, licences and sources' cargo deny check
  else
    skip 'advisories on crates' 'no advisory database reachable'
    check 'licences, bans and sources' cargo deny check licenses bans sources
  fi
  # 0: nothing known. Otherwise the report tells a finding from a registry that does not answer.
  local report
  if report=$(npm audit --json 2>/dev/null); then
    say 'check: advisories on npm packages: none known'
  elif printf '%s' "$report" | grep -q '"auditReportVersion"'; then
    check 'advisories on npm packages' npm audit
  else
    skip 'advisories on npm packages' 'no advisory database reachable'
  fi
}

for tool in fmt clippy; do
  cargo "$tool" --version >/dev/null 2>&1 || die "cargo $tool is missing: rustup component add rustfmt clippy; then run this again"
done

check 'format' cargo fmt --all --check
check 'lints, natively' cargo clippy --locked --quiet --workspace --exclude upheld --exclude upheld-worker --all-targets -- -D warnings
check 'lints, in WebAssembly' cargo clippy --locked --quiet -p upheld -p upheld-worker --target wasm32-unknown-unknown --all-targets -- -D warnings
if command -v shellcheck >/dev/null 2>&1; then
  check 'lints, of shell scripts' shellcheck -x scripts/*.sh .ci/run
else
  skip 'lints, of shell scripts' 'shellcheck is not installed'
fi
check_advisories
check 'tests' scripts/test.sh
if command -v c++ >/dev/null 2>&1; then
  check 'readers, on made-up files for a few seconds each' env T=5 scripts/fuzz.sh
else
  skip 'readers, on made-up files' 'there is no C++ compiler, which the fuzzer wants'
fi

[ -z "$left_out" ] || printf 'Skipped:%s\n' "$left_out"
[ -z "$broken" ] || { printf 'FAILED:%s\n' "$broken"; exit 1; }
printf 'All checks passed.\n'
