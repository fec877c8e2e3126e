/**
 * Inspects a user's model. The file is untrusted, so it is read and run in a separate process: without our environment variables,
 * without permission to write, to read outside the program or to start processes, with limits on time and memory, and killed with its
 * process group.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "@pareidolia/core/appError";
import { writeHead } from "./envelope.ts";
import { startGuardedProcess } from "./guardedProcess.ts";
import type { DeclaredModel, InspectionUsage, ModelReport, RefusalCode } from "./modelReport.ts";

export interface InspectionLimits {
  /** Total size of the model and its weight files. */
  readonly maximumBytes: number;
  readonly seconds: number;
  /** Base memory of the inspection process, including a trial on several images at once. Each byte of the file adds more. */
  readonly memoryBytes: number;
}

export interface InspectionOptions {
  /** The model's bytes, or the path of its file. */
  readonly model: { readonly bytes: Uint8Array } | { readonly path: string };
  /** Weight files by path relative to the model's folder. */
  readonly sidecars?: ReadonlyMap<string, Uint8Array>;
  readonly declared: DeclaredModel;
  readonly limits?: Partial<InspectionLimits>;
  readonly signal?: AbortSignal;
}

const defaultLimits: InspectionLimits = { maximumBytes: 600 * 2 ** 20, seconds: 30, memoryBytes: 250 * 2 ** 20 };
/**
 * Memory per byte of the file: raw bytes, decoded numbers, the engine's file, and the engine. Small files may be quantised, which adds a
 * factor of four.
 */
const memoryPerByte = { small: 48, large: 6, smallUpTo: 16 * 2 ** 20 };
const heapMegabytes = 192;
const fromSource = import.meta.url.endsWith(".ts");
const program = fileURLToPath(new URL(fromSource ? "./inspectionProcess.ts" : "./inspectionProcess.js", import.meta.url));
const maxReportLength = 4 * 2 ** 20;

/**
 * @throws AppError INVALID_INPUT if the file does not exist, UNAVAILABLE if no process can be started; or the reason of an aborted
 * signal.
 */
export async function inspectModel(options: InspectionOptions): Promise<ModelReport> {
  const limits = { ...defaultLimits, ...options.limits };
  const began = performance.now();
  const usage = (peakBytes: number): InspectionUsage => ({ seconds: (performance.now() - began) / 1000, peakBytes });
  options.signal?.throwIfAborted();
  const size = await sizeOf(options.model);
  const sidecars = [...(options.sidecars ?? [])];
  const total = sidecars.reduce((sum, [, bytes]) => sum + bytes.length, size);
  if (total > limits.maximumBytes) {
    const reason = `This model has ${total} bytes; the limit is ${limits.maximumBytes}.`;
    return { kind: "refused", code: "TOO_LARGE", reason, usage: usage(0) };
  }
  const parts = [{ path: "", bytes: size }, ...sidecars.map(([name, { length }]) => ({ path: name, bytes: length }))];
  const guarded = startGuardedProcess({
    program,
    heapMegabytes,
    limits: { seconds: limits.seconds, memoryBytes: limits.memoryBytes + memoryFor(total) },
    input: [
      writeHead({ declared: options.declared, parts }),
      "bytes" in options.model ? options.model.bytes : createReadStream(options.model.path),
      ...sidecars.map(([, bytes]) => bytes),
    ],
    signal: options.signal,
  });
  let written = "";
  guarded.output.on("data", (chunk: Buffer) => {
    written += chunk.toString("latin1");
    if (written.length > maxReportLength) guarded.stop("MISBEHAVED");
  });
  const { stopped, peakBytes } = await guarded.ended;
  const report = Buffer.from(written, "latin1").toString("utf8");
  options.signal?.throwIfAborted();
  if (stopped !== null) return { kind: "refused", code: stopped, reason: reasonOfStop(stopped, limits), usage: usage(peakBytes) };
  const answer = parse(report);
  if (answer === null) {
    const reason = "This model crashed the inspection.";
    return { kind: "refused", code: "MISBEHAVED", reason, usage: usage(peakBytes) };
  }
  return { ...answer.report, usage: usage(Math.max(peakBytes, answer.peakBytes)) };
}

function memoryFor(bytes: number): number {
  const { small, large, smallUpTo } = memoryPerByte;
  return small * Math.min(bytes, smallUpTo) + large * Math.max(0, bytes - smallUpTo);
}

async function sizeOf(model: InspectionOptions["model"]): Promise<number> {
  if ("bytes" in model) return model.bytes.length;
  const found = await stat(model.path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  });
  if (found?.isFile() === true) return found.size;
  throw new AppError("INVALID_INPUT", `The file ${path.basename(model.path)} does not exist.`);
}

function reasonOfStop(code: RefusalCode, { seconds }: InspectionLimits): string {
  if (code === "TOO_SLOW") return `This model could not be inspected within ${seconds} seconds.`;
  if (code === "TOO_LARGE") return "This model needs more memory than a file of its size may use.";
  return "This model crashed the inspection.";
}

type ReportWithoutUsage = ModelReport extends infer Report ? (Report extends ModelReport ? Omit<Report, "usage"> : never) : never;

function parse(line: string): { readonly report: ReportWithoutUsage; readonly peakBytes: number } | null {
  try {
    return JSON.parse(line) as { report: ReportWithoutUsage; peakBytes: number };
  } catch {
    return null;
  }
}
