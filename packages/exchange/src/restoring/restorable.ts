/**
 * Checks whether a bundle can be restored: every reference, address and range in its rows. The rows are hostile, so
 * nothing is assumed of them but their columns. Memory holds the addresses of genomes, trajectories and images.
 */
import { orderOf } from "../bundleOrder.ts";
import type { RowOf, TableName } from "../bundleTables.ts";
import { maxFigure as largestForeignFigure } from "../imports/figureLimits.ts";
import { ImageNames } from "./imageNames.ts";
import { maxFigure, notRestorable, requireRange, requireShare } from "./notRestorable.ts";
import { type CheckedRun, checkRun } from "./runRow.ts";
import { SortedAddresses } from "./sortedAddresses.ts";
import { checkComment, checkExperiment, checkModel, checkSweep } from "./subjectRows.ts";

export interface BundleRows {
  rows<Name extends TableName>(name: Name): AsyncIterable<RowOf<Name>>;
}

export interface RestorableSubject {
  readonly subject: "run" | "experiment" | "workspace";
}

const linkStates = ["QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"];
const maxSide = 4_096;
const maxRungs = 100;
/** The nines of a confidence of 1, rounded up. */
const maxNines = 8;
/** Bytes of each part of a checkpoint but the last, and the most parts. A state has at most 24 MiB. */
const partBytes = 4 * 2 ** 20;
const maxParts = 16;

/** The check of one bundle; each method checks a table, in the order of the bundle. */
class RestorableCheck {
  readonly #bundle: BundleRows;
  readonly #subject: RestorableSubject["subject"];
  readonly #models: RowOf<"models">[] = [];
  readonly #sweeps: RowOf<"sweeps">[] = [];
  readonly #runs: CheckedRun[] = [];
  readonly #images = new ImageNames();
  #experiments = 0;

  constructor(bundle: BundleRows, { subject }: RestorableSubject) {
    this.#bundle = bundle;
    this.#subject = subject;
  }

  async check(): Promise<void> {
    await this.#checkSubjects();
    await this.#checkRuns();
    await this.#checkRungs();
    for await (const { sha256, width, height, channels } of this.#ordered("images")) {
      if (width < 1 || height < 1 || width > maxSide || height > maxSide || (channels !== 1 && channels !== 3))
        throw notRestorable(`the image ${sha256.slice(0, 12)} has a size that no image has`);
      this.#images.declare(sha256);
    }
    for (const { row } of this.#runs) if (row.source_image !== null) this.#images.use(row.source_image, `run ${row.run}`);
    await this.#checkEvolutions();
    await this.#checkAscents();
    await this.#checkCheckpoints();
    await this.#checkPerturbations();
    await this.#checkChains();
    for await (const row of this.#ordered("imported_images")) {
      this.#runOfKind(row.run, "imported", "imported_images");
      requireRange(row.index, [0, Number.MAX_SAFE_INTEGER], "The place of an image");
      if (row.claimed !== null)
        requireRange(
          row.claimed,
          [-largestForeignFigure, largestForeignFigure],
          `The stated fitness of image ${row.index} of run ${row.run}`,
        );
      this.#images.use(row.image, `the imported images of run ${row.run}`);
    }
    this.#images.requireAllUsed();
    await this.#checkScores();
  }

  async *#ordered<Name extends TableName>(name: Name): AsyncGenerator<RowOf<Name>, void, undefined> {
    const requireOrder = orderOf(name);
    for await (const row of this.#bundle.rows(name)) {
      requireOrder(row);
      yield row;
    }
  }

