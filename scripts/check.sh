#!/usr/bin/env bash
# Everything that can be said about the code without running the suite. Every check runs; the first failure decides.
set -u
cd "$(dirname "$0")/.."
BIN=.venv/bin
export DEMONSTRATION=1
failed=0
say() { printf '%-14s' "$1"; shift; if out=$("$@" 2>&1); then echo "ok ${note:-}"; else failed=1; echo FAILED; echo "$out" | tail -n 40; fi; }

say ruff $BIN/ruff check -q .
say format $BIN/ruff format -q --check .
say types $BIN/mypy -p madoguchi.lib -p madoguchi.kernel -p madoguchi.services.plan.rules -m madoguchi.services.procedures.rules -m madoguchi.services.surveys.rules -m madoguchi.services.surveys.sampling -p madoguchi.services.surveys.statistics
say contracts $BIN/lint-imports
say templates $BIN/djlint --lint --quiet src
say migrations $BIN/madoguchi makemigrations --check --dry-run
say words $BIN/madoguchi words check
say "words example" env CITY=example $BIN/madoguchi words check
say pack $BIN/madoguchi city check
say example env CITY=example $BIN/madoguchi city check
say docs $BIN/python scripts/docs_check.py
if timeout 90 $BIN/pip-audit --require-hashes --disable-pip -r requirements.lock --progress-spinner off >/tmp/audit.$$ 2>&1; then
  echo "audit         ok"
elif grep -qiE 'vulnerabilit(y|ies) in' /tmp/audit.$$; then
  echo "audit         FAILED"; tail -n 20 /tmp/audit.$$; failed=1
else
  echo "audit         did not run: no advisory service answers from here"
fi
rm -f /tmp/audit.$$
$BIN/python scripts/figures.py
exit $failed
