#!/usr/bin/env bash
# test_web.sh [filter]: the web app's lint and type check, then its unit tests; with a filter only those tests.

source "$(dirname "$0")/env.sh"

filter=${1-}
passed=0
failed=0
report=build/test/web.json

if [[ -z $filter ]]; then
    for check in lint typecheck; do
        if npm run --silent --prefix web "$check"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done
fi

rm -f "$report"
npm test --silent --prefix web -- --reporter=default --reporter=json --outputFile="$root/$report" --passWithNoTests \
    ${filter:+--testNamePattern "$filter"} || true
if [[ -e $report ]]; then
    read -r p f < <(jq --raw-output '"\(.numPassedTests) \([.numFailedTests, .numFailedTestSuites] | max)"' "$report")
    passed=$((passed + p))
    failed=$((failed + f))
else
    failed=$((failed + 1))
fi

echo "$passed passed, $failed failed"
((failed == 0))
