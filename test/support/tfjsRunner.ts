/** Runs graphs on a tfjs backend in a separate thread. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { findNativeBuild } from "@pareidolia/classifiers/engines/tfjs/nativeBuild";
import type { TfjsBackend } from "@pareidolia/classifiers/engines/tfjs/tfjsThreadSetup";
import type { Graph } from "@pareidolia/onnx/graph";
import { nodeFlags } from "./programs.ts";

export interface RunRequest {
  readonly graph: Graph;
  readonly x: Float32Array;
  readonly dims: readonly number[];
  /** Weights of the outputs in the sum to differentiate; null for no gradient. */
  readonly seed: Float32Array | null;
}

export type RunResult =
  | { readonly y: Float32Array; readonly shape: readonly number[]; readonly gradient: Float32Array; readonly leakedTensors: number }
  | { readonly refused: string };

export interface TfjsRunner {
  run(request: RunRequest): Promise<RunResult>;
  close(): Promise<void>;
}

export function startTfjsRunner(engine: string): TfjsRunner {
  const worker = new Worker(new URL("./tfjsRunnerThread.ts", import.meta.url), {
    workerData: backendOf(engine),
    execArgv: [...nodeFlags],
  });
  return {
    async run(request) {
      const message = once(worker, "message");
      worker.postMessage(request);
      return ((await message) as [RunResult])[0];
    },
    async close() {
      await worker.terminate();
    },
  };
}

function backendOf(engine: string): TfjsBackend {
  for (const kind of ["cpu", "wasm", "webgpu"] as const) if (engine === `tfjs-${kind}`) return { kind };
  const build = findNativeBuild(process.env);
  if (build === null) throw new Error("TensorFlow's native library is not built here.");
  return { kind: "native", packageFolder: build.packageFolder };
}
