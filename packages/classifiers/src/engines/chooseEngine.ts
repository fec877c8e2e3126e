/**
 * Which engine runs networks in this process: the one that PAREIDOLIA_ENGINE names, else a GPU that loads, else onnxruntime on the
 * processor, which is faster there than any tfjs, else whatever loads. WebGPU is taken by name only: the GPU that it finds may be
 * one in software.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Engine } from "./engine.ts";
import { getEngine } from "./registry.ts";

export interface EngineChoice {
  readonly engine: Engine;
  /** For the log. */
  readonly reason: string;
}

const preferred = ["onnxruntime-cuda", "tfjs-node-gpu", "onnxruntime-cpu", "tfjs-node-gpu", "tfjs-wasm", "tfjs-cpu"] as const;
/** Up to here a processor does not count: the ones after it are for machines without a GPU. */
const onlyWithGpu = 2;

/** @throws AppError INVALID_INPUT for an unknown name, UNAVAILABLE when the named engine, or every engine, does not load. */
export async function chooseEngine(environment: NodeJS.ProcessEnv, named?: string): Promise<EngineChoice> {
  const setting = named ?? environment["PAREIDOLIA_ENGINE"];
  if (setting !== undefined && setting !== "") {
    const engine = getEngine(setting);
    const found = await engine.findAvailability(environment);
    if (found.state === "absent") throw new AppError("UNAVAILABLE", `The engine ${setting} is not installed here: ${found.how}.`);
    if (found.state === "broken") throw new AppError("UNAVAILABLE", `The engine ${setting} does not load here: ${found.reason}`);
    return { engine, reason: named === undefined ? "named by PAREIDOLIA_ENGINE" : "asked for" };
  }
  const passedOver: string[] = [];
  for (const [place, id] of preferred.entries()) {
    const engine = getEngine(id);
    const found = await engine.findAvailability(environment);
    if (found.state === "ready" && (place >= onlyWithGpu || found.device === "GPU"))
      return { engine, reason: [`the fastest that loads on this ${found.device}`, ...passedOver].join("; ") };
    if (found.state === "broken") passedOver.push(`${id} does not load (${found.reason})`);
  }
  throw new AppError("UNAVAILABLE", `No engine loads on this machine: ${passedOver.join("; ")}.`);
}

let chosen: Promise<EngineChoice> | null = null;

/** The choice of this process, made once. */
export function defaultEngine(): Promise<EngineChoice> {
  chosen ??= chooseEngine(process.env);
  return chosen;
}
