/**
 * Inspects a user's model. The file is untrusted, so it is read and run in a separate process: without our environment variables,
 * without permission to write, to read outside the program or to start processes, with limits on time and memory, and killed with its
 * process group.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { AppError } from "@pareidolia/core/appError";
import { writeHead } from "./envelope.ts";
import { watchMemory } from "./memoryWatch.ts";
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

interface Ending {
  readonly report: string;
  readonly stopped: RefusalCode | null;
  readonly peakBytes: number;
}

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
  const child = start();
  const ended = follow(child, { ...limits, memoryBytes: limits.memoryBytes + memoryFor(total) }, options.signal);
  const parts = [{ path: "", bytes: size }, ...sidecars.map(([name, { length }]) => ({ path: name, bytes: length }))];
  send(child, [
    writeHead({ declared: options.declared, parts }),
    "bytes" in options.model ? options.model.bytes : createReadStream(options.model.path),
    ...sidecars.map(([, bytes]) => bytes),
    // Fails if the process ends before it has read everything; then `ended` says why.
  ]).catch(() => undefined);
  const { report, stopped, peakBytes } = await ended;
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
  const found = await stat(model.path).catch(() => null);
  if (found?.isFile() === true) return found.size;
  throw new AppError("INVALID_INPUT", `The file ${path.basename(model.path)} does not exist.`);
}

/** No variables of ours, such as addresses and passwords. With glibc, this setting returns large freed blocks to the system. */
const environment = { MALLOC_MMAP_THRESHOLD_: "131072" };

function start(): ChildProcess {
  const flags = [
    `--max-old-space-size=${heapMegabytes}`,
    "--permission",
    "--allow-addons",
    "--allow-worker",
    `--allow-fs-read=${readableFolder()}`,
    "--disable-warning=ExperimentalWarning",
    "--disable-warning=SecurityWarning",
    ...(fromSource ? ["--conditions=source"] : []),
  ];
  return spawn(process.execPath, [...flags, program], {
    cwd: "/",
    env: environment,
    detached: true,
    stdio: ["pipe", "ignore", "ignore", "pipe"],
  });
}

/** The program and its libraries: the folder above the node_modules that contains the engine, which also contains our packages. */
function readableFolder(): string {
  const library = fileURLToPath(import.meta.resolve("onnxruntime-node"));
  return path.join(library.slice(0, library.indexOf(`${path.sep}node_modules${path.sep}`)), "*");
}

async function send({ stdin }: ChildProcess, parts: readonly (Uint8Array | Readable)[]): Promise<void> {
  if (stdin === null) return;
  await pipeline(async function* () {
    for (const part of parts) yield* part instanceof Uint8Array ? [part] : part;
  }, stdin);
}

function follow(child: ChildProcess, limits: InspectionLimits, signal: AbortSignal | undefined): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let stopped: RefusalCode | null = null;
    let report = "";
    const stop = (code: RefusalCode | null): void => {
      stopped ??= code;
      killGroup(child);
    };
    const onAbort = (): void => stop(null);
    const timer = setTimeout(() => stop("TOO_SLOW"), limits.seconds * 1000);
    const memory = watchMemory(child.pid, limits.memoryBytes, () => stop("TOO_LARGE"));
    signal?.addEventListener("abort", onAbort, { once: true });
    (child.stdio[3] as Readable).on("data", (chunk: Buffer) => {
      report += chunk.toString("latin1");
      if (report.length > maxReportLength) stop("MISBEHAVED");
    });
    const end = (): void => {
      clearTimeout(timer);
      memory.close();
      signal?.removeEventListener("abort", onAbort);
      killGroup(child);
    };
    child.on("error", (cause) => {
      end();
      reject(new AppError("UNAVAILABLE", "The inspection process could not be started. Try again in a moment.", { cause }));
    });
    child.on("close", () => {
      end();
      resolve({ report: Buffer.from(report, "latin1").toString("utf8"), stopped, peakBytes: memory.peakBytes });
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Already ended.
  }
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
