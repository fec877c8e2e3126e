/**
 * Evolves a run again from its seed, or a fork from the archive that it starts from, and compares each generation. On another engine or
 * instruction set the last bits of confidences differ, and with them sooner or later the winner of a niche; each generation is then
 * computed from the stored archive before it, so that a difference cannot grow from one generation to the next.
 */
import type { DifferentPart, FirstDifference } from "@pareidolia/analysis/kinds/verification";
import { verificationTolerance } from "@pareidolia/analysis/kinds/verification";
import type { HashedElite } from "@pareidolia/core/generationBytes";
import { type ForkPoint, nextOfChain, startOfChain } from "@pareidolia/core/hashChain";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import type { Elite } from "@pareidolia/evolution/lineage";
import type { ChainHash } from "@pareidolia/persistence/hashChains/readHashChain";
import { readArchive, readElitesOfGenerations, type StoredCheckpoint, type StoredElite } from "@pareidolia/persistence/runs/readCheckpoint";
import type { EarlierRun } from "@pareidolia/persistence/runs/wholeRun";
import { type OpenSearch, openSearch, readElite } from "../evolution/openSearch.ts";
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

function isSame(a: HashedElite, b: HashedElite): boolean {
  return hashGeneration([a]) === hashGeneration([b]);
}

class EvolutionComparison {
  readonly #input: VerifierInput;
  readonly #search: OpenSearch;
  /** The stored archive, which is kept only where generations are computed from it. */
  readonly #stored: (Elite<unknown> | null)[];
  #previous: string;
  #steps = 0;
  #largest = 0;

  constructor(input: VerifierInput, search: OpenSearch, start: string) {
    this.#input = input;
    this.#search = search;
    this.#stored = [...search.search.elites];
    this.#previous = start;
  }

  result(difference: FirstDifference | null): Comparison {
    return { steps: this.#steps, largestDifference: this.#largest, difference };
  }

  /** Computes the next generation. `rows` are its stored elites, by niche. */
  async compare({ step, hash }: ChainHash, rows: readonly StoredElite[]): Promise<FirstDifference | null> {
    const { exact, classifier, context } = this.#input;
    const { search, encoding } = this.#search;
    const { replacements } = await evaluateGeneration({ search, encoding, classifier, signal: context.signal });
    const computed = replacements.map(({ niche, elite: { generation, index, parents, fitness, genome } }) => ({
      niche,
      generation,
      index,
      parents,
      fitness,
      genomeSha256: sha256(encoding.serialise(genome)),
    }));
    const content = hashGeneration(rows);
    const isEqual = hashGeneration(computed) === content;
    const isChained = nextOfChain({ previous: this.#previous, step, content }, sha256) === hash;
    this.#previous = hash;
    this.#steps++;
    const parts = isEqual ? [] : this.#differentNiches(computed, rows);
    if (!isChained) return differenceAt(step, isEqual ? reasons.hash : reasons.rows, parts);
    if (exact) return isEqual ? null : differenceAt(step, reasons.computed, parts);
    return this.#compareElsewhere(step, computed, rows);
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

async function verify(run: Evolution, input: VerifierInput): Promise<Comparison> {
  const { context, classifier, chain } = input;
  const { connection } = context.database;
  const { checkpoint, fork } = await readStart(run, context);
  const search = await openSearch({ run, classifier, checkpoint, objectStore: context.objectStore });
  const start = startOfChain(run, fork, sha256);
  const comparison = new EvolutionComparison(input, search, start);
  const isFork = fork !== null;
  if (isFork && chain[0]?.hash !== start) return comparison.result(differenceAt(fork.generation, settingsChanged, []));
  const generations = isFork ? chain.slice(1) : chain;
  let rows: readonly StoredElite[] = [];
  for (const [i, next] of generations.entries()) {
    if (i % generationsPerRead === 0) {
      const to = generations[Math.min(i + generationsPerRead, generations.length) - 1]?.step ?? next.step;
      rows = await readElitesOfGenerations(connection, { runId: run.id, from: next.step, to });
    }
    const difference = await comparison.compare(
      next,
      rows.filter(({ generation }) => generation === next.step),
    );
    if (difference !== null) return comparison.result(difference);
    await context.report({ done: i + 1, total: generations.length });
  }
  return comparison.result(null);
}

export const evolutionVerifier: Verifier<"evolution"> = { unit: "generations", verify };
