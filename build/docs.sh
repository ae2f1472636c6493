#!/usr/bin/env bash
# Builds the documentation site, guides and API reference, into artifacts/site. A warning of docfx or a broken link fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

repository=$(dotnet msbuild build/Package.props -getProperty:RepositoryUrl)
work=artifacts/docs
rm -rf "$work/source" artifacts/site
mkdir -p "$work/source/guides"

# The libraries, and beside them what they refer to, so that docfx knows every type.
for package in Report Images; do
    dotnet build "src/Rnn.MLNet.$package" -c Release -f net10.0 -p:CopyLocalLockFileAssemblies=true -o "$work/bin" -v quiet
done

# The pages as the site has them: the home page, the guides in a folder of their own.
cp -r docs/*.md docs/toc.yml docs/*/ "$work/source/guides"
mv "$work"/source/guides/{index.md,site/{toc.yml,namespaces.md}} "$work/source"
rm -r "$work/source/guides/site"
cp build/icon.svg "$work/source/logo.svg"
sed -i "s#](\([a-z-]*\.md\)#](guides/\1#g" "$work/source/index.md"
# On GitHub, links out of docs/ lead to samples and sources. On the site they lead to the repository.
sed -i "s#](\.\./#]($repository/blob/main/#g" "$work"/source/*.md "$work"/source/guides/*.md

dotnet tool restore > /dev/null
dotnet docfx docs/docfx.json --warningsAsErrors --logLevel warning
dotnet run docs/site/CheckLinks.cs -- artifacts/site "$repository" .
