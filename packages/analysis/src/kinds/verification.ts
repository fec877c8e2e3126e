/** The verification of a run: computed again from its seed, and compared step by step with its stored hash chain and rows. */
import { defineAnalysis } from "@pareidolia/core/analysisContract";
import { boolean, integer, list, nullable, number, oneOf, optional, record, type ShapeValue, text } from "@pareidolia/core/documentShape";

/**
 * `EQUAL`: bit for bit, by the same engine and instruction set. `CLOSE`: confidences agree within the tolerance, on another engine or
 * instruction set. `DIFFERENT`: a step differs, or a stored figure does not follow from the rows, images and networks under it.
 */
export const verdicts = ["EQUAL", "CLOSE", "DIFFERENT"] as const;
export type Verdict = (typeof verdicts)[number];

/** The largest difference of two confidences that counts as close: the engines' contract suite allows the same. */
export const verificationTolerance = 1e-4;

/** An elite, a trajectory, an attack or a link that differs: its stored and its computed value, null where there is none. */
const part = record({ name: text, stored: nullable(number), computed: nullable(number) });
export type DifferentPart = ShapeValue<typeof part>;

const firstDifference = record({
  /** A generation; of other kinds of runs, the number of a trajectory, attack or link, from 0. */
  step: integer,
  /** As a sentence. */
  reason: text,
  parts: list(part),
  /** The number of parts that differ, of which `parts` lists the first. */
  partCount: integer,
});
export type FirstDifference = ShapeValue<typeof firstDifference>;

/** A stored value that differs when it is computed again from what it follows from. Values as text, null where there is none. */
const finding = record({
  /** Table and column by the names of an export, such as `runs.median`. */
  column: text,
  /** The row, such as `generation 4 of RUN-12`. */
  place: text,
  stored: nullable(text),
  computed: nullable(text),
});
export type VerificationFinding = ShapeValue<typeof finding>;

const result = record({
  verdict: oneOf(verdicts),
  /** What the steps are, as a plural noun. */
  unit: text,
  /** The number of compared steps. */
  steps: integer,
  /** The first compared step. */
  firstStep: integer,
  /** Whether engine and instruction set are those of the run. */
  sameEnvironment: boolean,
  /** The run's engines, and the one that computed it again. */
  storedEngines: list(text),
  engine: text,
  instructionSet: text,
  tolerance: number,
  /** Of two confidences over all compared steps; 0 if all are equal. */
  largestDifference: number,
  difference: nullable(firstDifference),
  /** The first findings, and how many there are. Null in results from before figures were verified. */
  findings: optional(list(finding)),
  findingCount: optional(integer),
  /** What could not be checked, each to complete "Not checked: ". Null in results from before figures were verified. */
  notChecked: optional(list(text)),
});
export type VerificationResult = ShapeValue<typeof result>;

export const verification = defineAnalysis({
  id: "verification",
  label: "Verification",
  priority: "background",
  subject: "run",
  parameters: [],
  computesAgain: true,
  result,
});
