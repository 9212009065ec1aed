#!/usr/bin/env bash
# test_node.sh FOLDER [filter]: runs the tests FOLDER/*.test.mjs with Node's own test runner.

source "$(dirname "$0")/env.sh"

mapfile -t tests < <(files "$1/*.test.mjs")
((${#tests[@]})) || { echo "0 passed, 0 failed" && exit; }
exec node --test --test-reporter="$root/script/lib/reporter.mjs" ${2:+--test-name-pattern="$2"} "${tests[@]}"
