# Trains on Debian 12. There is no image of .NET 10 for it, so the program brings its runtime. docs/deploying.md says how to build and run it.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish samples/Mnist -c Release -r linux-x64 --self-contained -o /app

FROM debian:12-slim
# libssl3: .NET computes the checksums of saved models with it. libstdc++6 and libgcc-s1, which libtorch and ONNX Runtime need, are in the image.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libssl3 \
    && rm -rf /var/lib/apt/lists/*
# Without this ONNX Runtime reports its use to Microsoft.
ENV ORT_DISABLE_TELEMETRY=1
WORKDIR /app
COPY --from=build /app .
USER 1654
ENTRYPOINT ["./Mnist"]
