#!/usr/bin/env bash
# The container's health check: 0 when /health answers 200. Needs no program that the image lacks.
set -eu
exec 3<>"/dev/tcp/127.0.0.1/${HTTP_PORT:-8000}"
printf 'GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
IFS= read -r line <&3
case $line in *" 200 "*) exit 0 ;; *) echo "$line" >&2; exit 1 ;; esac
