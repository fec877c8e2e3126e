/**
 * Runs of a bundle, an export of this product. Its hashes are all checked first. The runs arrive as imported runs, with parameters, figures,
 * curve and images of their results. Genomes, scores and hash chains stay in the bundle: a score from a file would count as one that our
 * networks gave, wherever the image is shown.
 */
import type { ArchiveFile } from "@pareidolia/archive/archiveFiles";
import { AppError } from "@pareidolia/core/appError";
import type { ParameterValue } from "@pareidolia/core/parameterSpec";
import { manifestName } from "../bundleManifest.ts";
import type { RowOf } from "../bundleTables.ts";
import { type Bundle, readBundle } from "../readBundle.ts";
import {
  type CurvePoint,
  type EndedState,
  type ForeignData,
  type ForeignImage,
  type ForeignRun,
  importLimits,
  unreadable,
} from "./foreignData.ts";
import type { DecodeImage } from "./sferes.ts";

/** An image of a run, before its file is read. */
interface Result extends Omit<ForeignImage, "image"> {
  readonly sha256: string;
}

interface Collected {
  readonly row: RowOf<"runs">;
  readonly curve: CurvePoint[];
  readonly results: Result[];
}

export function isBundle(names: Iterable<string>): boolean {
  for (const name of names) if (name === manifestName) return true;
  return false;
}

/** @throws AppError CORRUPT_DATA for a bundle with other bytes than its manifest says; INVALID_INPUT for one without JSON lines. */
export async function readBundleRuns(files: ReadonlyMap<string, ArchiveFile>, decode: DecodeImage): Promise<ForeignData> {
  const bundle = await readBundle(files);
  const { manifest } = bundle;
  const count = manifest.tables.runs?.rows ?? 0;
  if (count === 0) throw unreadable("the bundle has no runs");
  if (count > importLimits.runs) throw unreadable(`it has ${count} runs; the limit is ${importLimits.runs}`);
  await bundle.verify();
  const labels: (readonly string[])[] = [];
  const models: string[] = [];
  for await (const model of bundle.rows("models")) {
    labels.push(model.labels);
    models.push(model.slug);
  }
  const keys = new Map<number, string>();
  for await (const { table, row, key } of bundle.rows("keys")) if (table === "runs") keys.set(row, key);
  const runs: Collected[] = [];
  for await (const row of bundle.rows("runs")) runs.push({ row, curve: [], results: [] });
  const runOf = (index: number): Collected => runs[index] as Collected;
  const labelOf = ({ row }: Collected, niche: number): string | null => labels[row.model]?.[niche] ?? null;
  for await (const { run, generation, median, mean, minimum, maximum } of bundle.rows("generations")) {
    const { curve } = runOf(run);
    if (curve.length < importLimits.curve) curve.push({ generation, median, mean, minimum, maximum });
  }
  await collectResults(bundle, { runOf, labelOf });
  const withImages = manifest.parts.includes("images");
  const images = withImages ? runs.reduce((sum, { results }) => sum + results.length, 0) : 0;
  if (images > importLimits.images) throw unreadable(`it has ${images} results; the limit is ${importLimits.images}`);
  const warnings = ["The runs become imported runs: genomes, scores, replaced elites and hash chains stay in the bundle."];
  if (!withImages) warnings.push("The bundle was made without images.");
  return {
    format: "pareidolia",
    warnings,
    skipped: [],
    unmapped: Object.keys(manifest.tables).filter((name) => leftOut.includes(name)),
    runs: runs.map((run, index) =>
      toRun(run, { key: keys.get(index) ?? `run ${index}`, model: models[run.row.model] ?? "", bundle, decode, withImages }),
    ),
  };
}

const leftOut: readonly string[] = ["comments", "genomes", "scores", "step_hashes", "milestones", "links", "chains", "sweeps"];

