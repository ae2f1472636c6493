#!/usr/bin/env bash
# Publishes the programs of docs/deploying.md in every way that its table lists, runs each, and prints the table: the sizes in MB (10^6 bytes) and
# whether the program ran. Takes ten to twenty minutes and 3 GB of temporary files; publishing native code needs clang and zlib1g-dev.
# Usage: build/measure-deployment.sh [NAME...]     only the rows whose names contain one of the words
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 ORT_DISABLE_TELEMETRY=1
rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wanted=("$@")
problems=0

# The model that the programs score with.
dotnet run -c Release --project samples/Mnist -- --limit 10000 --epochs 3 --model "$work/digits.zip" --onnx "$work/digits.onnx" > "$work/log" \
    || { cat "$work/log" >&2; exit 1; }

asked() {
    [ ${#wanted[@]} -eq 0 ] && return
    local word
    for word in "${wanted[@]}"; do
        [[ $1 == *$word* ]] && return
    done
    return 1
}

# row NAME EXPECTED PROJECT OPTIONS...: EXPECTED is "runs", or the words that the program or the publishing fails with.
row() {
    local name=$1 expected=$2 project=$3 size="" files="" outcome out program
    shift 3
    asked "$name" || return 0
    rm -rf "$work/artifacts" "$work/out"
    out=$work/out
    program=$out/$(basename "$project")
    if dotnet publish "$project" -c Release --artifacts-path "$work/artifacts" -o "$out" -v q "$@" > "$work/log" 2>&1; then
        size=$(find "$out" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%.0f", sum / 1e6 }')
        files=$(find "$out" -type f | wc -l)
        case $project in
            */Scoring) run "$program" "$work/digits.zip" data/mnist "$work/scores.txt" ;;
            */NativeAot) run "$program" "$work/digits.onnx" data/mnist "$work/scores.txt" ;;
            *) run "$program" --limit 500 --epochs 1 --model "$work/other.zip" --onnx "$work/other.onnx" ;;
        esac && outcome=runs || outcome=$(cat "$work/log")
    else
        outcome=$(cat "$work/log")
    fi

    if [[ $outcome == *"$expected"* ]]; then
        outcome=$expected
    else
        echo "$name: expected '$expected', got: $outcome" >&2
        outcome="not as expected"
        problems=$((problems + 1))
    fi

    echo "| $name | ${size:--} | ${files:--} | $outcome |"
}

# A program for .NET 8 runs on .NET 8: where that is not installed, on the runtime that NuGet brings for self-contained programs.
run() {
    local root=${DOTNET_ROOT:-} pack version
    if grep -qs '"tfm": "net8.0"' "$1.runtimeconfig.json" && ! dotnet --list-runtimes | grep -q '^Microsoft.NETCore.App 8\.'; then
        pack=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')microsoft.netcore.app.runtime.$rid
        version=$(find "$pack" -mindepth 1 -maxdepth 1 -name '8.*' -printf '%f\n' | sort -V | tail -1)
        root=$work/dotnet
        mkdir -p "$root/host/fxr/$version" "$root/shared/Microsoft.NETCore.App/$version"
        cp "$pack/$version/runtimes/$rid/native/libhostfxr.so" "$root/host/fxr/$version/"
        cp "$pack/$version/runtimes/$rid/lib/net8.0/"* "$pack/$version/runtimes/$rid/native/"* "$root/shared/Microsoft.NETCore.App/$version/"
    fi
    DOTNET_ROOT=$root "$@" > "$work/log" 2>&1
}

scoring=samples/Deploying/Scoring
portable=-p:UseCurrentRuntimeIdentifier=false
trimmed=(-r "$rid" --self-contained -p:PublishTrimmed=true -p:SuppressTrimAnalysisWarnings=true)
single=(-r "$rid" --self-contained -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true)

echo "| Program | MB | Files | |"
echo "|---|---:|---:|---|"
row "scoring, .NET 8, portable" runs $scoring $portable -f net8.0
row "scoring, .NET 8" runs $scoring -r "$rid" --self-contained false -f net8.0
row "scoring, .NET 10, portable" runs $scoring -f net10.0 $portable
row "scoring, .NET 10" runs $scoring -f net10.0 -r "$rid" --self-contained false
row "scoring, .NET 10, self-contained" runs $scoring -f net10.0 -r "$rid" --self-contained
row "scoring, .NET 10, single file" runs $scoring -f net10.0 "${single[@]}"
row "scoring, .NET 10, TrimMode=partial" runs $scoring -f net10.0 "${trimmed[@]}" -p:TrimMode=partial
row "scoring, .NET 10, TrimMode=full" "Can't instantiate loadable class" $scoring -f net10.0 "${trimmed[@]}" -p:TrimMode=full
row "scoring, .NET 10, native AOT" "is missing native code or metadata" $scoring -f net10.0 -r "$rid" --self-contained -p:PublishAot=true -p:TreatWarningsAsErrors=false
row "an exported network, native AOT" runs samples/Deploying/NativeAot -r "$rid"
row "training, .NET 10, portable" runs samples/Mnist $portable
row "training, .NET 10" runs samples/Mnist -r "$rid" --self-contained false
row "training, .NET 10, self-contained" runs samples/Mnist -r "$rid" --self-contained
row "training, .NET 10, single file" runs samples/Mnist "${single[@]}"
row "training, .NET 10, TrimMode=partial" runs samples/Mnist "${trimmed[@]}" -p:TrimMode=partial
exit $((problems > 0))
