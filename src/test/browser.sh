#!/bin/sh
# The operator's day in a real browser, against one simulated session (src/test/browser/day.mjs). Says
# "skipped" and ends with 0 where node, npm, its registry or Chromium is not to be had; CHROMIUM names another one.
#   src/test/browser.sh [FOLDER for screenshots]
set -eu
shots=${1:-}
[ -z "$shots" ] || { mkdir -p "$shots"; shots=$(cd "$shots" && pwd); }
cd "$(dirname "$0")/../.."
. src/test/npm.sh
chromium=$(command -v "${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome || true)
[ -n "$chromium" ] || skip "no Chromium here (apt-get install chromium)"
npm_packages src/test/browser

./observer --version >/dev/null # builds if it must
repository=$PWD
(cd "$work" && exec node day.mjs "$repository" "$chromium" "$shots") &
ends=$! # a shell that waits hears of signals
wait "$ends"
