/** tfjs on TensorFlow's native library, on WebGPU, on WebAssembly and in plain JavaScript. */
import { createRequire } from "node:module";
import { AppError } from "@pareidolia/core/appError";
import type { Engine } from "../engine.ts";
import { findWebGpu } from "../findWebGpu.ts";
import { probeEngine } from "../probeEngine.ts";
import { findNativeBuild, type NativeVariant } from "./nativeBuild.ts";
import { openTfjsClassifier } from "./openTfjsClassifier.ts";

const howToBuild = "npm run tensorflow -- cpu, or with an NVIDIA GPU: npm run tensorflow -- cuda";
const webGpuPackages = ["webgpu", "@tensorflow/tfjs-backend-webgpu"] as const;
const howToInstallWebGpu = "npm install --no-save webgpu@0.6.2 @tensorflow/tfjs-backend-webgpu@4.22.0";

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** What it was built for, or null without a build. The error of a record that cannot be read appears when the engine is opened. */
function readVariant(environment: NodeJS.ProcessEnv): NativeVariant | "unknown" | null {
  try {
    return findNativeBuild(environment)?.variant ?? null;
  } catch (error) {
    if (error instanceof AppError) return "unknown";
    throw error;
  }
}

export const tfjsEngines: readonly Engine[] = [
  {
    id: "tfjs-node-gpu",
    title: "tfjs on TensorFlow's native library",
    mayUseGpu: (environment) => ["cuda", "unknown"].includes(readVariant(environment) ?? ""),
    async findAvailability(environment) {
      if (readVariant(environment) === null) return { state: "absent", how: howToBuild };
      const probe = await probeEngine("tfjs-node-gpu", environment);
      if (!probe.loads) return { state: "broken", reason: `${probe.reason}; to rebuild it: ${howToBuild}` };
      return { state: "ready", device: / GPU\b/.test(probe.engine) ? "GPU" : "processor" };
    },
    async open(model, options, environment) {
      const build = findNativeBuild(environment);
      if (build === null) throw new AppError("UNAVAILABLE", `TensorFlow's native library is not built here: ${howToBuild}.`);
      return openTfjsClassifier({ model, ...options, backend: { kind: "native", packageFolder: build.packageFolder } });
    },
  },
  {
    id: "tfjs-webgpu",
    title: "tfjs on any GPU",
    async findAvailability(environment) {
      if (!webGpuPackages.every(isInstalled)) return { state: "absent", how: howToInstallWebGpu };
      return findWebGpu("tfjs-webgpu", environment);
    },
    async open(model, options) {
      if (!webGpuPackages.every(isInstalled))
        throw new AppError("UNAVAILABLE", `WebGPU for tfjs is not installed here: ${howToInstallWebGpu}.`);
      return openTfjsClassifier({ model, ...options, backend: { kind: "webgpu" } });
    },
  },
  {
    id: "tfjs-wasm",
    title: "tfjs on WebAssembly",
    findAvailability: async () => ({ state: "ready", device: "processor" }),
    open: (model, options) => openTfjsClassifier({ model, ...options, backend: { kind: "wasm" } }),
  },
  {
    id: "tfjs-cpu",
    title: "tfjs in plain JavaScript",
    findAvailability: async () => ({ state: "ready", device: "processor" }),
    open: (model, options) => openTfjsClassifier({ model, ...options, backend: { kind: "cpu" } }),
  },
];
