/**
 * Evolves a run again from its seed, or a fork from the archive that it starts from, and compares each generation. On another engine or
 * instruction set the last bits of confidences differ, and with them sooner or later the winner of a niche; each generation is then
 * computed from the stored archive before it, so that a difference cannot grow from one generation to the next.
 */
import type { DifferentPart, FirstDifference } from "@pareidolia/analysis/kinds/verification";
import { verificationTolerance } from "@pareidolia/analysis/kinds/verification";
import { AppError } from "@pareidolia/core/appError";
import type { HashedElite } from "@pareidolia/core/generationBytes";
import { type ForkPoint, nextOfChain, startOfChain } from "@pareidolia/core/hashChain";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import { type Elite, sameAddress } from "@pareidolia/evolution/lineage";
import { findGenerations } from "@pareidolia/persistence/lab/generations/readGenerations";
import type { ChainHash } from "@pareidolia/persistence/lab/hashChains/readHashChain";
import {
  readArchive,
  readElitesOfGenerations,
  type StoredCheckpoint,
  type StoredElite,
} from "@pareidolia/persistence/lab/runs/readCheckpoint";
import type { EarlierRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import { hashArchive, type OpenSearch, openSearch, readElite } from "../evolution/openSearch.ts";
import { compareFigures } from "../figures/finding.ts";
import { hashGeneration } from "../hashChain/generationChain.ts";
import { sha256 } from "../hashChain/sha256.ts";
import { type Comparison, differenceAt, reasons, type VerificationContext, type Verifier, type VerifierInput } from "./verifier.ts";

type Evolution = EarlierRun<"evolution">;

const generationsPerRead = 50;
const settingsChanged = "The settings, the model or the archive that the fork starts from were changed after the run began.";

async function readStart(
  run: Evolution,
  { database }: VerificationContext,
): Promise<{ checkpoint: StoredCheckpoint; fork: ForkPoint | null }> {
  const nothing = { generation: -1, evaluations: 0, archiveHash: null, chainHash: null, elites: [] };
  const generation = run.forkGeneration;
  if (generation === null) return { checkpoint: nothing, fork: null };
  const elites = await readArchive(database.connection, run.id, generation);
  const evaluations = (generation + 1) * run.plan.offspring;
  return { checkpoint: { ...nothing, generation, evaluations, elites }, fork: { generation, state: hashGeneration(byNiche(elites)) } };
}

function byNiche(elites: readonly StoredElite[]): readonly StoredElite[] {
  return [...elites].sort((a, b) => a.niche - b.niche);
}

/** Whether it was computed again. Of its parents, those that were removed with the replaced elites are gone. */
function isAmong(row: StoredElite, computed: readonly HashedElite[]): boolean {
  return computed.some(
    (elite) =>
      isSame({ ...elite, parents: [] }, { ...row, parents: [] }) &&
      row.parents.every((parent) => elite.parents.some((known) => sameAddress(known, parent))),
  );
}

function isSame(a: HashedElite, b: HashedElite): boolean {
  return hashGeneration([a]) === hashGeneration([b]);
}

class EvolutionComparison {
  readonly #input: VerifierInput;
  readonly #search: OpenSearch;
  readonly #name: string;
  readonly #isTrimmed: boolean;
  /** The stored archive, which is kept only where generations are computed from it. */
  readonly #stored: (Elite<unknown> | null)[];
  #previous: string;
  #steps = 0;
  #largest = 0;

  constructor(input: VerifierInput, search: OpenSearch, { number, isTrimmed }: Evolution, start: string) {
    this.#name = `RUN-${number}`;
    this.#isTrimmed = isTrimmed;
    this.#input = input;
    this.#search = search;
    this.#stored = [...search.search.elites];
    this.#previous = start;
  }

  result(difference: FirstDifference | null): Comparison {
    return { steps: this.#steps, largestDifference: this.#largest, difference };
  }

  /** Computes the next generation. `rows` are its stored elites, by niche. */
  async compare({ step, hash }: ChainHash, rows: readonly StoredElite[], jumps: number): Promise<FirstDifference | null> {
    const { exact, classifier, context, report } = this.#input;
    const { search, encoding } = this.#search;
    const { replacements, statistics } = await evaluateGeneration({ search, encoding, classifier, signal: context.signal });
    const computed = replacements.map(({ niche, elite: { generation, index, parents, fitness, genome } }) => ({
      niche,
      generation,
      index,
      parents,
      fitness,
      genomeSha256: sha256(encoding.serialise(genome)),
    }));
    // Of a trimmed run, the elites that are still there must be among those computed again, which the chain covers.
    const isEqual = this.#isTrimmed ? rows.every((row) => isAmong(row, computed)) : hashGeneration(computed) === hashGeneration(rows);
    const content = hashGeneration(this.#isTrimmed ? computed : rows);
    const isChained = nextOfChain({ previous: this.#previous, step, content }, sha256) === hash;
    this.#previous = hash;
    this.#steps++;
    const parts = isEqual ? [] : this.#differentNiches(computed, rows);
    if (!isChained) return differenceAt(step, isEqual ? reasons.hash : reasons.rows, parts);
    if (exact && !isEqual) return differenceAt(step, reasons.computed, parts);
    if (exact) {
      compareFigures(report, `generation ${step} of ${this.#name}`, { "generations.jumps": [jumps, statistics.jumps] });
      return null;
    }
    return this.#compareElsewhere(step, computed, rows);
  }

  /** Compares the hash of the last archive, which is the stored one if no step differs. */
  compareArchive(stored: string | null): void {
    const { search, encoding } = this.#search;
    compareFigures(this.#input.report, this.#name, { "runs.archive_hash": [stored, hashArchive(search.elites, encoding)] });
  }

  #differentNiches(computed: readonly HashedElite[], rows: readonly StoredElite[]): DifferentPart[] {
    const niches = [...new Set([...computed, ...rows].map(({ niche }) => niche))].sort((a, b) => a - b);
    return niches.flatMap((niche) => {
      const here = computed.find((elite) => elite.niche === niche);
      const stored = rows.find((elite) => elite.niche === niche);
      if (here !== undefined && stored !== undefined && isSame(here, stored)) return [];
      return [{ name: this.#nameOf(niche), stored: stored?.fitness ?? null, computed: here?.fitness ?? null }];
    });
  }

  /** Compares the confidence of each niche after the generation, then continues from the stored archive. */
  async #compareElsewhere(step: number, computed: readonly HashedElite[], rows: readonly StoredElite[]): Promise<FirstDifference | null> {
    const { search, encoding } = this.#search;
    const here = search.elites;
    for (const row of rows) {
      const same = computed.find(
        (elite) => elite.niche === row.niche && elite.genomeSha256 === row.genomeSha256 && elite.index === row.index,
      );
      const { fitness } = row;
      this.#stored[row.niche] =
        same === undefined
          ? await readElite(row, encoding, this.#input.context.objectStore)
          : { ...(here[row.niche] as Elite<unknown>), fitness };
    }
    const parts: DifferentPart[] = [];
    for (const niche of new Set([...computed, ...rows].map((elite) => elite.niche))) {
      const stored = this.#stored[niche]?.fitness ?? 0;
      const fitness = here[niche]?.fitness ?? 0;
      const gap = Math.abs(stored - fitness);
      this.#largest = Math.max(this.#largest, gap);
      if (gap > verificationTolerance) parts.push({ name: this.#nameOf(niche), stored, computed: fitness });
    }
    search.restore({ generation: step, evaluations: search.evaluations, elites: this.#stored });
    return parts.length === 0 ? null : differenceAt(step, reasons.computed, parts);
  }

  #nameOf(niche: number): string {
    return this.#input.classifier.labels[niche] ?? String(niche);
  }
}

/** @throws AppError CONFLICT if the elites are gone from which it would be computed again. */
function requireElites({ isTrimmed, number, forkGeneration }: Evolution, { exact, skip }: VerifierInput): void {
  if (!isTrimmed) return;
  if (forkGeneration !== null || !exact)
    throw new AppError(
      "CONFLICT",
      `RUN-${number} cannot be computed again here: a retention rule removed its replaced elites. ${forkGeneration === null ? "Verify it with the engine and instruction set that computed it." : "Verify the run that it was forked from."}`,
    );
  skip("the statistics of generations before the last, whose replaced elites a retention rule removed");
}

async function verify(run: Evolution, input: VerifierInput): Promise<Comparison> {
  requireElites(run, input);
  const { context, classifier, chain } = input;
  const { connection } = context.database;
  const { checkpoint, fork } = await readStart(run, context);
  const search = await openSearch({ run, classifier, checkpoint, objectStore: context.objectStore });
  const start = startOfChain(run, fork, sha256);
  const comparison = new EvolutionComparison(input, search, run, start);
  const isFork = fork !== null;
  if (isFork && chain[0]?.hash !== start) return comparison.result(differenceAt(fork.generation, settingsChanged, []));
  const generations = isFork ? chain.slice(1) : chain;
  let rows: readonly StoredElite[] = [];
  let jumps: ReadonlyMap<number, number> = new Map();
  for (const [i, next] of generations.entries()) {
    if (i % generationsPerRead === 0) {
      const to = generations[Math.min(i + generationsPerRead, generations.length) - 1]?.step ?? next.step;
      rows = await readElitesOfGenerations(connection, { runId: run.id, from: next.step, to });
      jumps = new Map(
        (await findGenerations(connection, { runIds: [run.id], from: next.step, to })).map((row) => [row.generation, row.jumps]),
      );
    }
    const difference = await comparison.compare(
      next,
      rows.filter(({ generation }) => generation === next.step),
      jumps.get(next.step) ?? -1,
    );
    if (difference !== null) return comparison.result(difference);
    await context.report({ done: i + 1, total: generations.length });
  }
  if (!input.exact) input.skip("the jumps of each generation, which another engine cannot count");
  if (generations.at(-1)?.step === run.generation) comparison.compareArchive(run.archiveHash);
  return comparison.result(null);
}

export const evolutionVerifier: Verifier<"evolution"> = { unit: "generations", verify };
