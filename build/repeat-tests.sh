#!/usr/bin/env bash
# Runs all tests repeatedly to find flaky ones, every other time with a background load on all cores, and prints the result and duration of each
# run. Fails if any run fails.
# Usage: build/repeat-tests.sh [RUNS]; the default is 20.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

runs=${1:-20}
dotnet build tests/Rnn.MLNet.Tests -c Release -f net10.0 -v q
program=$(dotnet msbuild tests/Rnn.MLNet.Tests -p:Configuration=Release -p:TargetFramework=net10.0 -getProperty:TargetPath)
log=$(mktemp)
load=()
rest() {
    [ ${#load[@]} -eq 0 ] || kill "${load[@]}" 2> /dev/null || true
    load=()
}
trap 'rest; rm -f "$log"' EXIT

green=0
for run in $(seq "$runs"); do
    beside=""
    if [ $((run % 2)) -eq 0 ]; then
        beside="under load"
        for _ in $(seq "$(nproc)"); do
            sh -c 'while :; do :; done' &
            load+=($!)
        done
    fi

    start=$SECONDS
    result="FAILED"
    if dotnet "$program" -noColor > "$log" 2>&1; then
        result="passed"
        green=$((green + 1))
    fi

    rest
    printf '%2d  %s  %s  %4d s  %s\n' "$run" "$result" "$(grep -o 'Total: [0-9].*Not Run: [0-9]*' "$log" | tail -n 1)" $((SECONDS - start)) "$beside"
    [ "$result" = passed ] || grep -A 12 '\[FAIL\]' "$log" || tail -n 20 "$log"
done
echo "$green of $runs runs passed"
[ "$green" -eq "$runs" ]