async function collectResults(
  bundle: Bundle,
  { runOf, labelOf }: { readonly runOf: (index: number) => Collected; readonly labelOf: (run: Collected, niche: number) => string | null },
): Promise<void> {
  const place = (run: number, generation: number, index: number): string => `${run} ${generation} ${index}`;
  const imageOfGenome = new Map<string, string>();
  for await (const { run, generation, index, image } of bundle.rows("genomes")) imageOfGenome.set(place(run, generation, index), image);
  const add = (run: number, niche: number, result: Pick<Result, "sha256" | "claimed" | "generation" | "sourceId">): void => {
    const collected = runOf(run);
    collected.results.push({ niche, label: labelOf(collected, niche), sourceParentId: null, ...result });
  };
  for await (const elite of bundle.rows("elites")) {
    if (elite.replaced_at !== null) continue;
    const sourceId = `${elite.genome_generation}.${elite.genome_index}`;
    const sha256 = imageOfGenome.get(place(elite.run, elite.genome_generation, elite.genome_index));
    if (sha256 === undefined) throw unreadable(`the bundle lacks the genome ${sourceId} of run ${elite.run}`);
    add(elite.run, elite.niche, { sha256, claimed: elite.stored_fitness, generation: elite.generation, sourceId });
  }
  for await (const row of bundle.rows("trajectories"))
    add(row.run, row.class, {
      sha256: row.image,
      claimed: row.stored_confidence,
      generation: null,
      sourceId: `${row.configuration}.${row.class}.${row.start}`,
    });
  for await (const row of bundle.rows("perturbations"))
    add(row.run, row.stored_class, { sha256: row.image, claimed: row.stored_confidence, generation: null, sourceId: String(row.index) });
  for await (const row of bundle.rows("link_elites"))
    add(row.run, row.niche, {
      sha256: row.image,
      claimed: row.stored_confidence,
      generation: null,
      sourceId: `${row.iteration}.${row.niche}`,
    });
}

const ended: Readonly<Partial<Record<string, EndedState>>> = { SUCCEEDED: "SUCCEEDED", FAILED: "FAILED", CRASHED: "FAILED" };

interface Source {
  readonly key: string;
  readonly model: string;
  readonly bundle: Bundle;
  readonly decode: DecodeImage;
  readonly withImages: boolean;
}

function toRun({ row, curve, results }: Collected, { key, model, bundle, decode, withImages }: Source): ForeignRun {
  const { kind, method, preset, seed, state, evaluations, generation, median, fooling_count: foolingCount, compute_seconds: seconds } = row;
  const own = { kind, method: method ?? "", preset, seed, model };
  return {
    sourceKey: key.slice(0, 200),
    name: (row.name === "" ? `${key} ${method ?? kind}` : row.name).slice(0, 100),
    state: ended[state] ?? "CANCELLED",
    sourceState: state.slice(0, 40),
    parameters: { ...scalars(row.parameters), ...own },
    metrics: {
      evaluations,
      foolingCount,
      computeSeconds: seconds,
      ...(median === null ? {} : { median }),
      ...(generation < 0 ? {} : { generation }),
    },
    tags: row.tags,
    notes: row.notes.slice(0, 20_000),
    startedAt: dateOf(row.started_at),
    endedAt: dateOf(row.ended_at),
    curve,
    imageCount: withImages ? results.length : 0,
    async *images(skip) {
      if (!withImages) return;
      for (const { sha256, ...of } of results) {
        const image = await decodeOwn(bundle, sha256, decode);
        if (image === null) skip(`the image ${sha256.slice(0, 12)} of ${key}`, "it is larger than an import takes, or no PNG file");
        else yield { image, ...of };
      }
    },
  };
}

async function decodeOwn(bundle: Bundle, sha256: string, decode: DecodeImage): Promise<ForeignImage["image"] | null> {
  const bytes = await bundle.readFile("images", sha256);
  try {
    const image = await decode(bytes);
    return Math.max(image.width, image.height) <= importLimits.imageSide ? image : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function scalars(document: unknown): Record<string, ParameterValue> {
  if (typeof document !== "object" || document === null) return {};
  return Object.fromEntries(
    Object.entries(document)
      .filter(([, value]) => typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      .slice(0, importLimits.parameters),
  );
}

function dateOf(time: string | null): Date | null {
  return time === null ? null : new Date(time);
}
