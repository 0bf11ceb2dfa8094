#!/usr/bin/env bash
# Builds the site and serves it on this machine; PORT=… chooses the port (8080).
set -eu
cd "$(dirname "$0")/.."
scripts/build.sh
exec node scripts/serve.mjs dist --port "${PORT:-8080}" --base "${PUBLIC_URL:-/}"
