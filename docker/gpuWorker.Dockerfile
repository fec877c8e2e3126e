# A worker on an NVIDIA GPU: tfjs-node-gpu on TensorFlow 2.15.1 with CUDA 12.2 and cuDNN 8.9, all pinned by SHA-256 in
# apps/launcher/src/tensorflow/wheels.ts. The host needs a driver for CUDA 12.2 or newer and NVIDIA's container toolkit.
# Not tested. Build from the repository: docker build -f docker/gpuWorker.Dockerfile -t pareidolia-gpu-worker .
# Start: docker run --gpus all -e DATABASE_URL=... -e S3_ENDPOINT=... pareidolia-gpu-worker
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

FROM node:22-bookworm AS tensorflow
ENV PAREIDOLIA_TENSORFLOW=/opt/tensorflow
WORKDIR /app
COPY --from=build /app ./
RUN npm run tensorflow -- cuda

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
ENV PAREIDOLIA_TENSORFLOW=/opt/tensorflow PAREIDOLIA_ENGINE=tfjs-node-gpu
ENV LD_LIBRARY_PATH=/opt/tensorflow/cuda/nvidia/cublas/lib:/opt/tensorflow/cuda/nvidia/cuda_cupti/lib:/opt/tensorflow/cuda/nvidia/cuda_nvrtc/lib:/opt/tensorflow/cuda/nvidia/cuda_runtime/lib:/opt/tensorflow/cuda/nvidia/cudnn/lib:/opt/tensorflow/cuda/nvidia/cufft/lib:/opt/tensorflow/cuda/nvidia/curand/lib:/opt/tensorflow/cuda/nvidia/cusolver/lib:/opt/tensorflow/cuda/nvidia/cusparse/lib:/opt/tensorflow/cuda/nvidia/nccl/lib:/opt/tensorflow/cuda/nvidia/nvjitlink/lib
ENV XLA_FLAGS=--xla_gpu_cuda_data_dir=/opt/tensorflow/cuda/nvidia/cuda_nvcc
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/packages packages
COPY --from=build /app/workers workers
COPY --from=tensorflow /opt/tensorflow /opt/tensorflow
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
CMD ["node", "workers/dist/main.js"]
