#!/usr/bin/env bash
# test_unit.sh BINARY [filter]: runs a doctest binary in as many processes as there are cores, each with its share of the tests.
#
# The order is shuffled with a fixed seed ($DOORSTEP_TEST_SEED), so that slow neighbours do not meet in one share.

source "$(dirname "$0")/env.sh"

binary=$1
selection=(--test-case="*${2-}*" --order-by=rand --rand-seed="${DOORSTEP_TEST_SEED:-1}" --no-colors)

total=$("$binary" "${selection[@]}" --count | sed -nE 's/.*filters: ([0-9]+)$/\1/p')
shards=$(nproc)
share=$(((total + shards - 1) / shards))
passed=0
failed=0
logs=$(mktemp -d)
trap 'rm -r "$logs"' EXIT

for ((shard = 0; shard < shards && share > 0; shard++)); do
    DOORSTEP_TEST_SHARD=$shard "$binary" "${selection[@]}" --first=$((shard * share + 1)) --last=$(((shard + 1) * share)) \
        >"$logs/$shard" 2>&1 &
done
wait

# A process that died has no summary: what it found is unknown, so it counts as one failure.
for log in $(files "$logs/*"); do
    cat "$log"
    counts=$(sed -nE 's/^\[doctest\] test cases: .* ([0-9]+) passed \| +([0-9]+) failed.*/\1 \2/p' "$log")
    read -r p f <<<"${counts:-0 1}"
    passed=$((passed + p))
    failed=$((failed + f))
done

echo "$passed passed, $failed failed"
((failed == 0))
