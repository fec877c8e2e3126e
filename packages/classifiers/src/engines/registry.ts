/** All engines. A new engine is a line here. */
import { AppError } from "@pareidolia/core/appError";
import type { Engine } from "./engine.ts";
import { onnxEngines } from "./onnxruntime/onnxEngines.ts";
import { tfjsEngines } from "./tfjs/tfjsEngines.ts";

export const engines: readonly Engine[] = [...onnxEngines, ...tfjsEngines];

/** @throws AppError INVALID_INPUT for an unknown id. */
export function getEngine(id: string): Engine {
  const engine = engines.find((known) => known.id === id);
  if (engine !== undefined) return engine;
  throw new AppError("INVALID_INPUT", `There is no engine "${id}". Known: ${engines.map((known) => known.id).join(", ")}.`, {
    field: "engine",
  });
}
