/** onnxruntime on the processor, on CUDA and on WebGPU. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Availability, Engine } from "../engine.ts";
import { findWebGpu } from "../findWebGpu.ts";
import { probeEngine } from "../probeEngine.ts";
import { openOnnxClassifier } from "./openOnnxClassifier.ts";

async function findProcessor(): Promise<Availability> {
  try {
    await import("onnxruntime-node");
    return { state: "ready", device: "processor" };
  } catch (error) {
    return { state: "broken", reason: error instanceof Error ? error.message : String(error) };
  }
}

function cudaLibrary(): string {
  const main = createRequire(import.meta.url).resolve("onnxruntime-node");
  const folder = path.join(path.dirname(main), "..", "bin", "napi-v6", process.platform, process.arch);
  return path.join(folder, "libonnxruntime_providers_cuda.so");
}

export const onnxEngines: readonly Engine[] = [
  {
    id: "onnxruntime-cuda",
    title: "onnxruntime on an NVIDIA GPU",
    async findAvailability(environment) {
      if (!existsSync(cudaLibrary()))
        return {
          state: "absent",
          how: "needs an NVIDIA GPU, CUDA 12 and cuDNN 9, and onnxruntime's CUDA libraries: node node_modules/onnxruntime-node/script/install",
        };
      const probe = await probeEngine("onnxruntime-cuda", environment);
      return probe.loads ? { state: "ready", device: "GPU" } : { state: "broken", reason: probe.reason };
    },
    open: (model, options) => openOnnxClassifier({ model, ...options, provider: "cuda" }),
  },
  {
    id: "onnxruntime-webgpu",
    title: "onnxruntime on any GPU",
    findAvailability: (environment) => findWebGpu("onnxruntime-webgpu", environment),
    open: (model, options) => openOnnxClassifier({ model, ...options, provider: "webgpu" }),
  },
  {
    id: "onnxruntime-cpu",
    title: "onnxruntime on the processor",
    findAvailability: findProcessor,
    open: (model, options) => openOnnxClassifier({ model, ...options }),
  },
];
