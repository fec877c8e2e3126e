/**
 * Which engine runs networks in this process: the one that PAREIDOLIA_ENGINE names, else a CUDA GPU that loads, else onnxruntime on the
 * processor, which is faster there than any tfjs, else whatever loads. WebGPU is taken by name only: onnxruntime does not say whether the
 * GPU that it found is one in software, which is slower than the processor, and on hardware nobody has measured either engine.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Availability, Engine } from "./engine.ts";
import { getEngine } from "./registry.ts";

export interface EngineChoice {
  readonly engine: Engine;
  /** For the log. */
  readonly reason: string;
}

/** With a GPU, then without one; the fastest first. */
const preferred = [
  { device: "GPU", ids: ["onnxruntime-cuda", "tfjs-node-gpu"] },
  { device: "processor", ids: ["onnxruntime-cpu", "tfjs-node-gpu", "tfjs-wasm", "tfjs-cpu"] },
] as const;

const reasons = {
  GPU: ["the fastest that loads on this GPU"],
  processor: ["the fastest that loads on this processor", "WebGPU is used only where it is named"],
} as const;

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
  const found = new Map<string, Availability>();
  const passedOver: string[] = [];
  for (const { device, ids } of preferred)
    for (const id of ids) {
      const engine = getEngine(id);
      const before = found.get(id);
      const availability = before ?? (await engine.findAvailability(environment));
      found.set(id, availability);
      if (availability.state === "ready" && availability.device === device)
        return { engine, reason: [...reasons[device], ...passedOver].join("; ") };
      if (availability.state === "broken" && before === undefined) passedOver.push(`${id} does not load (${availability.reason})`);
    }
  throw new AppError("UNAVAILABLE", `No engine loads on this machine: ${passedOver.join("; ")}.`);
}

let chosen: Promise<EngineChoice> | null = null;

/** The choice of this process, made once. */
export function defaultEngine(): Promise<EngineChoice> {
  chosen ??= chooseEngine(process.env);
  return chosen;
}
