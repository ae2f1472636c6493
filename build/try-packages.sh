#!/usr/bin/env bash
# Packs the committed state in two clones, compares the packages bit for bit and looks into them; then installs them from a folder into
# fresh console, test and web projects for .NET 8 and .NET 10, and runs these. It needs git, curl, unzip and the .NET 10 SDK.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 CI=true
repository=$PWD
work=$(mktemp -d)
packages="Rnn.MLNet Rnn.MLNet.Experiments Rnn.MLNet.Images Rnn.MLNet.Report"
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)-try
server=""
finish() {
    status=$?
    [ -z "$server" ] || kill "$server" 2> /dev/null || true
    if [ "$status" -ne 0 ]; then
        [ ! -f "$work/log" ] || tail -n 40 "$work/log"
        echo "try-packages.sh: FAILED after $SECONDS s"
    fi
    cd /
    rm -rf "$work"
    exit "$status"
}
trap finish EXIT
say() { echo "== $* ($SECONDS s)"; }
fail() {
    rm -f "$work/log"
    echo "$*"
    exit 1
}
# Runs a command whose output matters only if it fails.
quietly() { "$@" > "$work/log" 2>&1; }
version_of() { sed -n "s:.*<PackageVersion Include=\"$1\" Version=\"\([^\"]*\)\".*:\1:p" "$repository/Directory.Packages.props"; }

[ -z "$(git status --porcelain)" ] || echo "note: what is not committed is not packed"

commit=$(git rev-parse HEAD)
for clone in one two; do
    say "dotnet pack in clone $clone"
    git clone --quiet --no-hardlinks --no-checkout . "$work/$clone/repository"
    git -C "$work/$clone/repository" checkout --quiet "$commit"
    quietly dotnet pack "$work/$clone/repository/build/Packages.slnf" -c Release -p:Version="$version" -p:RunAnalyzers=false -o "$work/$clone/packages" -v quiet
done
(cd "$work/one/packages" && sha256sum -- *nupkg) > "$work/sums"
cat "$work/sums"
[ "$(wc -l < "$work/sums")" -eq $((2 * $(wc -w <<< "$packages"))) ] || fail "expected these packages, each with symbols: $packages"
(cd "$work/two/packages" && sha256sum --check --quiet "$work/sums") || fail "two clones make different packages"
echo "the same from both clones"

say "what is in the packages"
for package in $packages; do
    content="$work/content/$package"
    mkdir -p "$content"
    unzip -q "$work/one/packages/$package.$version.nupkg" -d "$content"
    for file in icon.png README.md LICENSE lib/{net8.0,net10.0}/"$package".{dll,xml}; do
        [ -s "$content/$file" ] || fail "$package lacks $file"
    done
    for element in icon readme projectUrl repository license; do
        grep -q "<$element[ >]" "$content/$package.nuspec" || fail "the nuspec of $package lacks $element"
    done
    if grep -nE '\]\([^)]*\)|(src|href)="' "$content/README.md" | grep -vE '\]\(https://[^)]*\)|="https://'; then
        fail "the README of $package has relative links"
    fi
    # The code in the README of a package is code of the console application below; the repository's README has a test of its own.
    [ "$package" = Rnn.MLNet ] || sed -n '/^```csharp/,/^```$/{/^```/d;s/^ *//;/./p}' "$content/README.md" | while read -r line; do
        grep -qF -- "$line" build/consumers/Console.cs || fail "the console application lacks this line of the README of $package: $line"
    done
    for framework in net8.0 net10.0; do
        quietly unzip -tq "$work/one/packages/$package.$version.snupkg" "lib/$framework/$package.pdb" || fail "$package has no symbols for $framework"
    done
    echo "$package asks for $(sed -n 's/.*<dependency id="\([^"]*\)" version="\([^"]*\)".*/\1 \2/p' "$content/$package.nuspec" | sort -u | paste -sd';' | sed 's/;/; /g')"
done
grep -q 'id="Microsoft.ML" version="\[5.0.1, 6.0.0)"' "$work/content/Rnn.MLNet/Rnn.MLNet.nuspec" || fail "Rnn.MLNet does not say which versions of Microsoft.ML it works with"

# The packages under test are installed from this folder and unpacked to this folder, so none of before is taken for them; all others
# come from the usual cache, if it has them.
cache=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
export NUGET_FALLBACK_PACKAGES=$cache NUGET_PACKAGES=$work/cache
mkdir "$work/consumers"
cat > "$work/consumers/nuget.config" << CONFIG
<configuration>
  <packageSources>
    <add key="packed" value="$work/one/packages" />
  </packageSources>
</configuration>
CONFIG

# create TEMPLATE FRAMEWORK PACKAGE...: a new project and its packages; it becomes the current directory.
create() {
    cd "$work/consumers"
    quietly dotnet new "$1" --output "$1-$2" --no-restore
    cd "$1-$2"
    # The templates of the .NET 10 SDK know .NET 10 alone.
    sed -i "s:<TargetFramework>.*</TargetFramework>:<TargetFramework>$2</TargetFramework>:" ./*.csproj
    for package in "${@:3}"; do
        quietly dotnet add package "$package" --version "$(case $package in Rnn.*) echo "$version" ;; *) version_of "$package" ;; esac)" --no-restore
    done
}

# build FRAMEWORK: for this platform only; with the runtime of .NET 8, which need not be installed.
build() {
    local selfContained=false
    [ "$1" = net10.0 ] || selfContained=true
    quietly dotnet build -p:UseCurrentRuntimeIdentifier=true -p:SelfContained=$selfContained "${@:2}" -v quiet
    output=$(dirname "$PWD"/bin/Debug/"$1"/*/"$(basename "$PWD").dll")
}

