# Scores in a chiselled image: no shell, no package manager, no root. docs/deploying.md says how to build and run it.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY build build
COPY samples/Directory.Build.targets samples/
COPY samples/Mnist/IdxFile.cs samples/Mnist/
COPY samples/Deploying samples/Deploying
RUN dotnet publish samples/Deploying/Scoring -c Release -f net10.0 -r linux-x64 --self-contained false -o /app

FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled
# Without this ONNX Runtime reports its use to Microsoft.
ENV ORT_DISABLE_TELEMETRY=1
WORKDIR /app
COPY --from=build /app .
ENTRYPOINT ["dotnet", "Scoring.dll"]
