#!/usr/bin/env bash
# Builds the libraries with one known fault of tests/faults at a time and runs the tests that should detect it. Prints one line for each fault.
# Fails if a fault is not detected or a patch does not apply.
# Usage: build/try-faults.sh [PATCH…]; the default is all patches.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 UseSharedCompilation=true

if [ $# -eq 0 ]; then
    mapfile -t patches < <(find tests/faults -name '*.patch' | sort)
else
    patches=("$@")
fi

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy"
log=$copy/log.txt
build() {
    dotnet build "$copy/$1" -c Release -f net10.0 -v q --nologo -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false > "$log" 2>&1
}

# Images are tested by a program of their own.
tests_of() {
    case "$1" in
        tests/faults/images/*) echo tests/Rnn.MLNet.Images.Tests ;;
        *) echo tests/Rnn.MLNet.Tests ;;
    esac
}
filters_of() {
    sed -n 's/^Tests: *//p' "$@" | tr ' ' '\n' | sed '/^$/d' | sort -u | sed 's/^/-class\n/'
}

declare -A programs
for tests in $(for patch in "${patches[@]}"; do tests_of "$patch"; done | sort -u); do
    build "$tests" || { cat "$log"; exit 1; }
    programs[$tests]=$(dotnet msbuild "$copy/$tests" -p:Configuration=Release -p:TargetFramework=net10.0 -getProperty:TargetPath)
    dotnet "${programs[$tests]}" -list classes > "$copy/$(basename "$tests").txt"

    # The tests must pass without a fault; otherwise their failure would prove nothing.
    mapfile -t own < <(for patch in "${patches[@]}"; do [ "$(tests_of "$patch")" != "$tests" ] || echo "$patch"; done)
    mapfile -t filters < <(filters_of "${own[@]}")
    dotnet "${programs[$tests]}" "${filters[@]}" -noColor > "$log" 2>&1 || { tail -n 40 "$log"; exit 1; }
done

status=0 caught=0
for patch in "${patches[@]}"; do
    mapfile -t filters < <(filters_of "$patch")
    tests=$(tests_of "$patch")
    program=${programs[$tests]}
    result="NOT CAUGHT"
    if [ ${#filters[@]} -eq 0 ] || printf '%s\n' "${filters[@]}" | grep -vx -e -class | grep -vxFqf "$copy/$(basename "$tests").txt"; then
        result="NO SUCH TESTS"
    elif ! git -C "$copy" apply "$PWD/$patch" 2> "$log"; then
        result="DOES NOT APPLY"
    else
        # These projects reference all other libraries. The tests compile the source files of samples and benchmarks themselves, and build the application on .NET 8.
        project=src/Rnn.MLNet.Report
        if [ "$tests" = tests/Rnn.MLNet.Images.Tests ]; then
            project=src/Rnn.MLNet.Images
        elif grep -q '^+++ b/\(samples\|benchmarks\|src/Rnn.MLNet/Net8\)/' "$patch"; then
            project=tests/Rnn.MLNet.Tests
        fi

        if ! build "$project"; then
            result="DOES NOT COMPILE"
        else
            if [ "$project" != "$tests" ]; then
                cp "$(dotnet msbuild "$copy/$project" -p:Configuration=Release -p:TargetFramework=net10.0 -getProperty:TargetDir)"Rnn.MLNet*.dll "$(dirname "$program")"
            fi

            if ! timeout 300 dotnet "$program" "${filters[@]}" -stopOnFail -noColor > "$log" 2>&1; then
                result="caught"
                caught=$((caught + 1))
            fi
        fi

        git -C "$copy" apply -R "$PWD/$patch"
    fi

    [ "$result" = caught ] || status=1
    printf '%-16s %s: %s\n' "$result" "$(basename "$patch" .patch)" "$(head -n 1 "$patch")"
done
echo "$caught of ${#patches[@]} faults caught"
exit $status