# All that a program gets with Rnn.MLNet, and why.
needed="
Rnn.MLNet                       the package
TorchSharp                      Rnn.MLNet: training, and scoring on a GPU
Microsoft.ML                    Rnn.MLNet: what it extends
Microsoft.ML.OnnxTransformer    Rnn.MLNet: the network in a saved zip
Microsoft.ML.OnnxRuntime        Rnn.MLNet: runs that network; OnnxTransformer brings only its managed part
Google.Protobuf                 Rnn.MLNet: writes ONNX; also OnnxTransformer and TorchSharp
System.Numerics.Tensors         Rnn.MLNet: vectorised functions; also Microsoft.ML
System.Text.Json                Rnn.MLNet on .NET 8: reads and writes JSON as .NET 10 does
Microsoft.ML.CpuMath            Microsoft.ML
Microsoft.ML.DataView           Microsoft.ML
Microsoft.ML.OnnxRuntime.Managed Microsoft.ML.OnnxRuntime
Newtonsoft.Json                 Microsoft.ML
System.CodeDom                  Microsoft.ML
Microsoft.Bcl.AsyncInterfaces   Microsoft.ML
System.Buffers                  Microsoft.ML
System.Collections.Immutable    Microsoft.ML
System.Memory                   Microsoft.ML
System.Reflection.Emit.Lightweight Microsoft.ML
System.Runtime.CompilerServices.Unsafe Microsoft.ML
System.Threading.Channels       Microsoft.ML
System.IO.Pipelines             System.Text.Json
System.Text.Encodings.Web       System.Text.Json
SharpZipLib                     TorchSharp
SkiaSharp                       TorchSharp
SkiaSharp.NativeAssets.macOS    SkiaSharp
SkiaSharp.NativeAssets.Win32    SkiaSharp
"
for framework in net8.0 net10.0; do
    say "$framework: what comes with Rnn.MLNet"
    create classlib $framework Rnn.MLNet
    quietly dotnet restore
    dotnet list package --include-transitive | awk '$1 == ">" { print $2, $NF }' > "$work/list"
    [ -s "$work/list" ] || fail "dotnet list package shows no package"
    while read -r name resolved; do
        reason=$(awk -v name="$name" '$1 == name { $1 = ""; print }' <<< "$needed")
        [ -n "$reason" ] || fail "who needs $name?"
        printf '%-40s %-10s %s\n' "$name" "$resolved" "$reason"
    done < "$work/list"

    say "$framework: console application"
    create console $framework $packages TorchSharp-cpu
    cp "$repository/build/consumers/Sequence.cs" .
    cp "$repository/build/consumers/Console.cs" Program.cs
    build $framework
    mkdir run
    (cd run && "$output/console-$framework") 2> "$work/log"
    cp run/model.zip "$work/model.zip"
    rm -rf "$PWD"

    say "$framework: tests"
    create xunit $framework Rnn.MLNet TorchSharp-cpu
    rm UnitTest1.cs
    cp "$repository"/build/consumers/{Sequence,Test}.cs .
    if [ $framework = net10.0 ]; then
        build $framework
        quietly dotnet test --no-build -p:UseCurrentRuntimeIdentifier=true
        grep "Passed: *2" "$work/log"
    else
        # Tests of xunit.v3 are a program, which can bring its runtime along.
        sed -i "s/\"xunit\" Version=\"[^\"]*\"/\"xunit.v3\" Version=\"$(version_of xunit.v3)\"/" ./*.csproj
        build $framework -p:OutputType=Exe
        "$output/xunit-$framework" -noColor > "$work/log"
        grep "Total: 2, Errors: 0, Failed: 0" "$work/log"
    fi
    rm -rf "$PWD"

    say "$framework: web application"
    create web $framework Rnn.MLNet TorchSharp-cpu
    cp "$repository/build/consumers/Sequence.cs" "$work/model.zip" .
    cp "$repository/build/consumers/Web.cs" Program.cs
    build $framework
    "$output/web-$framework" --urls http://127.0.0.1:0 > "$work/log" 2>&1 &
    server=$!
    for _ in $(seq 120); do
        address=$(sed -n 's/.*Now listening on: //p' "$work/log")
        [ -z "$address" ] || break
        sleep 0.5
    done
    # The mark is in the last time step but one.
    features=$(printf '0,%.0s' {1..24})1,1,1,1,0,0,0,0
    answer=$(curl --silent --show-error --fail --max-time 60 -H "content-type: application/json" -d "{\"features\":[$features]}" "$address/predict")
    kill "$server"
    wait "$server" || true
    server=""
    echo "POST /predict: $answer"
    grep -q '"answer":"late"' <<< "$answer" || fail "the answer is wrong"
    rm -rf "$PWD"
done

say "an older framework is refused"
cd "$work/consumers/classlib-net8.0"
sed -i 's/net8.0/net6.0/' ./*.csproj
! quietly dotnet restore || fail "Rnn.MLNet can be installed in a project for .NET 6"
grep -m 1 -o 'NU1202: Package Rnn.MLNet .* is not compatible with net6.0' "$work/log" || { cat "$work/log"; fail "NuGet refuses .NET 6, but not with NU1202"; }
say "try-packages.sh: all is well"
