#!/bin/sh
# Lets programs that others wrote, tardis-dev and ccxt from the npm registry, loose on the simulated
# Upbit, with nothing changed but the address. Says "skipped" and ends with 0 where npm or its
# registry is not to be had.
#   src/test/upbit-clients.sh
set -eu
cd "$(dirname "$0")/../.."
. src/test/npm.sh
npm_packages src/test/clients

./observer --version >/dev/null # builds if it must
./observer simulate >"$work/urls" &
simulator=$!
ends=$simulator
for _ in $(seq 600); do
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

(cd "$work" && WSS_URL_UPBIT=$UPBIT_FEED_URL node tardis.cjs)
(cd "$work" && node ccxt.mjs)
echo "upbit-clients: both accept the simulated Upbit"
