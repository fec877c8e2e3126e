/** All encodings. To add one, create a folder and add a line here. */
import { AppError } from "@pareidolia/core/appError";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import { cppnEncoding } from "./cppn/cppnEncoding.ts";
import { directEncoding } from "./direct/directEncoding.ts";

export const encodings: readonly EncodingDefinition<unknown>[] = [directEncoding, cppnEncoding];

/** @throws AppError INVALID_INPUT for an unknown ID. */
export function getEncoding(id: string): EncodingDefinition<unknown> {
  const definition = encodings.find((candidate) => candidate.id === id);
  if (definition === undefined)
    throw new AppError("INVALID_INPUT", `Unknown encoding "${id}". Known: ${encodings.map((e) => e.id).join(", ")}.`, {
      field: "encoding",
    });
  return definition;
}
