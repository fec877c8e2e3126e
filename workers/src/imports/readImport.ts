/**
 * Reads the file of an import in a process without rights, within limits on time and memory. What that process says is checked again here,
 * since a file may have taken it over.
 */
import { fileURLToPath } from "node:url";
import { type StopCode, startGuardedProcess } from "@pareidolia/classifiers/intake/guardedProcess";
import { AppError } from "@pareidolia/core/appError";
import { dictionary, integer, list, nullable, number, oneOf, record, type ShapeValue, text } from "@pareidolia/core/documentShape";
import type { ByteImage } from "@pareidolia/core/image";
import type { ColumnChoice } from "@pareidolia/exchange/imports/columnRoles";
import { foreignFormats, importLimits } from "@pareidolia/exchange/imports/foreignData";
import { type ImportPreview, importPreviewShape } from "@pareidolia/exchange/imports/importPreview";
import { type Frame, readFrames } from "./frames.ts";

export interface ImportQuestion {
  readonly fileName: string;
  readonly choices: readonly ColumnChoice[];
  readonly previewOnly: boolean;
}

export interface ImportFile extends Omit<ImportQuestion, "previewOnly"> {
  readonly bytes: Uint8Array;
}

export interface ReadLimits {
  readonly seconds: number;
  /** Resident memory without that for the file. */
  readonly memoryBytes: number;
}

const value = (given: unknown, path: string): string | number | boolean =>
  typeof given === "number" || typeof given === "boolean" ? given : text(given, path);
const date = (given: unknown, path: string): Date | null => {
  const content = nullable(text)(given, path);
  if (content === null) return null;
  const parsed = new Date(content);
  if (!(parsed.getTime() > 0 && parsed.getFullYear() < 2200)) return null;
  return parsed;
};
const point = record({ generation: integer, median: number, mean: number, minimum: number, maximum: number });
const runShape = record({
  format: oneOf(foreignFormats),
  sourceKey: text,
  name: text,
  state: oneOf(["SUCCEEDED", "FAILED", "CANCELLED"]),
  sourceState: text,
  parameters: dictionary(value),
  metrics: dictionary(number),
  tags: list(text),
  notes: text,
  startedAt: date,
  endedAt: date,
  curve: list(point),
});
const imageShape = record({
  width: integer,
  height: integer,
  channels: integer,
  niche: nullable(integer),
  label: nullable(text),
  claimed: nullable(number),
  generation: nullable(integer),
  sourceId: nullable(text),
  sourceParentId: nullable(text),
});
const skippedShape = record({ what: text, reason: text });
const kindShape = record({ kind: oneOf(["preview", "run", "image", "skipped", "warning", "refused", "end"]) });

export type ReadRun = ShapeValue<typeof runShape>;
export type ReadImage = Omit<ShapeValue<typeof imageShape>, "width" | "height" | "channels"> & { readonly image: ByteImage };

export type ReadEvent =
  | { readonly kind: "run"; readonly run: ReadRun }
  /** Of the last run. */
  | { readonly kind: "image"; readonly image: ReadImage }
  | { readonly kind: "skipped"; readonly what: string; readonly reason: string }
  | { readonly kind: "warning"; readonly warning: string };

const limitsOf = {
  preview: { seconds: 60, memoryBytes: 512 * 2 ** 20 },
  whole: { seconds: 900, memoryBytes: 512 * 2 ** 20 },
} as const satisfies Readonly<Record<string, ReadLimits>>;
/** Memory per byte of the file: the file twice, and the strings of a table. */
const memoryPerByte = 10;
const heapMegabytes = 1_536;
const fromSource = import.meta.url.endsWith(".ts");
const program = fileURLToPath(new URL(fromSource ? "./importProcess.ts" : "./importProcess.js", import.meta.url));

const reasons: Readonly<Record<StopCode, string>> = {
  TOO_SLOW: "This file cannot be imported: reading it took too long.",
  TOO_LARGE: "This file cannot be imported: reading it took more memory than a file of its size may use.",
  MISBEHAVED: "The file crashed its inspection, so it cannot be imported.",
};

/** @throws AppError INVALID_INPUT with the reason for a file that cannot be imported. */
async function* ask(
  { bytes, fileName, choices }: ImportFile,
  { previewOnly, limits, signal }: { readonly previewOnly: boolean; readonly limits: ReadLimits; readonly signal: AbortSignal },
): AsyncGenerator<Frame & { readonly kind: ShapeValue<typeof kindShape>["kind"] }, void, undefined> {
  signal.throwIfAborted();
  const question: ImportQuestion = { fileName, choices, previewOnly };
  const guarded = startGuardedProcess({
    program,
    heapMegabytes,
    limits: { seconds: limits.seconds, memoryBytes: limits.memoryBytes + memoryPerByte * bytes.length },
    input: [Buffer.from(`${JSON.stringify(question)}\n`), bytes],
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
  }
  const { stopped } = await guarded.ended;
  signal.throwIfAborted();
  if (!ended) throw new AppError("INVALID_INPUT", reasons[stopped ?? "MISBEHAVED"]);
}

function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new AppError("INVALID_INPUT", reasons.MISBEHAVED, { cause });
  }
}

export async function readPreview(file: ImportFile, signal: AbortSignal, limits: ReadLimits = limitsOf.preview): Promise<ImportPreview> {
  let preview: ImportPreview | null = null;
  for await (const { kind, header } of ask(file, { previewOnly: true, limits, signal }))
    if (kind === "preview") preview = checked(() => importPreviewShape((header as { readonly preview?: unknown }).preview, "preview"));
  if (preview === null) throw new AppError("INVALID_INPUT", reasons.MISBEHAVED);
  return preview;
}

export async function* readRuns(
  file: ImportFile,
  signal: AbortSignal,
  limits: ReadLimits = limitsOf.whole,
): AsyncGenerator<ReadEvent, void, undefined> {
  let runs = 0;
  let images = 0;
  let notices = 0;
  for await (const { kind, header, bytes } of ask(file, { previewOnly: false, limits, signal })) {
    if (kind === "run" && ++runs <= importLimits.runs) yield { kind, run: checked(() => runShape(header, "run")) };
    else if (kind === "image" && runs > 0 && ++images <= importLimits.images) yield { kind, image: checked(() => toImage(header, bytes)) };
    else if (kind === "skipped" && ++notices <= 2 * importLimits.images + importLimits.notices)
      yield { kind, ...checked(() => skippedShape(header, "skipped")) };
    else if (kind === "warning" && ++notices <= 2 * importLimits.images + importLimits.notices)
      yield { kind, ...checked(() => record({ warning: text })(header, "warning")) };
    else throw new AppError("INVALID_INPUT", reasons.MISBEHAVED);
  }
}

function toImage(header: unknown, pixels: Uint8Array): ReadImage {
  const { width, height, channels, ...of } = imageShape(header, "image");
  const isImage = (channels === 1 || channels === 3) && width > 0 && height > 0 && Math.max(width, height) <= importLimits.imageSide;
  if (!isImage || pixels.length !== width * height * channels)
    throw new AppError("CORRUPT_DATA", "An image has another size than it declares.");
  return { ...of, image: { width, height, channels, pixels } };
}
