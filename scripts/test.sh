#!/usr/bin/env bash
# The suite on SQLite and, at the same time, on PostgreSQL where one answers; the last lines say which ran.
set -u
cd "$(dirname "$0")/.."
BIN=.venv/bin
SECONDS=0
export DEMONSTRATION=1

if ! command -v chromium >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "… installing Chromium for the browser tests"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk; } >/dev/null 2>&1
  fi
fi
browser="browser tests ran in $(chromium --version 2>/dev/null | head -1)"
if ! command -v chromium >/dev/null; then
  browser="BROWSER TESTS DID NOT RUN: no Chromium. As root: apt-get install chromium fonts-noto-cjk"
fi

postgres="${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}"
$BIN/madoguchi words compile >/dev/null || exit 1

postgresql=0
said="DID NOT RUN: nothing answers at DATABASE_URL or 127.0.0.1:5432"
if $BIN/python scripts/answers.py "$postgres"; then
  told=$(mktemp)
  DATABASE_URL="$postgres" $BIN/pytest -q "$@" >"$told" 2>&1 &
  second=$!
  trap 'kill $second 2>/dev/null; rm -f "$told"' EXIT
fi
echo "── SQLite${second:+ (PostgreSQL runs beside it and is told of afterwards)}"
env -u DATABASE_URL $BIN/pytest -q "$@"
sqlite=$?
if [ -n "${second:-}" ]; then
  wait "$second"
  postgresql=$?
  echo "── PostgreSQL"
  cat "$told"
  said="passed"; [ $postgresql = 0 ] || said="FAILED"
fi
echo
echo "SQLite: $([ $sqlite = 0 ] && echo passed || echo FAILED) · PostgreSQL: $said · $browser · ${SECONDS} s"
[ $sqlite = 0 ] && [ $postgresql = 0 ]
