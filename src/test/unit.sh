#!/usr/bin/env bash
# Checks the systemd unit with systemd-analyze, with this checkout in the place of /opt/stock-observer.
set -euo pipefail
home=$(cd "$(dirname "$0")/../.." && pwd)
if ! command -v systemd-analyze >/dev/null 2>&1; then
  echo "systemd unit: skipped, systemd-analyze is not installed"
  exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
sed "s|/opt/stock-observer|$home|g" "$home/docker/systemd/stock-observer.service" \
  >"$scratch/stock-observer.service"
said=$(systemd-analyze verify --recursive-errors=no --man=no "$scratch/stock-observer.service" 2>&1) || {
  echo "$said" >&2
  exit 1
}
if [ -n "$said" ]; then
  echo "$said" >&2
  exit 1
fi
echo "systemd unit: sound"
