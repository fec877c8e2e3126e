/** What restoring a bundle would make, as the preview of an import. */
import type { RowOf } from "../bundleTables.ts";
import { unreadable } from "../imports/foreignData.ts";
import { experimentNameOf, type ImportPreview, type PreviewedRun, shortened } from "../imports/importPreview.ts";
import type { Bundle } from "../readBundle.ts";
import { notRestorable } from "./notRestorable.ts";
import { checkRestorable } from "./restorable.ts";
import { isUnfinished, stateOfUnfinished, sweepHere } from "./stateHere.ts";

/** Rows of a table whose addresses the checks keep in memory. */
const maxAddresses = 10_000_000;
/** Rows of other tables. */
const maxRows = 200_000_000;
const keptTables: readonly string[] = ["images", "genomes", "trajectories"];
/** Runs of an export, which are in memory while it is read. */
const maxRuns = 25_000;

/** An image of a preview, and the class or kind of result that it shows. */
export interface NamedImage {
  readonly sha256: string;
  readonly label: string;
}

export interface DescribedBundle {
  readonly preview: ImportPreview;
  /** The first images of results, in the order of the runs. */
  readonly images: readonly NamedImage[];
}

/** @throws AppError CORRUPT_DATA for a bundle that cannot be restored; INVALID_INPUT for one without JSON lines. */
export async function describeBundle(bundle: Bundle, fileName: string, mostImages: number): Promise<DescribedBundle> {
  const { manifest } = bundle;
  const count = manifest.tables.runs?.rows ?? 0;
  if (count > maxRuns) throw unreadable(`it has ${count} runs; the limit is ${maxRuns}. Export experiments one by one`);
  for (const [table, { rows }] of Object.entries(manifest.tables)) {
    const most = keptTables.includes(table) ? maxAddresses : maxRows;
    if (rows > most) throw unreadable(`its table ${table} has ${rows} rows; the limit is ${most}. Export experiments one by one`);
  }
  requireParts(bundle);
  await bundle.verify();
  await checkRestorable(bundle, manifest);
  await requireFiles(bundle);
  const keys = new Map<number, string>();
  const sweepKeys = new Map<number, string>();
  for await (const { table, row, key } of bundle.rows("keys")) {
    if (table === "runs") keys.set(row, key);
    if (table === "sweeps") sweepKeys.set(row, key);
  }
  const { results, images } = await countResults(bundle, mostImages);
  const models: RowOf<"models">[] = [];
  for await (const model of bundle.rows("models")) models.push(model);
  const experiments: string[] = [];
  for await (const { name } of bundle.rows("experiments")) experiments.push(name);
  const generations = new Set<number>();
  for await (const { run } of bundle.rows("generations")) generations.add(run);
  const runs: PreviewedRun[] = [];
  const warnings: string[] = [];
  for await (const row of bundle.rows("runs")) {
    if (isUnfinished(row.state))
      warnings.push(
        `${keys.get(row.run) ?? `Run ${row.run}`} was not finished: it will be ${stateOfUnfinished(row.kind, manifest).explanation}.`,
      );
    runs.push(
      previewRun(row, models, { key: keys.get(row.run), imageCount: results.get(row.run) ?? 0, hasCurve: generations.has(row.run) }),
    );
  }
  for await (const row of bundle.rows("sweeps")) {
    const { state, reason } = sweepHere(row);
    const key = sweepKeys.get(row.sweep) ?? `Sweep ${row.sweep}`;
    if (isUnfinished(row.state)) warnings.push(`${key} will be ${state.toLowerCase()}. ${reason}`);
  }
  const { subject, origin } = manifest;
  return {
    preview: {
      ...shortened({ format: "pareidolia", runs, warnings, skipped: [], unmapped: [], columns: [] }),
      imageCount: manifest.tables.images?.rows ?? 0,
      experimentName: origin.key ?? experimentNameOf(fileName),
      origin: {
        subject,
        workspace: origin.workspace,
        key: origin.key,
        experiments: experiments.slice(0, 100),
        experimentCount: experiments.length,
        // Rows may state less than the files have, which is what is stored.
        networkBytes: Math.max(
          manifest.folders.files.bytes,
          models.reduce((sum, { origin: source, byte_length: bytes }) => sum + (source === "zoo" ? 0 : (bytes ?? 0)), 0),
        ),
      },
    },
    images,
  };
}

