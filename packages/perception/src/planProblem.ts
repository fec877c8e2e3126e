/**
 * What keeps a plan from opening: each problem is a sentence with what to do, and the field that it is about. Checks yield their problems
 * instead of throwing the first, so that researchers see all of them at once.
 */
import { AppError } from "@pareidolia/core/appError";

export interface PlanProblem {
  readonly message: string;
  /** The path of the field to change, such as `rules.exclusion.goldHits`; empty if no single field is at fault. */
  readonly field: string;
}

export type PlanProblems = Generator<PlanProblem, void, void>;

/** The problem that an error is about. Rethrows an error that is not about the input. */
export function problemOfError(cause: unknown): PlanProblem {
  if (cause instanceof AppError && (cause.code === "INVALID_INPUT" || cause.code === "CORRUPT_DATA"))
    return { message: cause.message, field: cause.field ?? "" };
  throw cause;
}

/** @throws AppError INVALID_INPUT with the messages of all problems and the field of the first; nothing without problems. */
export function refuseProblems(found: Iterable<PlanProblem>): void {
  const problems = [...found];
  const [first] = problems;
  if (first === undefined) return;
  const numbered = problems.map(({ message }, index) => `${index + 1}. ${message}`);
  const message = problems.length === 1 ? first.message : `The plan has ${problems.length} problems. ${numbered.join(" ")}`;
  throw new AppError("INVALID_INPUT", message, first.field === "" ? {} : { field: first.field });
}
