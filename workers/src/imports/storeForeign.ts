/** Stores the images of a file's runs, and describes the runs for the transaction that writes them. */
import { createHash } from "node:crypto";
import { toLine } from "@pareidolia/core/lineText";
import { importLimits } from "@pareidolia/exchange/imports/foreignData";
import type { ImportReport } from "@pareidolia/exchange/imports/importReport";
import { encodePng } from "@pareidolia/images/png";
import type { ImportRecord } from "@pareidolia/persistence/files/imports/readImports";
import type { NewImportedImage, NewImportedRun } from "@pareidolia/persistence/files/imports/writeImportedRuns";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { type RetryOptions, withRetries } from "../withRetries.ts";
import { toTags } from "./importedTags.ts";
import type { ReadEvent, ReadImage, ReadRun } from "./readImport.ts";

export interface StoredForeign {
  readonly runs: readonly NewImportedRun[];
  readonly report: Omit<ImportReport, "createdExperimentIds">;
}

interface Options {
  readonly record: ImportRecord;
  readonly objectStore: Pick<ObjectStore, "put">;
  readonly retry: RetryOptions;
  /** Called with the number of images stored. */
  readonly onStored: (images: number) => Promise<void>;
}

const maxNameLength = 120;
const maxNotesLength = 20_000;

export async function storeForeign(
  events: AsyncIterable<ReadEvent>,
  { record, objectStore, retry, onStored }: Options,
): Promise<StoredForeign> {
  const runs: { readonly run: ReadRun; readonly images: NewImportedImage[] }[] = [];
  const warnings: string[] = [];
  const skipped: { what: string; reason: string }[] = [];
  let [skippedCount, imageCount] = [0, 0];
  for await (const event of events) {
    if (event.kind === "run") runs.push({ run: event.run, images: [] });
    else if (event.kind === "image") {
      runs.at(-1)?.images.push(await store(event.image));
      await onStored(++imageCount);
    } else if (event.kind === "warning") warnings.push(event.warning.slice(0, 500));
    else if (++skippedCount <= importLimits.notices) skipped.push({ what: event.what.slice(0, 200), reason: event.reason.slice(0, 300) });
  }

  async function store({ image, ...of }: ReadImage): Promise<NewImportedImage> {
    const png = encodePng(image);
    const sha256 = createHash("sha256").update(png).digest("hex");
    await withRetries(() => objectStore.put(imageKey(sha256), png, { contentType: "image/png" }), retry);
    const { width, height, channels } = image;
    return {
      ...of,
      label: of.label?.slice(0, 200) ?? null,
      sourceId: of.sourceId?.slice(0, 200) ?? null,
      sourceParentId: of.sourceParentId?.slice(0, 200) ?? null,
      image: { sha256, width, height, channels, byteLength: png.length },
    };
  }

  return {
    runs: runs.map(({ run, images }) => describe(run, images, record)),
    report: { runCount: runs.length, imageCount, warnings: warnings.slice(0, importLimits.notices), skipped, skippedCount },
  };
}

/** Postgres stores no NUL in text. */
const clean = (text: string): string => text.replaceAll("\0", "");

function describe(run: ReadRun, images: readonly NewImportedImage[], { id, fileName, sha256 }: ImportRecord): NewImportedRun {
  const { format, sourceKey, sourceState, parameters, metrics, curve, histories, startedAt, endedAt } = run;
  return {
    kind: "imported",
    name: toLine(run.name).slice(0, maxNameLength),
    state: run.state,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [clean(name), typeof value === "string" ? clean(value) : value]),
    ),
    notes: clean(run.notes).slice(0, maxNotesLength),
    tags: toTags(run.tags),
    startedAt,
    endedAt,
    images,
    plan: {
      method: format,
      source: { importId: id, fileName, sha256, key: clean(sourceKey), state: clean(sourceState) },
      metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [clean(name), value])),
      imageCount: images.length,
      curve,
      histories: (histories ?? []).map((history) => ({ ...history, metric: clean(history.metric) })),
    },
  };
}
