/**
 * Chooses the engine of this process: the one named by PAREIDOLIA_ENGINE, otherwise a CUDA GPU if one loads, otherwise the fastest on
 * the processor. WebGPU engines must be named: onnxruntime does not report whether its adapter is a software implementation, which is
 * slower than the processor, and neither engine has been measured on a hardware GPU.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Availability, Engine } from "./engine.ts";
import { getEngine } from "./registry.ts";

export interface EngineChoice {
  readonly engine: Engine;
  /** For the log. */
  readonly reason: string;
}

/** GPUs before the processor, each with the fastest engine first. */
const preferred = [
  { device: "GPU", ids: ["onnxruntime-cuda", "tfjs-node-gpu"] },
  { device: "processor", ids: ["onnxruntime-cpu", "tfjs-node-gpu", "tfjs-wasm", "tfjs-cpu"] },
] as const;

const reasons = {
  GPU: ["the fastest that loads on this GPU"],
  processor: ["the fastest that loads on this processor", "WebGPU is used only if PAREIDOLIA_ENGINE names it"],
} as const;

/** @throws AppError INVALID_INPUT for an unknown name, UNAVAILABLE if the named engine does not load, or no engine does. */
export async function chooseEngine(environment: NodeJS.ProcessEnv, named?: string): Promise<EngineChoice> {
  const setting = named ?? environment["PAREIDOLIA_ENGINE"];
  if (setting !== undefined && setting !== "") {
    const engine = getEngine(setting);
    const found = await engine.findAvailability(environment);
    if (found.state === "absent") throw new AppError("UNAVAILABLE", `The engine ${setting} is not installed here: ${found.how}.`);
    if (found.state === "broken") throw new AppError("UNAVAILABLE", `The engine ${setting} does not load here: ${found.reason}`);
    return { engine, reason: named === undefined ? "named by PAREIDOLIA_ENGINE" : "requested" };
  }
  const found = new Map<string, Availability>();
  const skipped: string[] = [];
  for (const { device, ids } of preferred)
    for (const id of ids) {
      const engine = getEngine(id);
      if (device === "GPU" && engine.mayUseGpu?.(environment) === false) continue;
      const before = found.get(id);
      const availability = before ?? (await engine.findAvailability(environment));
      found.set(id, availability);
      if (availability.state === "ready" && availability.device === device)
        return { engine, reason: [...reasons[device], ...skipped].join("; ") };
      if (availability.state === "broken" && before === undefined) skipped.push(`${id} does not load (${availability.reason})`);
    }
  throw new AppError("UNAVAILABLE", `No engine loads on this machine: ${skipped.join("; ")}.`);
}

let chosen: Promise<EngineChoice> | null = null;

/** The engine of this process, chosen once. */
export function defaultEngine(): Promise<EngineChoice> {
  chosen ??= chooseEngine(process.env);
  return chosen;
}
