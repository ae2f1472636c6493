#!/usr/bin/env bash
# Makes build/baseline from the public surface as it is now: after a release, or when something that no release had yet is taken back.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p build/baseline
for project in src/*/*.csproj; do
    dotnet pack "$project" -c Release -p:PackBaseline=true -o "$work" -v quiet
    name=$(basename "$project" .csproj)
    mv "$work/$name".*.nupkg "build/baseline/$name.nupkg"
done
ls -l build/baseline
