# The API. Build from the repository: docker build -f docker/api.Dockerfile -t pareidolia-api .
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

# Keeps only the files of Prisma for PostgreSQL.
FROM node:22-bookworm-slim AS dependencies
ENV ONNXRUNTIME_NODE_INSTALL=skip
WORKDIR /app
COPY --from=manifests /app ./
RUN npm ci --omit=dev --no-fund --no-audit --workspace=apps/api
COPY docker/keepDependencies.mjs /tmp/
RUN node /tmp/keepDependencies.mjs apps/api \
 && find node_modules/@prisma/client/runtime -name '*.wasm-base64.*' ! -name '*.postgresql.*' -delete

FROM node:22-bookworm-slim
ENV NODE_ENV=production PAREIDOLIA_HOME=/data PAREIDOLIA_PERSISTED_OPERATIONS=/app/persistedOperations.json
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/packages packages
COPY --from=build /app/apps/api apps/api
COPY --from=build /app/apps/web/src/graphql/generated/persistedOperations.json ./
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 4000
CMD ["node", "apps/api/dist/main.js"]
