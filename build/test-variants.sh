#!/usr/bin/env bash
# Runs the tests with other runtime settings: without hardware intrinsics, without AVX2, without AVX-512, with the server garbage collector,
# without profile-guided optimisation, and under a culture with a decimal comma. Prints one line for each.
# Usage: build/test-variants.sh [ARGUMENT…]; the arguments are passed to the test program (-class, -namespace).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

variants=(
    "DOTNET_EnableHWIntrinsic=0"
    "DOTNET_EnableAVX2=0"
    "DOTNET_EnableAVX512=0 DOTNET_EnableAVX512F=0"
    "DOTNET_gcServer=1"
    "DOTNET_TieredPGO=0"
    "RNN_TESTS_FOREIGN_CULTURE=1"
)

dotnet build tests/Rnn.MLNet.Tests -c Release -f net10.0 -v q
program=$(dotnet msbuild tests/Rnn.MLNet.Tests -p:Configuration=Release -p:TargetFramework=net10.0 -getProperty:TargetPath)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
for variant in "${variants[@]}"; do
    # shellcheck disable=SC2086
    if env $variant dotnet "$program" -noColor "$@" > "$log" 2>&1; then
        result="passed"
    else
        result="FAILED"
        status=1
    fi
    summary=$(grep -o 'Total: .*' "$log" | tail -1 || true)
    echo "$variant: $result (${summary:-no summary})"
    [ "$result" = passed ] || grep -A 3 '\[FAIL\]' "$log" || tail -20 "$log"
done
exit "$status"
