/**
 * Runs the unprivileged process that reads the file of an import, within limits on time and memory. Its output is checked by the
 * caller, since a file may have taken it over.
 */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type StopCode, startGuardedProcess } from "@pareidolia/classifiers/intake/guardedProcess";
import { AppError } from "@pareidolia/core/appError";
import { oneOf, record, type ShapeValue, text } from "@pareidolia/core/documentShape";
import type { ColumnChoice } from "@pareidolia/exchange/imports/columnRoles";
import { type Frame, readFrames } from "./frames.ts";

/** What to read: the preview, the runs of another program's file, or the rows and files of an export of this product. */
export type ImportTask = "preview" | "runs" | "bundle";

export interface ImportQuestion {
  /** Size of the file that the process has open as descriptor 4. */
  readonly byteLength: number;
  readonly fileName: string;
  readonly choices: readonly ColumnChoice[];
  readonly task: ImportTask;
}

export interface ImportFile extends Omit<ImportQuestion, "task"> {
  readonly path: string;
}

export interface ReadLimits {
  /** For a small file. */
  readonly seconds: number;
  /** Bytes of a larger file for each further second. */
  readonly bytesPerSecond: number;
  /** Resident memory for a small file. */
  readonly memoryBytes: number;
  /** Resident memory for a file of any size. */
  readonly mostMemoryBytes: number;
}

const kindShape = record({
  kind: oneOf(["preview", "thumbnail", "run", "image", "skipped", "warning", "bundle", "rows", "file", "drawn", "refused", "end"] as const),
});

const mebibyte = 2 ** 20;
/** An export is not in memory, only the names of its files and the addresses of its rows. */
const limitsOf = {
  preview: { seconds: 120, bytesPerSecond: mebibyte, memoryBytes: 512 * mebibyte, mostMemoryBytes: 2_560 * mebibyte },
  runs: { seconds: 900, bytesPerSecond: mebibyte, memoryBytes: 512 * mebibyte, mostMemoryBytes: 2_560 * mebibyte },
  bundle: { seconds: 1_800, bytesPerSecond: mebibyte / 2, memoryBytes: 768 * mebibyte, mostMemoryBytes: 2_560 * mebibyte },
} as const satisfies Readonly<Record<ImportTask, ReadLimits>>;
/** Memory per byte of the file, up to `mostMemoryBytes`: the file of another program twice, and the strings of its table. */
const memoryPerByte = 10;
const heapMegabytes = 1_536;
const fromSource = import.meta.url.endsWith(".ts");
const program = fileURLToPath(new URL(fromSource ? "./importProcess.ts" : "./importProcess.js", import.meta.url));

const reasons: Readonly<Record<StopCode, string>> = {
  TOO_SLOW: "This file cannot be imported: reading it took too long.",
  TOO_LARGE: "This file cannot be imported: reading it took more memory than a file of its size may use.",
  MISBEHAVED: "The file crashed its inspection, so it cannot be imported.",
};

export const misbehaved = (cause?: unknown): AppError => new AppError("INVALID_INPUT", reasons.MISBEHAVED, { cause });

/** @throws AppError INVALID_INPUT if the process sends data of another shape. */
export function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw misbehaved(cause);
  }
}

export interface Asking {
  readonly task: ImportTask;
  readonly signal: AbortSignal;
  readonly limits?: ReadLimits | undefined;
}

/** @throws AppError INVALID_INPUT with the reason for a file that cannot be imported. */
export async function* runImportProcess(
  { path, byteLength, fileName, choices }: ImportFile,
  { task, signal, limits = limitsOf[task] }: Asking,
): AsyncGenerator<Frame & { readonly kind: ShapeValue<typeof kindShape>["kind"] }, void, undefined> {
  signal.throwIfAborted();
  const question: ImportQuestion = { byteLength, fileName, choices, task };
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  const guarded = startGuardedProcess({
    program,
    heapMegabytes,
    limits: {
      seconds: limits.seconds + byteLength / limits.bytesPerSecond,
      memoryBytes: Math.min(limits.memoryBytes + memoryPerByte * byteLength, limits.mostMemoryBytes),
    },
    input: [Buffer.from(JSON.stringify(question))],
    file: file.fd,
    signal,
  });
  let ended = false;
  try {
    for await (const frame of readFrames(guarded.output)) {
      const { kind } = checked(() => kindShape(frame.header, "message"));
      if (kind === "refused") {
        const { reason } = checked(() => record({ reason: text })(frame.header, "message"));
        throw new AppError("INVALID_INPUT", reason.slice(0, 1_000));
      }
      if (kind === "end") {
        ended = true;
        break;
      }
      yield { ...frame, kind };
    }
  } finally {
    // Ends the process of a caller that stops reading.
    if (!ended) guarded.stop("MISBEHAVED");
    guarded.output.destroy();
    await file.close();
  }
  const { stopped } = await guarded.ended;
  signal.throwIfAborted();
  if (!ended) throw new AppError("INVALID_INPUT", reasons[stopped ?? "MISBEHAVED"]);
}
