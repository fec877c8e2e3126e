/** What the rows of a bundle state about the confidence of networks in images, to be compared with scores that are computed here. */
import type { Framing } from "@pareidolia/core/preprocessing";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import type { BundleRows } from "@pareidolia/exchange/restoring/restorable";

interface StatedConfidence {
  readonly niche: number;
  readonly confidence: number;
  /** Such as "the elite of RUN-12 in niche 3". */
  readonly what: string;
  /** Whether the niche must be the class with the highest confidence. */
  readonly isTop: boolean;
}

/** About one image by one network. */
export interface Statements {
  /** Of the runs that scored the image by this network, as JSON. */
  readonly framings: Set<string>;
  /** The least and the greatest for each niche: if a score matches both, it matches all between. */
  readonly confidences: Map<string, readonly [StatedConfidence, StatedConfidence]>;
}

/** By number of the network, then by image. */
export type StatedByModel = ReadonlyMap<number, Map<string, Statements>>;

/** Hashes of images from `from` on, and before `to`. */
export interface HashRange {
  readonly from: string;
  /** Null for no end. */
  readonly to: string | null;
}

export function isInRange(sha256: string, { from, to }: HashRange): boolean {
  return sha256 >= from && (to === null || sha256 < to);
}

/** Ranges with at most `most` images of the bundle each, which cover all hashes. */
export async function* rangesOf(bundle: BundleRows, most: number): AsyncGenerator<HashRange, void, undefined> {
  let [from, count] = ["", 0];
  for await (const { sha256 } of bundle.rows("images")) {
    if (count++ < most) continue;
    yield { from, to: sha256 };
    [from, count] = [sha256, 1];
  }
  yield { from, to: null };
}

/** A bundle may repeat an image in millions of rows, so only the extremes are kept. */
function keep({ confidences }: Statements, stated: StatedConfidence): void {
  const key = `${stated.niche} ${stated.isTop}`;
  const kept = confidences.get(key);
  if (kept === undefined) confidences.set(key, [stated, stated]);
  else if (stated.confidence < kept[0].confidence) confidences.set(key, [stated, kept[1]]);
  else if (stated.confidence > kept[1].confidence) confidences.set(key, [kept[0], stated]);
}

/** What rows state about the images of a range. Memory depends on the number of these images, not of all. */
export async function collectStated(bundle: BundleRows, keyOf: (run: number) => string, range: HashRange): Promise<StatedByModel> {
  const stated = new Map<number, Map<string, Statements>>();
  const runs: RowOf<"runs">[] = [];
  for await (const run of bundle.rows("runs")) runs.push(run);
  const runOf = (index: number): RowOf<"runs"> => runs[index] as RowOf<"runs">;
  const add = (model: number, image: string, framing: unknown, ...confidences: readonly StatedConfidence[]): void => {
    if (!isInRange(image, range)) return;
    const images = stated.get(model) ?? new Map<string, Statements>();
    stated.set(model, images);
    const found = images.get(image) ?? { framings: new Set<string>(), confidences: new Map() };
    images.set(image, found);
    found.framings.add(JSON.stringify(framing as Framing));
    for (const confidence of confidences) keep(found, confidence);
  };
  const images = new Map<string, string>();
  for await (const { run, generation, index, image } of bundle.rows("genomes")) {
    if (!isInRange(image, range)) continue;
    images.set(`${run} ${generation} ${index}`, image);
    add(runOf(run).model, image, runOf(run).framing);
  }
  for await (const row of bundle.rows("elites")) {
    const image = images.get(`${row.run} ${row.genome_generation} ${row.genome_index}`);
    if (image === undefined) continue;
    const what = `the elite of ${keyOf(row.run)} in niche ${row.niche}`;
    add(runOf(row.run).model, image, runOf(row.run).framing, { niche: row.niche, confidence: row.stored_fitness, what, isTop: false });
  }
  for (const table of ["trajectories", "milestones"] as const)
    for await (const row of bundle.rows(table)) {
      const what = `an ascent of ${keyOf(row.run)} to class ${row.class}`;
      const { model, framing } = runOf(row.run);
      add(model, row.image, framing, { niche: row.class, confidence: row.stored_confidence, what, isTop: false });
    }
  for await (const row of bundle.rows("perturbations")) {
    const what = `attack ${row.index} of ${keyOf(row.run)}`;
    const { model, framing } = runOf(row.run);
    add(model, row.image, framing, { niche: row.stored_class, confidence: row.stored_confidence, what, isTop: true });
    add(model, row.original_image, framing, {
      niche: row.original_class,
      confidence: row.original_confidence,
      what: `the photograph of ${keyOf(row.run)}`,
      isTop: true,
    });
  }
  const linked = new Map<string, number | null>();
  for await (const { run, iteration, model } of bundle.rows("links")) linked.set(`${run} ${iteration}`, model);
  for await (const row of bundle.rows("link_elites")) {
    const what = `an elite of DNN_${row.iteration} of ${keyOf(row.run)}`;
    const model = linked.get(`${row.run} ${row.iteration}`) as number;
    add(model, row.image, { kind: "whole" }, { niche: row.niche, confidence: row.stored_confidence, what, isTop: false });
  }
  return stated;
}
