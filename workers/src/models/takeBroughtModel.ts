/**
 * Takes in a model that somebody brought, by its file or by its address: it is looked at in a process of its own before anything of
 * it is opened here. What was fetched is kept once it is found good; from then on it is that file, whatever its address says later.
 */
import { createHash } from "node:crypto";
import { fetchModel } from "@pareidolia/classifiers/intake/fetchModel";
import { inspectModel } from "@pareidolia/classifiers/intake/inspectModel";
import { AppError } from "@pareidolia/core/appError";
import type { ModelRecord } from "@pareidolia/persistence/models/readModels";
import { fileKey } from "@pareidolia/persistence/objectStores/objectStore";
import type { RunContext } from "../runs/runContext.ts";

export interface BroughtModel {
  readonly sha256: string;
  readonly byteLength: number;
  /** What its inspection found. */
  readonly about: Readonly<Record<string, unknown>>;
}

type Context = Pick<RunContext, "objectStore" | "stop"> & { readonly allowLoopback?: boolean };

/** As an upload's. */
const largestFetched = 256 * 2 ** 20;
const fetchSeconds = 300;

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A server that does not answer ends the check as well: whoever named it reads why, and may have it checked again. */
async function fetchFrom(url: string, { stop, allowLoopback }: Context): Promise<Uint8Array> {
  try {
    return await fetchModel(url, { signal: stop, allowLoopback, maximumBytes: largestFetched, seconds: fetchSeconds });
  } catch (error) {
    if (error instanceof AppError) throw new AppError("INVALID_INPUT", error.message, { cause: error });
    throw error;
  }
}

async function readStored(sha256: string, { objectStore }: Context): Promise<Uint8Array> {
  const bytes = await objectStore.get(fileKey(sha256));
  if (sha256Of(bytes) !== sha256) throw new AppError("INVALID_INPUT", "The stored file is damaged. Upload it again.");
  return bytes;
}

/** @throws AppError INVALID_INPUT with the reason when it is refused. */
export async function takeBroughtModel(model: ModelRecord, context: Context): Promise<BroughtModel> {
  const { labels, preprocessing, url } = model;
  if (preprocessing === null)
    throw new AppError(
      "INVALID_INPUT",
      "Nobody said what happens to an image before the network. Register it again with its pre-processing.",
    );
  const isFetched = model.sha256 === "" && url !== null;
  const bytes = isFetched ? await fetchFrom(url, context) : await readStored(model.sha256, context);
  const sha256 = isFetched ? sha256Of(bytes) : model.sha256;
  const report = await inspectModel({ model: { bytes }, declared: { labels, preprocessing }, signal: context.stop });
  if (report.kind === "refused") throw new AppError("INVALID_INPUT", report.reason);
  if (isFetched) await context.objectStore.put(fileKey(sha256), bytes, { contentType: "application/octet-stream" });
  const { format, input, classes, nodes, operators, parameters, multiplications, usage } = report;
  return {
    sha256,
    byteLength: bytes.length,
    about: { format, input, classes, nodes, operators, parameters, multiplications, inspection: usage },
  };
}
