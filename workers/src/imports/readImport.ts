/** Reads the file of an import: its preview with thumbnails, or the runs of another program. The reading process's output is checked here. */
import { AppError } from "@pareidolia/core/appError";
import {
  dictionary,
  integer,
  list,
  nullable,
  number,
  oneOf,
  optional,
  record,
  type ShapeValue,
  text,
} from "@pareidolia/core/documentShape";
import type { ByteImage } from "@pareidolia/core/image";
import { foreignFormats, importLimits } from "@pareidolia/exchange/imports/foreignData";
import { type ImportPreview, importPreviewShape } from "@pareidolia/exchange/imports/importPreview";
import { maxThumbnails, thumbnailSide } from "@pareidolia/exchange/imports/thumbnail";
import { checked, type ImportFile, misbehaved, type ReadLimits, runImportProcess } from "./runImportProcess.ts";

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
const history = record({ metric: text, steps: list(number), values: list(number) });
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
  histories: optional(list(history)),
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
export type ReadRun = ShapeValue<typeof runShape>;
export type ReadImage = Omit<ShapeValue<typeof imageShape>, "width" | "height" | "channels"> & { readonly image: ByteImage };

export type ReadEvent =
  | { readonly kind: "run"; readonly run: ReadRun }
  /** Of the last run. */
  | { readonly kind: "image"; readonly image: ReadImage }
  | { readonly kind: "skipped"; readonly what: string; readonly reason: string }
  | { readonly kind: "warning"; readonly warning: string };

const thumbnailShape = record({ width: integer, height: integer, channels: integer, label: text });
const maxLabelLength = 100;

export interface ReadThumbnail {
  readonly image: ByteImage;
  readonly label: string;
}

export interface ReadPreview {
  readonly preview: ImportPreview;
  readonly thumbnails: readonly ReadThumbnail[];
}

function toThumbnail(header: unknown, pixels: Uint8Array): ReadThumbnail {
  const { label, ...shape } = thumbnailShape(header, "thumbnail");
  return { label: label.slice(0, maxLabelLength), image: imageOf(shape, { pixels, maxSide: thumbnailSide }) };
}

export async function readPreview(file: ImportFile, signal: AbortSignal, limits?: ReadLimits): Promise<ReadPreview> {
  let preview: ImportPreview | null = null;
  const thumbnails: ReadThumbnail[] = [];
  for await (const { kind, header, bytes } of runImportProcess(file, { task: "preview", limits, signal }))
    if (kind === "preview") preview = checked(() => importPreviewShape((header as { readonly preview?: unknown }).preview, "preview"));
    else if (kind === "thumbnail" && thumbnails.length < maxThumbnails) thumbnails.push(checked(() => toThumbnail(header, bytes)));
    else throw misbehaved();
  if (preview === null) throw misbehaved();
  return { preview, thumbnails };
}

export async function* readRuns(file: ImportFile, signal: AbortSignal, limits?: ReadLimits): AsyncGenerator<ReadEvent, void, undefined> {
  let runs = 0;
  let images = 0;
  let notices = 0;
  for await (const { kind, header, bytes } of runImportProcess(file, { task: "runs", limits, signal })) {
    if (kind === "run" && ++runs <= importLimits.runs) yield { kind, run: checked(() => runShape(header, "run")) };
    else if (kind === "image" && runs > 0 && ++images <= importLimits.images) yield { kind, image: checked(() => toImage(header, bytes)) };
    else if (kind === "skipped" && ++notices <= 2 * importLimits.images + importLimits.notices)
      yield { kind, ...checked(() => skippedShape(header, "skipped")) };
    else if (kind === "warning" && ++notices <= 2 * importLimits.images + importLimits.notices)
      yield { kind, ...checked(() => record({ warning: text })(header, "warning")) };
    else throw misbehaved();
  }
}

function toImage(header: unknown, pixels: Uint8Array): ReadImage {
  const { width, height, channels, ...of } = imageShape(header, "image");
  return { ...of, image: imageOf({ width, height, channels }, { pixels, maxSide: importLimits.imageSide }) };
}

/** @throws AppError CORRUPT_DATA for pixels that are not of this size. */
function imageOf(
  { width, height, channels }: { readonly width: number; readonly height: number; readonly channels: number },
  { pixels, maxSide }: { readonly pixels: Uint8Array; readonly maxSide: number },
): ByteImage {
  const isImage = (channels === 1 || channels === 3) && width > 0 && height > 0 && Math.max(width, height) <= maxSide;
  if (!isImage || pixels.length !== width * height * channels)
    throw new AppError("CORRUPT_DATA", "An image has another size than it declares.");
  return { width, height, channels, pixels };
}
