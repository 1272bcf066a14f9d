#!/usr/bin/env bash
# Checks the alert rules and runs their tests with promtool (Debian: apt install prometheus).
set -euo pipefail
cd "$(dirname "$0")/../../docker/prometheus"
if ! command -v promtool >/dev/null 2>&1; then
  echo "alert rules: skipped, promtool is not installed"
  exit 0
fi
promtool check rules alerts.yml
promtool test rules alerts.test.yml
