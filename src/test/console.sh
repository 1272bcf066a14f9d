#!/bin/sh
# Opens the console of a simulated session in a real browser and works with it as an operator would
# (src/test/console/console.mjs). Says "skipped" and ends with 0 where node, npm, its registry or
# Chromium is not to be had.
#   src/test/console.sh [FOLDER for screenshots]
set -eu
cd "$(dirname "$0")/../.."
shots=${1:-}
for tool in node npm; do
  command -v "$tool" >/dev/null 2>&1 || { echo "console: skipped, no $tool here"; exit 0; }
done
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$chromium" ] || { echo "console: skipped, no Chromium here (apt-get install chromium)"; exit 0; }
work=$(mktemp -d)
observer=
end() {
  status=$?
  [ -z "$observer" ] || kill "$observer" 2>/dev/null || true
  [ -z "$observer" ] || wait "$observer" 2>/dev/null || true
  rm -rf "$work"
  exit $status
}
trap end EXIT
trap 'exit 130' INT TERM

cp src/test/console/* "$work"
if ! (cd "$work" && npm install --no-package-lock --ignore-scripts --no-audit --no-fund \
  --fetch-retries=1 --fetch-retry-mintimeout=2000 --fetch-timeout=60000) \
  >"$work/npm.log" 2>&1; then
  echo "console: skipped, npm cannot install playwright-core: $(grep -v '^npm warn' "$work/npm.log" | head -n 1)"
  exit 0
fi

./observer --version >/dev/null # builds if it must
./observer collect --simulate --console --port 0 --data "$work/data" >"$work/out" &
observer=$!
for _ in $(seq 600); do
  grep -q 'console at' "$work/out" && break
  kill -0 "$observer" 2>/dev/null || { echo "console: the observer did not start" >&2; exit 1; }
  sleep 0.2
done
line=$(grep 'console at' "$work/out")
url=$(echo "$line" | sed 's/.*console at \(.*\)\/hawtio.*/\1/')
password=$(echo "$line" | sed 's/.*password \([^ ]*\).*/\1/')
# A proxy is not for loopback.
unset HTTP_PROXY HTTPS_PROXY http_proxy https_proxy
(cd "$work" && node console.mjs "$url" operator "$password" "$chromium" "$shots")
