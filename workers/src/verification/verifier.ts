/** What verifies one kind of run, and how a step that is a JSON document is compared. */
import type { DifferentPart, FirstDifference } from "@pareidolia/analysis/kinds/verification";
import { verificationTolerance } from "@pareidolia/analysis/kinds/verification";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { hashDocument, nextOfChain } from "@pareidolia/core/hashChain";
import type { RunKind } from "@pareidolia/core/runKinds/registry";
import type { ChainHash } from "@pareidolia/persistence/lab/hashChains/readHashChain";
import type { EarlierRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { AnalysisContext } from "../analyses/analysisTask.ts";
import type { Report } from "../figures/finding.ts";
import { sha256 } from "../hashChain/sha256.ts";
import type { RetryOptions } from "../withRetries.ts";

export type VerificationContext = Pick<
  AnalysisContext,
  "database" | "objectStore" | "openClassifier" | "cacheFolder" | "signal" | "log" | "report"
>;

export interface VerifierInput {
  readonly context: VerificationContext;
  /** The run's network. */
  readonly classifier: DifferentiableClassifier;
  /** The stored hashes, at least one. */
  readonly chain: readonly ChainHash[];
  /** Whether engine and instruction set are those of the run, so that every bit must be equal. */
  readonly exact: boolean;
  /** Takes stored values that the hash chain does not cover and that differ from the computed ones. */
  readonly report: Report;
  /** Takes what cannot be checked, to complete "Not checked: ". */
  readonly skip: (what: string) => void;
}

export interface Comparison {
  readonly steps: number;
  readonly largestDifference: number;
  readonly difference: FirstDifference | null;
}

export interface Verifier<Kind extends RunKind> {
  /** What its steps are, as a plural noun. */
  readonly unit: string;
  verify(run: EarlierRun<Kind>, input: VerifierInput): Promise<Comparison>;
}

const maxParts = 20;

export function differenceAt(step: number, reason: string, parts: readonly DifferentPart[]): FirstDifference {
  return { step, reason, parts: parts.slice(0, maxParts), partCount: parts.length };
}

export const reasons = {
  computed: "The results that were computed again differ from the stored results.",
  rows: "The stored results do not match the stored hash: they were changed after the run stored them.",
  hash: "The results are equal, but the stored hash differs: the run's settings, its model or the hash were changed after the run stored them.",
} as const;

/** A step that both processes describe by a document. */
export interface DocumentStep {
  readonly step: number;
  readonly name: string;
  readonly stored: unknown;
  readonly computed: unknown;
  /** The confidences to compare elsewhere. */
  readonly values: { readonly stored: number; readonly computed: number };
}

/** Compares the steps of a run without generations in order, with the stored hash of each. */
export class DocumentComparison {
  #previous: string;
  #steps = 0;
  #largest = 0;
  readonly #exact: boolean;

  constructor(start: string, exact: boolean) {
    this.#previous = start;
    this.#exact = exact;
  }

  /** Null if the step is equal, or close enough on another engine. */
  compare({ step, name, stored, computed, values }: DocumentStep, hash: string): FirstDifference | null {
    const content = hashDocument(stored, sha256);
    const isEqual = hashDocument(computed, sha256) === content;
    const isChained = nextOfChain({ previous: this.#previous, step, content }, sha256) === hash;
    this.#previous = hash;
    this.#steps++;
    const gap = Math.abs(values.stored - values.computed);
    this.#largest = Math.max(this.#largest, gap);
    const parts = [{ name, ...values }];
    if (!isChained) return differenceAt(step, isEqual ? reasons.hash : reasons.rows, isEqual ? [] : parts);
    if (isEqual || (!this.#exact && gap <= verificationTolerance)) return null;
    return differenceAt(step, reasons.computed, parts);
  }

  result(difference: FirstDifference | null): Comparison {
    return { steps: this.#steps, largestDifference: this.#largest, difference };
  }
}

/** A store that keeps nothing, for images that are computed only to be compared. */
export const noStore: Pick<ObjectStore, "put"> = { put: async () => undefined };

export function retryWithin(signal: AbortSignal): RetryOptions {
  return { signal, timeoutSeconds: 60, onRetry: () => undefined };
}

/** Whether two engines compute the same bits. The number of threads may differ, since results do not depend on it. */
export function isSameEngine(one: string, other: string): boolean {
  const [first, second] = [one, other].map((engine) => engine.replace(/, \d+ threads?/, ""));
  return first === second;
}
