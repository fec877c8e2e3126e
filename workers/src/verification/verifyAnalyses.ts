/**
 * Computes the analyses of a run again and compares their results, number by number. Only analyses whose result follows from their question
 * are compared: scorings and transfers store their figures as scores, which are verified with the rows of the run.
 */
import { detectors } from "@pareidolia/analysis/kinds/detectors";
import { analysisKinds } from "@pareidolia/analysis/kinds/registry";
import { AppError } from "@pareidolia/core/appError";
import { findStoredResults, type StoredResult } from "@pareidolia/persistence/lab/analyses/analysisWork";
import type { EarlierRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import { findAnalysisTask } from "../analyses/findAnalysisTask.ts";
import { areRealImagesFixed } from "../analyses/realImages.ts";
import { isSameFigure, type Report, type Stated } from "../figures/finding.ts";
import { isSameEngine, type VerificationContext } from "./verifier.ts";

interface AnalysesToVerify {
  readonly context: VerificationContext;
  /** What computes them again. */
  readonly engine: string;
  readonly report: Report;
  /** Takes what cannot be checked, to complete "Not checked: ". */
  readonly skip: (what: string) => void;
}

/** Errors of a question that was changed; others have causes outside the database. */
const ofQuestions: ReadonlySet<string> = new Set(["NOT_FOUND", "INVALID_INPUT", "CORRUPT_DATA"]);

function kindsToVerify({ modelSlug }: EarlierRun): readonly string[] {
  return analysisKinds
    .filter((kind) => !kind.computesAgain && (kind.id !== detectors.id || areRealImagesFixed(modelSlug)))
    .map(({ id }) => id);
}

export async function verifyAnalyses(run: EarlierRun, { context, engine, report, skip }: AnalysesToVerify): Promise<void> {
  const { connection } = context.database;
  const results = await findStoredResults(connection, { runId: run.id, kinds: kindsToVerify(run) });
  const comparable = results.filter((stored) => stored.engine !== null && isSameEngine(stored.engine, engine));
  const elsewhere = results.length - comparable.length;
  if (elsewhere > 0) skip(`${elsewhere} of ${results.length} results of analyses, which another engine or an earlier version computed`);
  for (const [index, stored] of comparable.entries()) {
    context.signal.throwIfAborted();
    const place = `analysis ${index + 1} of RUN-${run.number} (${stored.kind})`;
    const computed = await computeAgain(stored, context);
    if (!(computed instanceof AppError))
      compareDocuments(stored.result, computed, (path, values) =>
        report({ column: "analyses.result", place: `${path} of ${place}`, ...values }),
      );
    else if (run.isTrimmed || !ofQuestions.has(computed.code)) skip(`${place} (${computed.message.replace(/\.$/, "")})`);
    else report({ column: "analyses.input", place, stored: JSON.stringify(stored.input), computed: computed.message });
  }
}

/** @returns the error if it cannot be computed. */
async function computeAgain({ kind, input, scope }: StoredResult, context: VerificationContext): Promise<unknown> {
  const task = await findAnalysisTask(kind);
  if (task === null) throw new AppError("INTERNAL", `There is no analysis of the kind "${kind}".`);
  try {
    const result = await task.analyse(input, { ...context, scope, report: async () => undefined });
    // As it is stored.
    return JSON.parse(JSON.stringify(result));
  } catch (error) {
    if (error instanceof AppError && error.code !== "LEASE_LOST") return error;
    throw error;
  }
}

type OnDifference = (path: string, values: { readonly stored: Stated; readonly computed: Stated }) => void;

/** Reports the first value that differs. */
function compareDocuments(stored: unknown, computed: unknown, onDifference: OnDifference): void {
  const computedAt = new Map(leavesOf(computed));
  const storedAt = new Map(leavesOf(stored));
  const path = [...new Set([...storedAt.keys(), ...computedAt.keys()])].find(
    (each) => !isSameFigure(storedAt.get(each) ?? null, computedAt.get(each) ?? null),
  );
  if (path !== undefined) onDifference(path, { stored: storedAt.get(path) ?? null, computed: computedAt.get(path) ?? null });
}

/** The values of a document with their paths, such as `curves.0.label`. */
function leavesOf(document: unknown, path = ""): readonly (readonly [path: string, value: Stated])[] {
  if (typeof document !== "object" || document === null) return [[path, document as Stated]];
  return Object.entries(document).flatMap(([name, value]) => leavesOf(value, path === "" ? name : `${path}.${name}`));
}
