#!/usr/bin/env bash
# Runs all tests and prints the line and branch coverage of each room. Coverage is information, not a goal: that a line is executed does not
# mean that its result is checked (docs/testing.md).
# Usage: build/coverage.sh [ARGUMENT…]; the arguments are passed to dotnet test (--filter).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

results=$(mktemp -d)
failed=0
trap 'rm -rf "$results"' EXIT
dotnet test tests/Rnn.MLNet.Tests -c Release -f net10.0 --collect "XPlat Code Coverage" --results-directory "$results" "$@" -- \
    DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.Include='[Rnn.MLNet]*,[Rnn.MLNet.Experiments]*' \
    DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.ExcludeByFile='**/obj/**' || failed=1
awk '
    /<class / {
        match($0, /filename="[^"]*"/); file = substr($0, RSTART + 10, RLENGTH - 11)
        sub(/^(.*\/)?Rnn\.MLNet[.\/]/, "", file)
        room = file ~ /\// ? substr(file, 1, index(file, "/") - 1) : "."
        rooms[room] = 1
    }
    /<methods>/ { inside = 1 }
    /<\/methods>/ { inside = 0 }
    /<line / && !inside {
        lines[room]++
        if ($0 !~ /hits="0"/) { hit[room]++ }
        if (match($0, /\([0-9]+\/[0-9]+\)/)) {
            split(substr($0, RSTART + 1, RLENGTH - 2), part, "/")
            reached[room] += part[1]; branches[room] += part[2]
        }
    }
    END {
        printf "%-12s %7s %7s\n", "room", "lines", "branches"
        for (room in rooms) {
            printf "%-12s %6.1f%% %6.1f%%\n", room, 100 * hit[room] / lines[room], 100 * reached[room] / (branches[room] ? branches[room] : 1) | "sort"
        }
    }' "$results"/*/coverage.cobertura.xml
# The table is printed even if tests failed: instrumented code is slower, which a time limit of a child process may not allow for.
exit "$failed"
