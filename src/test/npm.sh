# Sourced by tests that run programs from the npm registry. $work is a folder that is gone in the end,
# $ends are processes that are ended before. Where a tool or the registry is missing the test is skipped.
me=$(basename "$0" .sh)
work=$(mktemp -d)
ends=

npm_end() {
  status=$?
  trap - EXIT
  for pid in $ends; do kill "$pid" 2>/dev/null || true; done
  for pid in $ends; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
  exit "$status"
}
trap npm_end EXIT
trap 'exit 130' INT TERM

skip() {
  echo "$me: skipped, $1"
  exit 0
}

# npm_packages FOLDER: its files and what its package.json names, in $work.
npm_packages() {
  for tool in node npm; do
    command -v "$tool" >/dev/null 2>&1 || skip "no $tool here"
  done
  cp "$1"/* "$work"
  (cd "$work" && npm install --no-package-lock --ignore-scripts --no-audit --no-fund \
    --fetch-retries=1 --fetch-retry-mintimeout=2000 --fetch-timeout=60000) >"$work/npm.log" 2>&1 ||
    skip "npm cannot install the packages of $1: $(grep -v '^npm warn' "$work/npm.log" | head -n 1)"
  # A proxy is not for loopback, and these programs would take it.
  unset HTTP_PROXY HTTPS_PROXY SOCKS_PROXY ALL_PROXY http_proxy https_proxy all_proxy
}
