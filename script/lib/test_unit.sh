#!/usr/bin/env bash
# test_unit.sh BINARY [filter]: runs a doctest binary in as many processes as there are cores, each with its share of the tests.
#
# The order is shuffled with a fixed seed ($TEST_SEED), so that slow neighbours do not meet in one share.

source "$(dirname "$0")/env.sh"

binary=$1
selection=(--test-case="*${2-}*" --order-by=rand --rand-seed="${TEST_SEED:-1}" --no-colors --no-intro)

total=$("$binary" "${selection[@]}" --count | sed -nE 's/.*filters: ([0-9]+)$/\1/p')
share=$(((total + $(nproc) - 1) / $(nproc)))
passed=0
failed=0
logs=$(mktemp -d)
trap 'rm -r "$logs"' EXIT

for ((first = 1; first <= total; first += share)); do
    {
        status=0
        "$binary" "${selection[@]}" --first="$first" --last=$((first + share - 1)) || status=$?
        echo "exit status $status"
    } >"$logs/$first" 2>&1 &
done
wait

# The summary of a share counts its own failures, but the tests of all shares. A process that died (no summary, or a status
# beyond "some failed") left tests undone: it counts as one failure.
for ((first = 1; first <= total; first += share)); do
    log=$logs/$first
    grep -vE '^\[doctest\]|^exit status' "$log" || true
    failures=$(sed -nE 's/^\[doctest\] test cases: .* passed \| +([0-9]+) failed.*/\1/p' "$log")
    if [[ $failures ]] && grep -qE '^exit status [01]$' "$log"; then
        size=$((total - first + 1 < share ? total - first + 1 : share))
        passed=$((passed + size - failures))
        failed=$((failed + failures))
    else
        echo "The tests died with $(tail -n 1 "$log")."
        failed=$((failed + 1))
    fi
done

echo "$passed passed, $failed failed"
((failed == 0))
