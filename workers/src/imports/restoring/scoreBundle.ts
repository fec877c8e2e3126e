/**
 * Scores the images of a bundle with the networks that are here, before any row of it is visible: a score counts in every workspace that
 * has the image, so scores in the file are never stored. An import is refused if a score or confidence in the bundle differs. A
 * verification reads a bundle from the database, and computes each of its scores again.
 */
import { appendFile } from "node:fs/promises";
import path from "node:path";
import { framedShape } from "@pareidolia/core/crops";
import { type ByteImage, type ImageShape, toFloatImage } from "@pareidolia/core/image";
import type { Framing } from "@pareidolia/core/preprocessing";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import type { BundleRows } from "@pareidolia/exchange/restoring/restorable";
import { fitPhoto } from "@pareidolia/images/fitPhoto";
import { decodePng } from "@pareidolia/images/png";
import { findScoresByModel } from "@pareidolia/persistence/lab/scores/readScores";
import type { ScoreToWrite } from "@pareidolia/persistence/lab/scores/writeScores";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { framingOf } from "../../analyses/scoreImages.ts";
import type { OpenClassifier } from "../../classifierShelf.ts";
import { readLines } from "../../exports/spool.ts";
import type { ColumnName, Finding, Report } from "../../figures/finding.ts";
import { type BundleNetwork, networkToOpen } from "./openNetworks.ts";
import { type HashRange, isInRange, SpooledStatements, type StatedByModel, type Statements } from "./statedConfidences.ts";

/** Images that are scored together. */
const batchSize = 32;
/** Images whose scores wait for each network, since few networks are open at a time. */
const maxWaiting = 1_024;
/** Images whose statements are in memory. */
const imagesAtOnce = 100_000;
export interface ScoreBundleOptions {
  readonly bundle: BundleRows;
  readonly networks: readonly BundleNetwork[];
  /** The key of a run where the bundle was made, for messages. */
  readonly keyOf: (run: number) => string;
  /** Of a database whose scores are kept and compared; null to compute each score again. */
  readonly kept: Connection | null;
  readonly objectStore: Pick<ObjectStore, "get">;
  readonly openClassifier: OpenClassifier;
  /** For temporary files. */
  readonly folder: string;
  /** Images whose statements are in memory. */
  readonly imagesAtOnce?: number;
  readonly signal: AbortSignal;
  /** Called with the number of images that are scored or have a score. */
  readonly onScored: (count: number) => Promise<void>;
  /** The largest difference that rounding explains. */
  readonly tolerance: number;
  /** Takes the first difference of each image and network. */
  readonly report: Report;
}

export interface BundleScores {
  /** Scores of the file that are compared with those here. */
  readonly compared: number;
  /** Of these, those that are equal bit by bit. */
  readonly equal: number;
  /** The new scores by a network, in pieces. */
  of(network: number): AsyncGenerator<readonly ScoreToWrite[], void, undefined>;
}

interface Wanted {
  readonly image: string;
  /** Of the file; null without one. */
  readonly probabilities: Float32Array | null;
  readonly statements: Statements | null;
}

interface StoredLine {
  readonly image: string;
  /** float32, in Base64. */
  readonly bytes: string;
}

function floatsOf(base64: string): Float32Array {
  const bytes = Buffer.from(base64, "base64");
  return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at));
}

function base64Of(floats: Float32Array): string {
  const bytes = Buffer.alloc(floats.length * 4);
  for (const [at, value] of floats.entries()) bytes.writeFloatLE(value, 4 * at);
  return bytes.toString("base64");
}

class Scoring implements BundleScores {
  readonly #options: ScoreBundleOptions;
  compared = 0;
  equal = 0;
  #done = 0;

  constructor(options: ScoreBundleOptions) {
    this.#options = options;
  }

