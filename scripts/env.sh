# shellcheck shell=bash
# Sourced by every script, from the project's root: where the tools are and which Rust to use.
# It changes nothing on the machine; what is missing is for setup.sh.

export UPHELD_TOOLS="${UPHELD_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/upheld/tools}"
# Where the tests find the postcode directory; setup.sh fetches it.
export UPHELD_PACKAGES="${UPHELD_PACKAGES:-$UPHELD_TOOLS/packages}"
export PATH="$PWD/node_modules/.bin:$UPHELD_TOOLS/bin:$PATH"

# On a build server the compiled dependencies outlive the checkout, so that the next run is quick.
if [ "${CI:-}" = true ] && [ -z "${CARGO_TARGET_DIR:-}" ]; then
  export CARGO_TARGET_DIR="${XDG_CACHE_HOME:-$HOME/.cache}/upheld/target"
fi

# The folder where cargo puts what it builds.
target_dir() { printf '%s\n' "${CARGO_TARGET_DIR:-$PWD/target}"; }

# Whether the standard library for WebAssembly lies in the sysroot $1.
has_wasm_std() {
  set -- "$1"/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib
  [ -e "$1" ]
}

# Whether the toolchain "upheld", which setup.sh makes from Debian's packages, is linked.
has_debian_toolchain() {
  command -v rustup >/dev/null 2>&1 && rustup toolchain list 2>/dev/null | awk '$1 == "upheld" { found = 1 } END { exit !found }'
}

# Use the toolchain that can build for WebAssembly: the active one if it can (or what RUSTUP_TOOLCHAIN names),
# else Debian's. UPHELD_TOOLCHAIN=debian asks for Debian's whatever else is there.
choose_toolchain() {
  [ -z "${RUSTUP_TOOLCHAIN:-}" ] || return 0
  if [ "${UPHELD_TOOLCHAIN:-}" != debian ] && has_wasm_std "$(rustc --print sysroot 2>/dev/null)"; then return 0; fi
  if has_debian_toolchain; then export RUSTUP_TOOLCHAIN=upheld; fi
}
choose_toolchain

say() { printf '==> %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
