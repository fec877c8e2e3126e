/** Loads tfjs with one backend, the only one of its process or thread. */
import { createRequire } from "node:module";
import { registerGradients } from "./registerGradients.ts";
import type { TensorFlow } from "./tensorFlow.ts";
import type { TfjsBackend } from "./tfjsThreadSetup.ts";
import { overrideWasmGradients } from "./wasmGradients.ts";
import { overrideWebGpuGradients } from "./webGpuGradients.ts";

/** For CommonJS: `import` would first search each file of a megabyte for the names that it exports, which takes longer than loading it. */
const require = createRequire(import.meta.url);

export interface LoadedBackend {
  readonly tf: TensorFlow;
  /** Library, version and device, for a run's manifest. */
  readonly description: string;
}

export async function loadBackend(backend: TfjsBackend): Promise<LoadedBackend> {
  if (backend.kind === "native") return loadNative(backend.packageFolder);
  const tf = require("@tensorflow/tfjs-core") as TensorFlow;
  await registerGradients();
  tf.enableProdMode(); // no checks, and no advertisement of the native backend on standard error
  switch (backend.kind) {
    case "cpu":
      require("@tensorflow/tfjs-backend-cpu");
      await tf.setBackend("cpu");
      break;
    case "wasm":
      require("@tensorflow/tfjs-backend-wasm");
      await tf.setBackend("wasm");
      overrideWasmGradients(tf);
      break;
    case "webgpu":
      await loadWebGpu();
      await tf.setBackend("webgpu");
      overrideWebGpuGradients(tf);
  }
  await tf.ready();
  if (tf.getBackend() !== backend.kind) throw new Error(`tfjs chose ${tf.getBackend()} instead of ${backend.kind}`);
  return { tf, description: `tfjs ${tf.version_core} ${backend.kind === "webgpu" ? `WebGPU, ${adapterOf(tf)}` : backend.kind}` };
}

/** The package has its own tfjs-core, with all gradients registered, on TensorFlow's native library. */
function loadNative(packageFolder: string): LoadedBackend {
  const native = createRequire(`${packageFolder}/package.json`)(packageFolder) as TensorFlow & {
    readonly version: Readonly<Record<string, string>>;
  };
  const { binding, isUsingGpuDevice } = native.backend() as {
    readonly isUsingGpuDevice?: boolean;
    readonly binding?: { readonly TF_Version?: string };
  };
  const device = isUsingGpuDevice === true ? "GPU" : "CPU";
  return { tf: native, description: `tfjs-node-gpu ${native.version["tfjs-core"]} on TensorFlow ${binding?.TF_Version ?? "?"} ${device}` };
}

/** Vendor, architecture and driver of the GPU as WebGPU reports them; it may be a software implementation. */
function adapterOf(tf: TensorFlow): string {
  const { device } = tf.backend() as unknown as {
    readonly device: { readonly adapterInfo?: Readonly<Record<"vendor" | "architecture" | "description", string>> };
  };
  const { vendor = "", architecture = "", description = "" } = device.adapterInfo ?? {};
  const words = [vendor, architecture, description === "" ? "" : `(${description})`].filter((word) => word !== "");
  return words.join(" ") || "an adapter without a name";
}

/** The npm package of Dawn provides Node with WebGPU. Neither it nor tfjs's WebGPU backend is installed by default. */
async function loadWebGpu(): Promise<void> {
  const dawn = "webgpu";
  const { create, globals } = (await import(dawn)) as {
    create(options: string[]): { requestAdapter(): Promise<object | null> };
    globals: object;
  };
  const gpu = create([]);
  if ((await gpu.requestAdapter()) === null) throw new Error("WebGPU finds no adapter");
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  const packageName = "@tensorflow/tfjs-backend-webgpu";
  await import(packageName);
}
