#!/bin/sh
# The page in a real Chromium: an observer of both simulated venues through an outage of KIS.
#   src/test/page.sh [FOLDER]     FOLDER gets screenshots at three sizes
# It needs node, npm and chromium (CHROMIUM names another one), and is skipped where they are not.
set -eu
cd "$(dirname "$0")/../.."
chromium=${CHROMIUM:-/usr/bin/chromium}
for tool in node npm "$chromium"; do
  command -v "$tool" >/dev/null 2>&1 || { echo "page.sh: skipped, no $tool here"; exit 0; }
done
shots=${1:-}
[ -z "$shots" ] || { mkdir -p "$shots"; shots=$(cd "$shots" && pwd); }
work=$(mktemp -d)
running=
end() {
  for pid in $running; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT INT TERM
if ! (cd "$work" && npm install --no-package-lock --ignore-scripts --no-audit --no-fund \
  --fetch-retries=1 --fetch-retry-mintimeout=2000 --fetch-timeout=60000 playwright-core@1.64.1) \
  >"$work/npm.log" 2>&1; then
  echo "page.sh: skipped, playwright-core cannot be fetched: $(tail -n 1 "$work/npm.log")"
  exit 0
fi
cp src/test/clients/page.mjs "$work"
cp -r config/calendar "$work/calendar"
cat >"$work/faults.json" <<'F'
{"faults": [
  {"kind": "drop", "after": "60s"}, {"kind": "in-use", "after": "60s", "for": "20s"},
  {"kind": "drop", "after": "130s"}, {"kind": "in-use", "after": "130s", "for": "20s"},
  {"kind": "drop", "after": "200s"}, {"kind": "in-use", "after": "200s", "for": "20s"}
]}
F
# One clock for both: the market's instant, and the system's at which it holds.
at="2026-11-20T00:30:10Z@$(date +%s)000"
./observer simulate --port 0 --faults "$work/faults.json" --at "$at" >"$work/venue.json" 2>"$work/venue.log" &
running="$running $!"
i=0
while [ ! -s "$work/venue.json" ]; do
  i=$((i + 1))
  [ $i -lt 120 ] || { echo "page.sh: no venue"; cat "$work/venue.log"; exit 1; }
  sleep 1
done
told() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$work/venue.json"; }
PROVIDER_KIS_REST_URL=$(told rest_url) PROVIDER_KIS_FEED_URL=$(told feed_url) \
  PROVIDER_KIS_MASTER_URL=$(told master_url) PROVIDER_UPBIT_REST_URL=$(told upbit_rest_url) \
  PROVIDER_UPBIT_FEED_URL=$(told upbit_feed_url) KIS_APP_KEY=$(told app_key) \
  KIS_APP_SECRET=$(told app_secret) CALENDAR_DIR=$work/calendar PACKAGE_KEY=$work/package.key \
  ./observer collect --provider kis --provider upbit --port 0 --at "$at" --data "$work/data" \
  >"$work/collect.log" 2>&1 &
observer=$!
running="$running $observer"
i=0
until grep -q "Listening on" "$work/collect.log" 2>/dev/null; do
  i=$((i + 1))
  [ $i -lt 120 ] || { echo "page.sh: no observer"; cat "$work/collect.log"; exit 1; }
  sleep 1
done
url=$(sed -n 's/.*Listening on \(http[^ ]*\).*/\1/p' "$work/collect.log" | head -n 1)
(cd "$work" && CHROMIUM=$chromium SHOTS=$shots node page.mjs "$url" "$observer")
