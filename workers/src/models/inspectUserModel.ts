/**
 * Inspects a user's model, given as a file or a URL, in a separate process before the worker opens it. The file of a URL is stored once
 * it is accepted. From then on the model is the stored file, even if the URL later returns another.
 */
import { createHash } from "node:crypto";
import { fetchModel } from "@pareidolia/classifiers/intake/fetchModel";
import { inspectModel } from "@pareidolia/classifiers/intake/inspectModel";
import { AppError } from "@pareidolia/core/appError";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { RunContext } from "../runs/runContext.ts";

export interface InspectedModel {
  readonly sha256: string;
  readonly byteLength: number;
  /** Findings of the inspection, for the model's report. */
  readonly findings: Readonly<Record<string, unknown>>;
}

type Context = Pick<RunContext, "objectStore" | "stop"> & { readonly allowLoopback?: boolean };

/** In bytes; the same limit as for uploads. */
const maxFetchedSize = 256 * 2 ** 20;
const fetchSeconds = 300;

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Any failed download ends the check, also if the server does not answer: the user sees the reason and can request another check. */
async function fetchFrom(url: string, { stop, allowLoopback }: Context): Promise<Uint8Array> {
  try {
    return await fetchModel(url, { signal: stop, allowLoopback, maximumBytes: maxFetchedSize, seconds: fetchSeconds });
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

/** @throws AppError INVALID_INPUT with the reason if the model is refused. */
export async function inspectUserModel(model: ModelRecord, context: Context): Promise<InspectedModel> {
  const { labels, preprocessing, url } = model;
  if (preprocessing === null)
    throw new AppError("INVALID_INPUT", "The pre-processing of this model is missing. Register the model again with its pre-processing.");
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
    findings: { format, input, classes, nodes, operators, parameters, multiplications, inspection: usage },
  };
}
