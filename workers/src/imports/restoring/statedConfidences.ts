/**
 * What the rows of a bundle state about the confidence of networks in images, to be compared with scores that are computed here. The rows
 * are read once; statements about images of one range of hashes are then read together, from a temporary file.
 */
import { appendFile, rm } from "node:fs/promises";
import path from "node:path";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import type { BundleRows } from "@pareidolia/exchange/restoring/restorable";
import { readLines } from "../../exports/spool.ts";
import type { ColumnName } from "../../figures/finding.ts";
import { RunImages } from "./runImages.ts";

interface StatedConfidence {
  readonly column: ColumnName;
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
  /** The least and the greatest for each column and niche: if a score matches both, it matches all between. */
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

/** What one row states about one image. */
interface Statement {
  readonly model: number;
  readonly image: string;
  /** JSON. */
  readonly framing: string;
  /** Null if the row only says that a run scored the image. */
  readonly confidence: StatedConfidence | null;
}

interface ScoringRun {
  readonly model: number;
  readonly framing: string;
}

const whole = JSON.stringify({ kind: "whole" });

async function* statementsOf(bundle: BundleRows, keyOf: (run: number) => string): AsyncGenerator<Statement, void, undefined> {
  const runs: ScoringRun[] = [];
  for await (const { model, framing } of bundle.rows("runs")) runs.push({ model, framing: JSON.stringify(framing) });
  const byRun = (run: number, image: string, confidence: StatedConfidence | null): Statement => {
    const { model, framing } = runs[run] as ScoringRun;
    return { model, framing, image, confidence };
  };
  for await (const { run, image, elite } of imagesOfEvolutions(bundle)) {
    if (elite === null) yield byRun(run, image, null);
    else {
      const what = `the elite of ${keyOf(run)} in niche ${elite.niche}`;
      yield byRun(run, image, {
        column: "elites.stored_fitness",
        niche: elite.niche,
        confidence: elite.stored_fitness,
        what,
        isTop: false,
      });
    }
  }
  for (const table of ["trajectories", "milestones"] as const)
    for await (const row of bundle.rows(table)) {
      const what = `an ascent of ${keyOf(row.run)} to class ${row.class}`;
      const column = `${table}.stored_confidence` as const;
      yield byRun(row.run, row.image, { column, niche: row.class, confidence: row.stored_confidence, what, isTop: false });
    }
  for await (const row of bundle.rows("perturbations")) {
    const what = `attack ${row.index} of ${keyOf(row.run)}`;
    yield byRun(row.run, row.image, {
      column: "perturbations.stored_confidence",
      niche: row.stored_class,
      confidence: row.stored_confidence,
      what,
      isTop: true,
    });
    if (row.stored_searched_confidence !== null)
      yield byRun(row.run, row.image, {
        column: "perturbations.stored_searched_confidence",
        niche: row.searched_class,
        confidence: row.stored_searched_confidence,
        what: `the searched class of ${what}`,
        isTop: false,
      });
    yield byRun(row.run, row.original_image, {
      column: "perturbations.original_confidence",
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
    const column = "link_elites.stored_confidence";
    const confidence: StatedConfidence = { column, niche: row.niche, confidence: row.stored_confidence, what, isTop: false };
    yield { model, image: row.image, framing: whole, confidence };
  }
}

interface ImageOfEvolution {
  readonly run: number;
  readonly image: string;
  /** Null for the row of a genome. */
  readonly elite: RowOf<"elites"> | null;
}

/** Genomes and elites are both in the order of their runs, so only the genomes of one run are in memory. */
async function* imagesOfEvolutions(bundle: BundleRows): AsyncGenerator<ImageOfEvolution, void, undefined> {
  const elites = bundle.rows("elites")[Symbol.asyncIterator]();
  let next = await elites.next();
  const elitesOf = async function* (images: RunImages): AsyncGenerator<ImageOfEvolution, void, undefined> {
    for (; next.done !== true && next.value.run === images.run; next = await elites.next()) {
      const { genome_generation: generation, genome_index: index } = next.value;
      yield { run: images.run, image: images.of(generation, index), elite: next.value };
    }
  };
  let images: RunImages | null = null;
  for await (const { run, generation, index, image } of bundle.rows("genomes")) {
    if (images === null || images.run !== run) {
      if (images !== null) yield* elitesOf(images);
      images = new RunImages(run);
    }
    images.add(generation, index, image);
    yield { run, image, elite: null };
  }
  if (images !== null) yield* elitesOf(images);
}

/** A bundle may repeat an image in millions of rows, so only the extremes are kept. */
function keep({ confidences }: Statements, stated: StatedConfidence): void {
  const key = `${stated.column} ${stated.niche} ${stated.isTop}`;
  const kept = confidences.get(key);
  if (kept === undefined) confidences.set(key, [stated, stated]);
  else if (stated.confidence < kept[0].confidence) confidences.set(key, [stated, kept[1]]);
  else if (stated.confidence > kept[1].confidence) confidences.set(key, [kept[0], stated]);
}

/** Characters that are written together. */
const pieceLength = 1 << 16;
/** Model, image and framing, and the confidence. */
type Line = readonly [number, string, string, StatedConfidence | null];

/** The statements of a bundle, in a temporary file for each range. */
export class SpooledStatements {
  readonly ranges: readonly HashRange[];
  readonly #folder: string;
  readonly #pieces: string[];

  private constructor(ranges: readonly HashRange[], folder: string) {
    this.ranges = ranges;
    this.#folder = folder;
    this.#pieces = ranges.map(() => "");
  }

  /** @param most images of a range. */
  static async of(
    bundle: BundleRows,
    { keyOf, folder, most }: { readonly keyOf: (run: number) => string; readonly folder: string; readonly most: number },
  ): Promise<SpooledStatements> {
    const ranges: HashRange[] = [];
    for await (const range of rangesOf(bundle, most)) ranges.push(range);
    const spooled = new SpooledStatements(ranges, folder);
    for await (const statement of statementsOf(bundle, keyOf)) await spooled.#add(statement);
    for (const place of ranges.keys()) await spooled.#flush(place);
    return spooled;
  }

  #pathOf(place: number): string {
    return path.join(this.#folder, `stated-${place}.jsonl`);
  }

  async #add({ model, image, framing, confidence }: Statement): Promise<void> {
    const place = this.#placeOf(image);
    const line: Line = [model, image, framing, confidence];
    this.#pieces[place] += `${JSON.stringify(line)}\n`;
    if ((this.#pieces[place] as string).length >= pieceLength) await this.#flush(place);
  }

  async #flush(place: number): Promise<void> {
    const piece = this.#pieces[place] as string;
    this.#pieces[place] = "";
    await appendFile(this.#pathOf(place), piece, { mode: 0o600 });
  }

  /** The place of the last range that does not begin after the hash. */
  #placeOf(image: string): number {
    let [low, high] = [0, this.ranges.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.ranges[middle] as HashRange).from <= image) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** What is stated about the images of the range at this place. Can be read once. */
  async take(place: number): Promise<StatedByModel> {
    const stated = new Map<number, Map<string, Statements>>();
    for await (const line of readLines(this.#pathOf(place))) {
      const [model, image, framing, confidence] = JSON.parse(line) as Line;
      const images = stated.get(model) ?? new Map<string, Statements>();
      stated.set(model, images);
      const found = images.get(image) ?? { framings: new Set<string>(), confidences: new Map() };
      images.set(image, found);
      found.framings.add(framing);
      if (confidence !== null) keep(found, confidence);
    }
    await rm(this.#pathOf(place));
    return stated;
  }
}
