/** Computes a run of any kind again and compares it with what is stored. */
import { type VerificationResult, verificationTolerance } from "@pareidolia/analysis/kinds/verification";
import { instructionSet } from "@pareidolia/classifiers/engines/instructionSet";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type RunKind, whyNotComputed } from "@pareidolia/core/runKinds/registry";
import { type ChainHash, readHashChain } from "@pareidolia/persistence/lab/hashChains/readHashChain";
import { type EarlierRun, findEarlierRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import { Findings, type Stated } from "../figures/finding.ts";
import { isSameEngine, type VerificationContext, type Verifier } from "./verifier.ts";
import { verifyAnalyses } from "./verifyAnalyses.ts";
import { ascentVerifier } from "./verifyAscent.ts";
import { evolutionVerifier } from "./verifyEvolution.ts";
import { perturbationVerifier } from "./verifyPerturbation.ts";
import { retrainingVerifier } from "./verifyRetraining.ts";
import { verifyRows } from "./verifyRows.ts";

/** Scores of one image on one engine differ in their last bits, since other images are scored with it. */
const sameEngineTolerance = 1e-5;

const verifiers: { readonly [Kind in RunKind]: Verifier<Kind> } = {
  evolution: evolutionVerifier,
  ascent: ascentVerifier,
  perturbation: perturbationVerifier,
  retraining: retrainingVerifier,
  imported: {
    unit: "steps",
    verify: async ({ number }) => {
      throw new AppError("CONFLICT", `RUN-${number} cannot be computed again: ${whyNotComputed("imported")}.`);
    },
  },
};

function verifierOf<Kind extends RunKind>(run: EarlierRun<Kind>): Verifier<Kind> {
  return verifiers[run.kind];
}

function enginesOf({ manifest }: EarlierRun): readonly string[] {
  const { engines } = (manifest ?? {}) as { readonly engines?: unknown };
  return Array.isArray(engines) ? engines.filter((engine) => typeof engine === "string") : [];
}

/** @throws AppError NOT_FOUND; CONFLICT for a run that has not ended or has no hash chain. */
async function readRun(
  runId: string,
  { database: { connection } }: VerificationContext,
): Promise<{ readonly run: EarlierRun; readonly chain: readonly ChainHash[] }> {
  const run = await findEarlierRun(connection, runId);
  if (run === null) throw new AppError("NOT_FOUND", "This run no longer exists.");
  const key = `RUN-${run.number}`;
  const reason = whyNotComputed(run.kind);
  if (reason !== null) throw new AppError("CONFLICT", `${key} cannot be computed again: ${reason}.`);
  if (run.state === "QUEUED" || run.state === "RUNNING")
    throw new AppError("CONFLICT", `${key} has not ended yet. Wait until it has, or pause it, then verify it.`);
  const chain = await readHashChain(connection, { runId, from: 0 });
  if (chain.length === 0)
    throw new AppError(
      "CONFLICT",
      `${key} has no hash chain: it ended before its first result, or ran before hash chains existed. Run it again with the same settings, and compare both runs.`,
    );
  return { run, chain };
}

/** @throws AppError NOT_FOUND if the model's file is gone. */
async function openNetwork(run: EarlierRun, { openClassifier }: VerificationContext): Promise<DifferentiableClassifier> {
  const { modelId: id, modelSlug: slug, modelSha256: sha256, modelOrigin: origin, modelLabels: labels, framing } = run;
  try {
    return await openClassifier({ id, slug, sha256, origin, labels, preprocessing: run.modelPreprocessing, framing });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "NOT_FOUND") throw error;
    const why = `The file of the model "${slug}" (SHA-256 ${sha256.slice(0, 12)}) is gone, so RUN-${run.number} cannot be computed again.`;
    throw new AppError("NOT_FOUND", `${why} Restore the object store from a copy with \`npm run store -- repair --from FOLDER\`.`, {
      cause: error,
    });
  }
}

/** Changed rows may make a run that cannot be computed: then what was found before is the result, and null is returned. */
async function unlessChanged<T>(
  step: () => Promise<T>,
  what: string,
  { findings, skip }: { readonly findings: Findings; readonly skip: (what: string) => void },
): Promise<T | null> {
  try {
    return await step();
  } catch (error) {
    if (findings.count === 0 || !(error instanceof AppError) || error.code === "LEASE_LOST") throw error;
    skip(`${what}, since changed rows prevent it (${error.message.replace(/\.$/, "")})`);
    return null;
  }
}

function textOf(value: Stated): string | null {
  return value === null ? null : String(value);
}

/** @throws AppError NOT_FOUND, CONFLICT or CORRUPT_DATA, with a message for the user, if the run cannot be verified. */
export async function verifyRun(runId: string, context: VerificationContext): Promise<VerificationResult> {
  const { run, chain } = await readRun(runId, context);
  const classifier = await openNetwork(run, context);
  const storedEngines = enginesOf(run);
  const sameEnvironment = storedEngines.length > 0 && storedEngines.every((engine) => isSameEngine(engine, classifier.engine));
  const verifier = verifierOf(run);
  const findings = new Findings();
  const notChecked: string[] = [];
  const { report } = findings;
  const skip = (what: string): void => void notChecked.push(what);
  const tolerance = sameEnvironment ? sameEngineTolerance : verificationTolerance;
  const attempt = { findings, skip };
  await unlessChanged(() => verifyRows(run, { context, tolerance, report, skip }), "the images, scores and genomes", attempt);
  const { steps, largestDifference, difference } = (await unlessChanged(
    () => verifier.verify(run, { context, classifier, chain, exact: sameEnvironment, report, skip }),
    "the run computed again",
    attempt,
  )) ?? { steps: 0, largestDifference: 0, difference: null };
  await unlessChanged(() => verifyAnalyses(run, { context, engine: classifier.engine, report, skip }), "the analyses", attempt);
  const isDifferent = difference !== null || findings.count > 0;
  return {
    verdict: isDifferent ? "DIFFERENT" : sameEnvironment ? "EQUAL" : "CLOSE",
    unit: verifier.unit,
    steps,
    firstStep: run.forkGeneration === null ? 0 : run.forkGeneration + 1,
    sameEnvironment,
    storedEngines,
    engine: classifier.engine,
    instructionSet: instructionSet(),
    tolerance: verificationTolerance,
    largestDifference,
    difference,
    findings: findings.first.map(({ stored, computed, ...finding }) => ({
      ...finding,
      stored: textOf(stored),
      computed: textOf(computed),
    })),
    findingCount: findings.count,
    notChecked,
  };
}
