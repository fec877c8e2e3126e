# The web application. Build from the repository: docker build -f docker/web.Dockerfile -t pareidolia-web .
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

FROM node:22-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000 KEEP_ALIVE_TIMEOUT=75000
WORKDIR /app
COPY --from=build /app/apps/web/.next/standalone ./
COPY --from=build /app/apps/web/.next/static apps/web/.next/static
USER node
EXPOSE 3000
CMD ["node", "apps/web/server.js"]