  async *of(network: number): AsyncGenerator<readonly ScoreToWrite[], void, undefined> {
    let piece: ScoreToWrite[] = [];
    for await (const line of readLines(this.#pathOf(network))) {
      const { image, bytes } = JSON.parse(line) as StoredLine;
      piece.push({ image: { sha256: image }, probabilities: floatsOf(bytes) });
      if (piece.length === 500) {
        yield piece;
        piece = [];
      }
    }
    if (piece.length > 0) yield piece;
  }

  #pathOf(network: number): string {
    return path.join(this.#options.folder, `scores-${network}.jsonl`);
  }

  async scoreAll(): Promise<void> {
    const { networks, bundle, keyOf, folder, imagesAtOnce: most = imagesAtOnce } = this.#options;
    for (const number of networks.keys()) await appendFile(this.#pathOf(number), "", { mode: 0o600 });
    const rows = bundle.rows("scores")[Symbol.asyncIterator]();
    let next = await rows.next();
    const scoresIn = async function* (range: HashRange): AsyncGenerator<RowOf<"scores">, void, undefined> {
      for (; next.done !== true && isInRange(next.value.image, range); next = await rows.next()) yield next.value;
    };
    const stated = await SpooledStatements.of(bundle, { keyOf, folder, most });
    for (const [place, range] of stated.ranges.entries()) await this.#scoreRange(await stated.take(place), scoresIn(range));
  }

  /** Scores of the file, then those that its rows state without a score. */
  async #scoreRange(stated: StatedByModel, scores: AsyncIterable<RowOf<"scores">>): Promise<void> {
    const waiting = new Map<number, Wanted[]>();
    const add = async (number: number, wanted: Wanted): Promise<void> => {
      const all = waiting.get(number) ?? [];
      waiting.set(number, all);
      all.push(wanted);
      if (all.length === maxWaiting) await this.#scoreBy(number, all.splice(0));
    };
    for await (const { model, image, probabilities } of scores) {
      await add(model, { image, probabilities: floatsOf(probabilities), statements: stated.get(model)?.get(image) ?? null });
      stated.get(model)?.delete(image);
    }
    for (const [model, images] of stated)
      for (const [image, statements] of images) {
        // Each result was scored in the transaction that wrote it; an export may leave scores out.
        if (this.#options.kept === null)
          this.#options.report({ column: "scores.image", place: `the image ${image.slice(0, 12)}`, stored: null, computed: image });
        await add(model, { image, probabilities: null, statements });
      }
    for (const [number, all] of waiting) await this.#scoreBy(number, all);
  }

  async #scoreBy(number: number, all: readonly Wanted[]): Promise<void> {
    const network = this.#options.networks[number] as BundleNetwork;
    if (network.id === null) return;
    for (let from = 0; from < all.length; from += batchSize) await this.#scoreBatch(all.slice(from, from + batchSize), number, network);
  }

  async #scoreBatch(batch: readonly Wanted[], number: number, network: BundleNetwork): Promise<void> {
    const { kept, signal, onScored } = this.#options;
    signal.throwIfAborted();
    const modelId = network.id as string;
    const hashes = batch.map(({ image }) => image);
    const known = kept === null ? hashes.map(() => null) : await findScoresByModel(kept, { modelId, hashes });
    for (const [at, wanted] of batch.entries()) {
      const existing = known[at]?.probabilities;
      if (existing !== undefined) this.#compare(wanted, existing, network);
    }
    const missing = batch.filter((_, at) => known[at] === null);
    const scores = await this.#predict(missing, network);
    const lines = missing.map(({ image }) => `${JSON.stringify({ image, bytes: base64Of(scores.get(image) as Float32Array) })}\n`);
    await appendFile(this.#pathOf(number), lines.join(""));
    this.#done += batch.length;
    await onScored(this.#done);
  }

  /** With the framing of the runs, or as an image is framed that was scored afterwards. */
  async #predict(wanted: readonly Wanted[], network: BundleNetwork): Promise<ReadonlyMap<string, Float32Array>> {
    const { objectStore, openClassifier, signal } = this.#options;
    const scores = new Map<string, Float32Array>();
    const images = new Map<string, ByteImage>();
    // Together, since a store on another machine takes milliseconds for each.
    await Promise.all(wanted.map(async ({ image }) => images.set(image, decodePng(await objectStore.get(imageKey(image))))));
    let open = wanted.map((each) => ({ each, framings: this.#framingsOf(each, images.get(each.image) as ByteImage, network) }));
    for (let attempt = 0; open.length > 0; attempt++) {
      const groups = new Map<string, Wanted[]>();
      for (const { each, framings } of open) {
        const framing = framings[attempt] as string;
        groups.set(framing, [...(groups.get(framing) ?? []), each]);
      }
      for (const [framing, group] of groups) {
        const classifier = await openClassifier(networkToOpen(network, JSON.parse(framing) as Framing));
        const fitted = await Promise.all(group.map(({ image }) => fitPhoto(images.get(image) as ByteImage, classifier.input)));
        const { probabilities, classes } = await classifier.predict(fitted.map(toFloatImage), signal);
        for (const [at, { image }] of group.entries()) scores.set(image, probabilities.slice(at * classes, (at + 1) * classes));
      }
      open = open.filter(({ each, framings }) => {
        const score = scores.get(each.image) as Float32Array;
        const hasAnotherFraming = attempt + 1 < framings.length;
        if (hasAnotherFraming && findMismatch(each, score, network, this.#options.tolerance) !== null) return true;
        this.#compare(each, score, network);
        return false;
      });
    }
    return scores;
  }

  /** A framing for images of another size would score something else, such as the enlarged centre, for every workspace. */
  #framingsOf({ statements }: Wanted, image: ByteImage, { model }: BundleNetwork): readonly string[] {
    const stated = [...(statements?.framings ?? [])].filter((framing) => {
      const { width, height } = framedShape(JSON.parse(framing) as Framing, model as ImageShape);
      return width === image.width && height === image.height;
    });
    return [...new Set([...stated, JSON.stringify(framingOf(image, model))])];
  }

  #compare(wanted: Wanted, score: Float32Array, network: BundleNetwork): void {
    const mismatch = findMismatch(wanted, score, network, this.#options.tolerance);
    if (mismatch !== null) this.#options.report(mismatch);
    if (wanted.probabilities === null) return;
    this.compared++;
    if (wanted.probabilities.every((value, at) => value === score[at])) this.equal++;
  }
}

/** Null if everything that the rows say about the image is the network's, up to rounding. */
function findMismatch(
  { image, probabilities, statements }: Wanted,
  score: Float32Array,
  { model }: BundleNetwork,
  tolerance: number,
): Finding | null {
  const differs = (there: number, here: number): boolean => !(Math.abs(there - here) <= tolerance);
  const by = `the image ${image.slice(0, 12)} by ${model.slug}`;
  for (const { column, niche, confidence, what, isTop } of [...(statements?.confidences.values() ?? [])].flat()) {
    const here = score[niche] as number;
    if (differs(confidence, here)) return { column, place: `${what}, ${by}`, stored: confidence, computed: here };
    const highest = Math.max(...score);
    if (isTop && differs(highest, here))
      return { column: classOf(column), place: `${what}, ${by}`, stored: niche, computed: score.indexOf(highest) };
  }
  for (const [at, there] of probabilities?.entries() ?? []) {
    const here = score[at] as number;
    if (differs(there, here)) return { column: "scores.probabilities", place: `class ${at} of ${by}`, stored: there, computed: here };
  }
  return null;
}

/** The column with the class of the confidence. */
function classOf(column: ColumnName): ColumnName {
  return column === "perturbations.original_confidence" ? "perturbations.original_class" : "perturbations.stored_class";
}

/** Reports each score and confidence that is not the network's. */
export async function scoreBundle(options: ScoreBundleOptions): Promise<BundleScores> {
  const scoring = new Scoring(options);
  await scoring.scoreAll();
  return scoring;
}
