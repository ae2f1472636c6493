#!/usr/bin/env bash
# Builds the documentation site, guides and API reference, into artifacts/site. A warning of docfx or a broken link fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

repository=https://github.com/rnn-mlnet/Rnn.MLNet
work=artifacts/docs
rm -rf "$work/source" "$work/api" artifacts/site
mkdir -p "$work"

# The libraries, and beside them what they refer to, so that docfx knows every type.
for package in Report Images; do
    dotnet build "src/Rnn.MLNet.$package" -c Release -f net10.0 -p:CopyLocalLockFileAssemblies=true -o "$work/bin" -v quiet
done

# Pages link to samples and sources as GitHub shows them, relative to docs/. On the site these are links to the repository.
cp -r docs "$work/source"
sed -i "s#](\.\./#]($repository/blob/main/#g" "$work"/source/*.md

dotnet tool restore > /dev/null
dotnet docfx docs/docfx.json --warningsAsErrors --logLevel warning
dotnet run docs/site/CheckLinks.cs -- artifacts/site "$repository" .
