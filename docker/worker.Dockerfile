# One worker. Start one per spare core. The image also sets up the database (see compose.yaml).
# Build from the repository: docker build -f docker/worker.Dockerfile -t pareidolia-worker .
# The stages "manifests" and "build" are the same in every Dockerfile here, so the builder runs them once for all images. Dependencies
# are installed before the sources are copied, so changing the sources does not reinstall them.
FROM node:22-bookworm-slim AS manifests
WORKDIR /app
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete && find . -type d -empty -delete

FROM node:22-bookworm-slim AS build
ENV NEXT_TELEMETRY_DISABLED=1 ONNXRUNTIME_NODE_INSTALL=skip PAREIDOLIA_WEB_OUTPUT=standalone
WORKDIR /app
COPY --from=manifests /app ./
RUN npm ci --no-fund --no-audit
COPY . .
RUN npm run build

# Keeps only the files of Prisma for PostgreSQL, and the libraries of onnxruntime-node for this platform.
FROM node:22-bookworm-slim AS dependencies
ENV ONNXRUNTIME_NODE_INSTALL=skip
WORKDIR /app
COPY --from=manifests /app ./
RUN npm ci --omit=dev --no-fund --no-audit --workspace=workers
COPY docker/keepDependencies.mjs /tmp/
RUN node /tmp/keepDependencies.mjs workers \
 && find node_modules/@prisma/client/runtime -name '*.wasm-base64.*' ! -name '*.postgresql.*' -delete \
 && cd node_modules/onnxruntime-node/bin/napi-v6 && arch=$(node -p process.arch) \
 && mv linux/$arch /tmp/onnxruntime && rm -rf ./* && mkdir linux && mv /tmp/onnxruntime linux/$arch

FROM node:22-bookworm-slim
ENV NODE_ENV=production PAREIDOLIA_HOME=/data PAREIDOLIA_HEARTBEAT_FILE=/tmp/pareidolia-heartbeat
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/packages packages
COPY --from=build /app/workers workers
COPY --from=build /app/apps/launcher apps/launcher
COPY --from=build /app/prisma/migrations prisma/migrations
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
CMD ["node", "workers/dist/main.js"]