/** @throws AppError CORRUPT_DATA for a bundle that was made without what its rows need. */
function requireParts({ manifest: { parts, tables } }: Bundle): void {
  const again = "Export it again with images, genomes and networks";
  if (tables.images !== undefined && !parts.includes("images")) throw unreadable(`it was made without images. ${again}`);
  if (tables.genomes !== undefined && !parts.includes("genomes")) throw unreadable(`it was made without genomes. ${again}`);
}

/** @throws AppError CORRUPT_DATA naming the first file that a row names and the bundle lacks. */
async function requireFiles(bundle: Bundle): Promise<void> {
  for await (const { sha256 } of bundle.rows("images"))
    if (!bundle.has("images", sha256)) throw notRestorable(`it lacks the file of the image ${sha256.slice(0, 12)}`);
  for await (const { sha256, bytes } of bundle.rows("genomes"))
    if (bytes === null && !bundle.has("genomes", sha256)) throw notRestorable(`it lacks the bytes of the genome ${sha256.slice(0, 12)}`);
}

async function countResults(
  bundle: Bundle,
  mostImages: number,
): Promise<{ readonly results: ReadonlyMap<number, number>; readonly images: readonly NamedImage[] }> {
  const labels = new Map<number, readonly string[]>();
  for await (const { model, labels: names } of bundle.rows("models")) labels.set(model, names);
  const modelOf = new Map<number, number>();
  for await (const { run, model } of bundle.rows("runs")) modelOf.set(run, model);
  const results = new Map<number, number>();
  const shown: { readonly image: string; readonly label: string }[] = [];
  const add = (run: number, image: string, niche: number | null): void => {
    results.set(run, (results.get(run) ?? 0) + 1);
    const label = niche === null ? "" : (labels.get(modelOf.get(run) ?? -1)?.[niche] ?? `class ${niche}`);
    if (shown.length < mostImages) shown.push({ image, label });
  };
  // Elites name genomes, which name the images: those of the elites that are shown are looked up afterwards.
  for await (const { run, niche, genome_generation: generation, genome_index: index, replaced_at: end } of bundle.rows("elites"))
    if (end === null) add(run, `${run} ${generation} ${index}`, niche);
  for await (const { run, class: target, image } of bundle.rows("trajectories")) add(run, image, target);
  for await (const { run, stored_class: niche, image } of bundle.rows("perturbations")) add(run, image, niche);
  for await (const { run, niche, image } of bundle.rows("link_elites")) add(run, image, niche);
  for await (const { run, niche, image } of bundle.rows("imported_images")) add(run, image, niche);
  const wanted = new Set(shown.map(({ image }) => image));
  const imageOf = new Map<string, string>();
  for await (const { run, generation, index, image } of bundle.rows("genomes")) {
    const address = `${run} ${generation} ${index}`;
    if (wanted.has(address)) imageOf.set(address, image);
  }
  return { results, images: shown.map(({ image, label }) => ({ sha256: imageOf.get(image) ?? image, label })) };
}

function previewRun(
  row: RowOf<"runs">,
  models: readonly RowOf<"models">[],
  {
    key = `run ${row.run}`,
    imageCount,
    hasCurve,
  }: { readonly key?: string | undefined; readonly imageCount: number; readonly hasCurve: boolean },
): PreviewedRun {
  const { kind, method, seed, state, evaluations, median, fooling_count: foolingCount } = row;
  return {
    key,
    name: row.name === "" ? `${key} ${method ?? kind}` : row.name,
    state,
    parameters: { kind, method: method ?? "", network: models[row.model]?.slug ?? "", seed },
    metrics: { evaluations, foolingCount, ...(median === null ? {} : { median }) },
    tags: row.tags,
    imageCount,
    hasCurve,
  };
}
