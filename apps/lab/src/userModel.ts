/**
 * A user's model for an experiment, described by a small JSON file: ID, pre-processing, and the paths of the network and its labels,
 * relative to the JSON file.
 */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { checkPreprocessing, type Preprocessing } from "@pareidolia/core/preprocessing";

export interface UserModel {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly labels: readonly string[];
  readonly preprocessing: Preprocessing;
}

/** @throws AppError INVALID_INPUT for a missing or invalid field. */
export async function readUserModel(path: string): Promise<UserModel> {
  const folder = dirname(resolve(path));
  const description = parseDescription(path, await readText(path));
  const firstLabel = description.firstLabel ?? 0;
  const labels = (await readText(resolve(folder, text(description, "labels")))).split(/\r?\n/).filter((line) => line !== "");
  const bytes = await readFile(resolve(folder, text(description, "file"))).catch((cause: unknown) =>
    missing(text(description, "file"), cause),
  );
  if (typeof firstLabel !== "number" || !Number.isInteger(firstLabel) || firstLabel < 0 || firstLabel >= labels.length)
    throw new AppError("INVALID_INPUT", `firstLabel must be the number of a line in the labels, from 0 to ${labels.length - 1}.`, {
      field: "firstLabel",
    });
  return {
    id: text(description, "id"),
    bytes,
    labels: labels.slice(firstLabel),
    preprocessing: readPreprocessing(description.preprocessing),
  };
}

function parseDescription(path: string, json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw new AppError("INVALID_INPUT", `${path} is not JSON. It must describe a model with id, file, labels and preprocessing.`, {
      cause,
    });
  }
  throw new AppError("INVALID_INPUT", `${path} must be one object with id, file, labels and preprocessing.`);
}

function text(description: Readonly<Record<string, unknown>>, field: string): string {
  const value = description[field];
  if (typeof value !== "string" || value === "")
    throw new AppError("INVALID_INPUT", `The model's description has no "${field}".`, { field });
  return value;
}

function readPreprocessing(value: unknown): Preprocessing {
  const given = (typeof value === "object" && value !== null ? value : {}) as Partial<Preprocessing>;
  const { width, height, channels, channelOrder = "RGB", layout = "NCHW", mean = [0], deviation = [1] } = given;
  if ((channels !== 1 && channels !== 3) || !["RGB", "BGR"].includes(channelOrder) || !["NCHW", "NHWC"].includes(layout))
    throw new AppError(
      "INVALID_INPUT",
      "preprocessing needs width, height, channels 1 or 3, channelOrder RGB or BGR, layout NCHW or NHWC.",
      {
        field: "preprocessing",
      },
    );
  if (typeof width !== "number" || typeof height !== "number" || !Array.isArray(mean) || !Array.isArray(deviation))
    throw new AppError("INVALID_INPUT", "preprocessing needs width and height as numbers, mean and deviation as lists of numbers.", {
      field: "preprocessing",
    });
  return checkPreprocessing({ width, height, channels, channelOrder, layout, mean, deviation });
}

async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => missing(path, cause));
}

function missing(path: string, cause: unknown): never {
  throw new AppError("INVALID_INPUT", `Cannot read ${path}.`, { cause });
}
