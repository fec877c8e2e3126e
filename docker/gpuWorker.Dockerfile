# A worker on an NVIDIA GPU: tfjs-node-gpu on TensorFlow 2.15.1 with CUDA 12.2 and cuDNN 8.9, all pinned by SHA-256 in
# apps/launcher/src/tensorflow/wheels.ts. The host needs a driver for CUDA 12.2 or newer and NVIDIA's container toolkit.
# Never run by this project. Build from the repository: docker build -f docker/gpuWorker.Dockerfile -t pareidolia-gpu-worker .
# Start: docker run --gpus all -e DATABASE_URL=... -e S3_ENDPOINT=... pareidolia-gpu-worker
FROM node:22-bookworm AS build
WORKDIR /app
ENV PAREIDOLIA_TENSORFLOW=/opt/tensorflow
COPY . .
RUN npm ci --no-fund --no-audit && npm run build
RUN npm run tensorflow -- cuda

FROM node:22-bookworm-slim
ENV NODE_ENV=production PAREIDOLIA_HOME=/data PAREIDOLIA_TENSORFLOW=/opt/tensorflow PAREIDOLIA_ENGINE=tfjs-node-gpu
ENV LD_LIBRARY_PATH=/opt/tensorflow/cuda/nvidia/cublas/lib:/opt/tensorflow/cuda/nvidia/cuda_cupti/lib:/opt/tensorflow/cuda/nvidia/cuda_nvrtc/lib:/opt/tensorflow/cuda/nvidia/cuda_runtime/lib:/opt/tensorflow/cuda/nvidia/cudnn/lib:/opt/tensorflow/cuda/nvidia/cufft/lib:/opt/tensorflow/cuda/nvidia/curand/lib:/opt/tensorflow/cuda/nvidia/cusolver/lib:/opt/tensorflow/cuda/nvidia/cusparse/lib:/opt/tensorflow/cuda/nvidia/nccl/lib:/opt/tensorflow/cuda/nvidia/nvjitlink/lib
ENV XLA_FLAGS=--xla_gpu_cuda_data_dir=/opt/tensorflow/cuda/nvidia/cuda_nvcc
WORKDIR /app
COPY --from=build --chown=node:node /app /app
COPY --from=build /opt/tensorflow /opt/tensorflow
RUN mkdir /data && chown node:node /data
USER node
CMD ["node", "workers/dist/main.js"]
