#!/bin/sh
# Lets programs that others wrote, tardis-dev and ccxt from the npm registry, loose on the simulated
# Upbit, with nothing changed but the address. Says "skipped" and ends with 0 where npm or its
# registry is not to be had.
#   src/test/upbit-clients.sh
set -eu
cd "$(dirname "$0")/../.."
for tool in node npm; do
  command -v "$tool" >/dev/null 2>&1 || { echo "upbit-clients: skipped, no $tool here"; exit 0; }
done
work=$(mktemp -d)
simulator=
end() {
  status=$?
  [ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true
  rm -rf "$work"
  exit $status
}
trap end EXIT
trap 'exit 130' INT TERM

cp src/test/clients/* "$work"
if ! (cd "$work" && npm install --no-package-lock --ignore-scripts --no-audit --no-fund \
  --fetch-retries=1 --fetch-retry-mintimeout=2000 --fetch-timeout=60000) \
  >"$work/npm.log" 2>&1; then
  echo "upbit-clients: skipped, npm cannot install the clients: $(grep -v '^npm warn' "$work/npm.log" | head -n 1)"
  exit 0
fi

./observer --version >/dev/null # builds if it must
./observer simulate >"$work/urls" &
simulator=$!
for _ in $(seq 100); do
  [ -s "$work/urls" ] && break
  kill -0 "$simulator" 2>/dev/null || { echo "upbit-clients: the simulator did not start" >&2; exit 1; }
  sleep 0.2
done
url() {
  node -e 'console.log(JSON.parse(require("fs").readFileSync(process.argv[1]))[process.argv[2]])' \
    "$work/urls" "$1"
}
UPBIT_REST_URL=$(url upbit_rest_url)
UPBIT_FEED_URL=$(url upbit_feed_url)
export UPBIT_REST_URL UPBIT_FEED_URL
# A proxy is not for loopback; both clients would take it.
unset HTTP_PROXY HTTPS_PROXY SOCKS_PROXY http_proxy https_proxy

(cd "$work" && WSS_URL_UPBIT=$UPBIT_FEED_URL node tardis.cjs)
(cd "$work" && node ccxt.mjs)
echo "upbit-clients: both accept the simulated Upbit"
