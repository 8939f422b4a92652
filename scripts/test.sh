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

told=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$told"' EXIT

# What a browser sees does not depend on the database: those checks run once, beside the others.
postgresql=0
said="DID NOT RUN: nothing answers at DATABASE_URL or 127.0.0.1:5432"
if $BIN/python scripts/answers.py "$postgres"; then
  VAR=$told/var DATABASE_URL="$postgres" $BIN/pytest -q --ignore=tests/accessibility "$@" >"$told/postgresql" 2>&1 &
  second=$!
fi
if [ $# = 0 ]; then
  VAR=$told/pages env -u DATABASE_URL $BIN/pytest -q tests/accessibility >"$told/accessibility" 2>&1 &
  third=$!
  set -- --ignore=tests/accessibility
fi
echo "── SQLite${second:+ (PostgreSQL runs beside it and is told of afterwards)}"
env -u DATABASE_URL $BIN/pytest -q "$@"
sqlite=$?
accessibility=0
if [ -n "${third:-}" ]; then
  wait "$third"
  accessibility=$?
  echo "── Accessibility"
  cat "$told/accessibility"
fi
if [ -n "${second:-}" ]; then
  wait "$second"
  postgresql=$?
  echo "── PostgreSQL"
  cat "$told/postgresql"
  said="passed"; [ $postgresql = 0 ] || said="FAILED"
fi
passed() { [ "$1" = 0 ] && echo passed || echo FAILED; }
echo
echo "SQLite: $(passed $sqlite) · accessibility: $(passed $accessibility) · PostgreSQL: $said · $browser · ${SECONDS} s"
[ $sqlite = 0 ] && [ $accessibility = 0 ] && [ $postgresql = 0 ]