  #model(index: number): RowOf<"models"> {
    const model = this.#models[index];
    if (model === undefined) throw notRestorable(`a row names the network ${index}, which the bundle does not have`);
    return model;
  }

  #run(index: number): CheckedRun {
    const run = this.#runs[index];
    if (run === undefined) throw notRestorable(`a row names run ${index}, which the bundle does not have`);
    return run;
  }

  #runOfKind(index: number, kind: string, table: TableName): CheckedRun {
    const run = this.#run(index);
    if (run.row.kind !== kind) throw notRestorable(`${table} has rows of run ${index}, whose kind is ${run.row.kind}`);
    return run;
  }

  #requireClass(model: RowOf<"models">, niche: number, what: string): void {
    if (niche < 0 || niche >= model.labels.length)
      throw notRestorable(`${what} is of class ${niche}, but ${model.slug} has ${model.labels.length} classes`);
  }

  async #checkSubjects(): Promise<void> {
    for await (const row of this.#bundle.rows("experiments")) {
      checkExperiment(row);
      this.#experiments++;
    }
    if ((this.#subject === "run" && this.#experiments > 0) || (this.#subject === "experiment" && this.#experiments !== 1))
      throw notRestorable(`an export of ${this.#subject === "run" ? "a run" : "an experiment"} has ${this.#experiments} experiments`);
    for await (const row of this.#bundle.rows("sweeps")) {
      checkSweep(row);
      this.#sweeps.push(row);
    }
    const slugs = new Set<string>();
    for await (const row of this.#bundle.rows("models")) {
      checkModel(row);
      if (slugs.has(`${row.origin} ${row.slug}`)) throw notRestorable(`two networks are called ${row.slug.slice(0, 80)}`);
      slugs.add(`${row.origin} ${row.slug}`);
      this.#models.push(row);
    }
  }

  async #checkRuns(): Promise<void> {
    for await (const row of this.#bundle.rows("runs")) {
      if ((this.#subject === "run") !== (row.experiment === null))
        throw notRestorable(`run ${row.run} is not in the experiment that it should be in`);
      const sweep = row.sweep === null ? null : (this.#sweeps[row.sweep] as RowOf<"sweeps">);
      if (sweep !== null && sweep.experiment !== row.experiment)
        throw notRestorable(`run ${row.run} is of sweep ${row.sweep}, which is in another experiment`);
      if (sweep !== null && !(row.sweep_point !== null && row.sweep_point >= 0 && row.sweep_point < sweep.point_count))
        throw notRestorable(`run ${row.run} is of a point that its sweep does not have`);
      this.#runs.push(checkRun(row, this.#model(row.model)));
    }
    if (this.#runs.length === 0 && this.#subject === "run") throw notRestorable("it has no run");
    for await (const row of this.#bundle.rows("comments")) checkComment(row);
  }

  async #checkRungs(): Promise<void> {
    for await (const row of this.#ordered("rung_decisions")) {
      const name = `a decision about point ${row.point} of sweep ${row.sweep}`;
      requireRange(row.rung, [0, maxRungs], `The rung of ${name}`);
      requireRange(row.point, [0, (this.#sweeps[row.sweep] as RowOf<"sweeps">).point_count - 1], `The point of ${name}`);
      requireRange(row.rank, [1, maxFigure], `The rank of ${name}`);
      requireRange(row.runs, [0, maxFigure], `The number of results of ${name}`);
      if (row.nines !== null) requireRange(row.nines, [0, maxNines], `The nines of ${name}`);
    }
    for await (const row of this.#ordered("rung_results")) {
      requireRange(row.rung, [0, maxRungs], `The rung of a result of run ${row.run}`);
      requireShare(row.median, `The result of run ${row.run} at a rung`);
    }
  }

  /** An ascent checks its state when it resumes: it starts trajectories again whose state is of another ascent. */
  async #checkCheckpoints(): Promise<void> {
    let last: RowOf<"checkpoints"> | null = null;
    for await (const row of this.#ordered("checkpoints")) {
      this.#runOfKind(row.run, "ascent", "checkpoints");
      const before: number = last?.run === row.run ? last.part : -1;
      const isAfterWhole = before < 0 || Buffer.byteLength((last as RowOf<"checkpoints">).bytes, "base64") === partBytes;
      if (row.part !== before + 1 || row.part >= maxParts || !isAfterWhole || Buffer.byteLength(row.bytes, "base64") > partBytes)
        throw notRestorable(`the checkpoint of run ${row.run} is not in parts of ${partBytes} bytes`);
      last = row;
    }
  }

  async #checkEvolutions(): Promise<void> {
    for await (const row of this.#ordered("generations")) {
      const { row: run } = this.#runOfKind(row.run, "evolution", "generations");
      requireRange(row.generation, [0, run.generation], `The generation of a row of run ${row.run}`);
      const { search_median, search_mean, search_minimum, search_maximum } = row;
      const stored = [row.median, row.mean, row.minimum, row.maximum].filter((value) => value !== null);
      if (stored.length % 4 !== 0) throw notRestorable(`generation ${row.generation} of run ${row.run} lacks a statistic`);
      for (const value of [...stored, search_median, search_mean, search_minimum, search_maximum])
        requireShare(value, `A statistic of run ${row.run}`);
      for (const value of [row.jumps, row.filled, row.evaluations]) requireRange(value, [0, Number.MAX_SAFE_INTEGER], "A count");
    }
    for await (const row of this.#ordered("step_hashes")) {
      if (this.#run(row.run).generations >= 0) throw notRestorable(`run ${row.run} has hashes of steps, but steps are generations`);
      requireRange(row.step, [0, Number.MAX_SAFE_INTEGER], "A step");
    }
    const genomes = new SortedAddresses(3);
    for await (const row of this.#ordered("genomes")) {
      const { row: run } = this.#runOfKind(row.run, "evolution", "genomes");
      const name = `the genome ${row.generation}.${row.index} of run ${row.run}`;
      requireRange(row.generation, [0, run.generation], `The generation of ${name}`);
      requireRange(row.index, [0, Number.MAX_SAFE_INTEGER], `The index of ${name}`);
      if (![0, 2, 4].includes(row.parents.length)) throw notRestorable(`${name} has half a parent`);
      if (row.copied && run.fork_generation === null) throw notRestorable(`${name} is a copy, but the run is not a fork`);
      for (let at = 0; at < row.parents.length; at += 2) {
        const [generation = 0, index = 0] = row.parents.slice(at, at + 2);
        const isAddress = Number.isInteger(generation) && Number.isInteger(index) && generation >= 0 && index >= 0;
        if (!isAddress || generation >= row.generation) throw notRestorable(`a parent of ${name} is not of an earlier generation`);
        if (!row.copied && !genomes.has(row.run, generation, index))
          throw notRestorable(`the parent ${generation}.${index} of ${name} is missing`);
      }
      genomes.add(row.run, row.generation, row.index);
      this.#images.use(row.image, name);
    }
    let last: RowOf<"elites"> | null = null;
    for await (const row of this.#ordered("elites")) {
      const { row: run } = this.#runOfKind(row.run, "evolution", "elites");
      const name = `the elite of run ${row.run} in niche ${row.niche} from generation ${row.generation}`;
      this.#requireClass(this.#model(run.model), row.niche, name);
      if (!genomes.has(row.run, row.genome_generation, row.genome_index)) throw notRestorable(`${name} has no genome`);
      if (row.generation !== row.genome_generation) throw notRestorable(`${name} has a genome of another generation`);
      if (row.replaced_at !== null) requireRange(row.replaced_at, [row.generation + 1, run.generation], `The end of ${name}`);
      requireShare(row.search_fitness, `The search fitness of ${name}`);
      requireShare(row.stored_fitness, `The stored fitness of ${name}`);
      if (last?.run === row.run && last.niche === row.niche && last.replaced_at === null)
        throw notRestorable(`${name} follows one that still holds the niche`);
      last = row;
    }
  }

  async #checkAscents(): Promise<void> {
    const trajectories = new SortedAddresses(4);
    const addressOf = (row: RowOf<"trajectories"> | RowOf<"milestones">) => [row.run, row.configuration, row.class, row.start] as const;
    for await (const row of this.#ordered("trajectories")) {
      const run = this.#runOfKind(row.run, "ascent", "trajectories");
      const name = `a trajectory of run ${row.run}`;
      this.#requireClass(this.#model(run.row.model), row.class, name);
      if (run.trajectories === null || !run.trajectories.has(row.configuration, row.class, row.start))
        throw notRestorable(`${name} has an address that its plan does not have`);
      requireRange(row.step, [0, Number.MAX_SAFE_INTEGER], `The step of ${name}`);
      const points = row.curve_steps.length;
      if ([row.curve_search_confidences, row.curve_stored_confidences, row.curve_norms].some(({ length }) => length !== points))
        throw notRestorable(`${name} has a curve with missing points`);
      for (const value of [row.search_confidence, row.stored_confidence, ...row.curve_search_confidences, ...row.curve_stored_confidences])
        requireShare(value, `A confidence of ${name}`);
      if (!row.curve_steps.every((step) => Number.isInteger(step) && step >= 0 && step < 2 ** 31))
        throw notRestorable(`${name} has a curve with half a step`);
      trajectories.add(...addressOf(row));
      this.#images.use(row.image, name);
    }
    for await (const row of this.#ordered("milestones")) {
      const name = `a milestone of run ${row.run}`;
      if (!trajectories.has(...addressOf(row))) throw notRestorable(`${name} has no trajectory`);
      for (const value of [row.level, row.search_confidence, row.stored_confidence]) requireShare(value, `A confidence of ${name}`);
      requireRange(row.step, [0, Number.MAX_SAFE_INTEGER], `The step of ${name}`);
      this.#images.use(row.image, name);
    }
  }

  async #checkPerturbations(): Promise<void> {
    for await (const row of this.#ordered("perturbations")) {
      const run = this.#runOfKind(row.run, "perturbation", "perturbations");
      const name = `attack ${row.index} of run ${row.run}`;
      requireRange(row.index, [0, run.attacks - 1], `The index of ${name}`);
      for (const niche of [row.original_class, row.stored_class, row.searched_class])
        this.#requireClass(this.#model(run.row.model), niche, name);
      if (row.stored_searched_confidence === null) throw notRestorable(`${name} lacks the stored confidence in its searched class`);
      for (const value of [row.original_confidence, row.stored_confidence, row.search_confidence, row.stored_searched_confidence])
        requireShare(value, `A confidence of ${name}`);
      for (const value of [row.steps, row.l0, row.linf, row.l2, row.bound ?? 0]) requireRange(value, [0, maxFigure], `A figure of ${name}`);
      this.#images.use(row.image, name);
      this.#images.use(row.original_image, name);
    }
  }

  async #checkChains(): Promise<void> {
    const iterations = new Map<number, number>();
    for await (const row of this.#ordered("chains")) {
      const { links } = this.#runOfKind(row.run, "retraining", "chains");
      if (row.iterations + 1 !== links) throw notRestorable(`the chain of run ${row.run} has another length than its plan`);
      iterations.set(row.run, row.iterations);
    }
    const models = new Map<string, number | null>();
    for await (const row of this.#ordered("links")) {
      const name = `DNN_${row.iteration} of run ${row.run}`;
      const last = iterations.get(row.run);
      if (last === undefined) throw notRestorable(`${name} is of no chain`);
      requireRange(row.iteration, [1, last + 1], `The iteration of ${name}`);
      if (!linkStates.includes(row.state)) throw notRestorable(`${name} has no known state`);
      for (const value of [row.test_error, row.median_confidence, row.fooling_share])
        if (value !== null) requireShare(value, `A figure of ${name}`);
      if (row.iteration === 1 && row.model !== this.#run(row.run).row.model) throw notRestorable(`${name} is not the network of its run`);
      if (typeof row.metrics !== "object" || row.metrics === null || Array.isArray(row.metrics))
        throw notRestorable(`${name} has no metrics`);
      models.set(`${row.run} ${row.iteration}`, row.model);
    }
    for await (const row of this.#ordered("link_elites")) {
      const name = `an elite of DNN_${row.iteration} of run ${row.run}`;
      const model = models.get(`${row.run} ${row.iteration}`);
      if (model == null) throw notRestorable(`${name} is of no network`);
      this.#requireClass(this.#model(model), row.niche, name);
      for (const value of [row.search_confidence, row.stored_confidence]) requireShare(value, `A confidence of ${name}`);
      this.#images.use(row.image, name);
    }
    for (const [run, last] of iterations)
      for (let iteration = 1; iteration <= last + 1; iteration++)
        if (!models.has(`${run} ${iteration}`)) throw notRestorable(`DNN_${iteration} of run ${run} is missing`);
  }

  async #checkScores(): Promise<void> {
    for await (const row of this.#ordered("scores")) {
      const model = this.#model(row.model);
      const name = `the score of the image ${row.image.slice(0, 12)} by ${model.slug}`;
      if (!this.#images.has(row.image)) throw notRestorable(`${name} is of an image that the bundle does not have`);
      this.#requireClass(model, row.top_class, name);
      const bytes = Buffer.from(row.probabilities, "base64");
      if (bytes.length !== 4 * model.labels.length) throw notRestorable(`${name} does not have a probability for each class`);
      let highest = 0;
      for (let at = 0; at < model.labels.length; at++) {
        const probability = bytes.readFloatLE(4 * at);
        requireShare(probability, name);
        highest = Math.max(highest, probability);
      }
      if (row.top_confidence !== highest || bytes.readFloatLE(4 * row.top_class) !== highest)
        throw notRestorable(`${name} has another top class`);
    }
  }
}

/** @throws AppError CORRUPT_DATA naming the first row that no database of this product can have. */
export function checkRestorable(bundle: BundleRows, subject: RestorableSubject): Promise<void> {
  return new RestorableCheck(bundle, subject).check();
}
