#!/usr/bin/env bash
# script/lib/schema.sh [preset]: writes db/schema.sql anew from the migrations. Commit it along with a migration; a test
# compares the two.

source "$(dirname "$0")/env.sh"

preset=${1-debug}
script/build "$preset"
DOORSTEP_WRITE_SCHEMA=1 "build/$preset/tests" -tc="db/schema.sql is what the migrations make"
