/** Runs all experiments and judges the paper's claims. A failed experiment is reported and does not stop the others. */
import { join } from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { judgeClaim } from "./claims/judgeClaim.ts";
import { claims } from "./claims/registry.ts";
import { durationsOf, expectedWords, type KnownDurations } from "./durations.ts";
import type { Experiment, ExperimentOptions } from "./experiments/experiment.ts";
import { comparedRuns, seedsOf } from "./experiments/seeds.ts";
import { findFullBudget, fullBudgetOf, verdictIn } from "./fullBudget.ts";
import type { Spent } from "./keptResults/keptFile.ts";
import { type KeptResults, openKeptResults } from "./keptResults/keptResults.ts";
import { findOrigin } from "./keptResults/origin.ts";
import { writeWhole } from "./keptResults/writeWhole.ts";
import { describeAll, describeMachine, findCommit } from "./machine.ts";
import type { DisposableShelf } from "./modelShelf.ts";
import { noBar, type ReportRow } from "./report.ts";
import { evidenceText } from "./reportPage/evidence.ts";
import { type FullReport, reportHtml } from "./reportPage/reportHtml.ts";
import { withSmallerImages } from "./reportPage/smallerImages.ts";
import { chooseNetworks } from "./userNetworks.ts";

/**
 * Writes `report.html` and `report.json` into the folder after each experiment, and keeps its result there, so that no measurement is lost if
 * the process is killed: the next call with this folder continues after the last result that is kept.
 * Returns the gates of all experiments, including one for each experiment's completion, and the claims' verdicts. These are findings: a
 * claim that disagrees is a result, while a gate that fails is a fault in this code.
 */
export async function reproAll(
  options: ExperimentOptions & {
    readonly models: DisposableShelf;
    /** In the order of the report. */
    readonly experiments: readonly Experiment[];
    /** IDs of those to run now; the report names the others as not run, unless the folder keeps their results. Default: all. */
    readonly chosen?: readonly string[] | undefined;
    readonly folder: string;
    /** Folders of reports, of which those with the full budget have their verdicts in a column of its own. */
    readonly reportFolders: readonly string[];
    /** Of an earlier report with this budget; null without one. */
    readonly durations: KnownDurations | null;
  },
): Promise<readonly ReportRow[]> {
  const { experiments, chosen = experiments.map(({ id }) => id), folder, models, onProgress } = options;
  // Fails now, not after the first experiments, if a file cannot be opened.
  for (const id of models.userModels) await models.open(id);
  const commit = findCommit();
  const machine = describeMachine();
  const kept = await openKeptResults({ folder, origin: await findOrigin(options), commit, onProgress });
  onProgress(`Results are kept in ${folder}. If this is interrupted, the same command with --out ${folder} continues.`);
  const reported = experiments.filter(({ id }) => chosen.includes(id) || kept.find(id) !== null);
  const remaining = reported.filter(({ id }) => kept.find(id) === null);
  const spentBefore = remaining.map(({ id }) => ({ id, coreSeconds: kept.spentOn(id).coreSeconds }));
  // The times of earlier reports are those of as many seeds and generations as each experiment needs.
  if (options.seeds === undefined && options.generations === undefined)
    onProgress(expectedWords(options.durations, options.budget, spentBefore));
  const earlier = options.budget === "full" ? [] : await findFullBudget(options.reportFolders);
  const finished: Finished[] = [];
  const describeSoFar = (): FullReport => {
    const ran = finished.map(({ experiment }) => experiment);
    const results = new Map(ran.flatMap(({ id, result }) => (result === null ? [] : [[id, result] as const])));
    const judged = claims.map((claim) => ({ claim, judgement: judgeClaim(claim, results) }));
    const writtenAt = new Date().toISOString();
    const unfinished = experiments.filter(({ id }) => !ran.some((experiment) => experiment.id === id)).map(({ id }) => id);
    const durations = durationsOf({ machine, experiments: ran });
    const seeds = seedsOf(options, comparedRuns[options.budget]);
    const made = { writtenAt, commit, seeds, generations: options.generations ?? null };
    return {
      ...made,
      fullBudget: options.budget === "full" ? [fullBudgetOf(made, judged, { ...durations, unfinished })] : earlier,
      budget: options.budget,
      minutes: ran.reduce((sum, { seconds }) => sum + seconds, 0) / 60,
      machine,
      versions: Object.assign(describeAll(new Map()), ...finished.map(({ versions }) => versions)),
      claims: judged,
      experiments: ran,
      unfinished,
    };
  };
  for (const experiment of reported) {
    finished.push(recall(experiment, kept, onProgress) ?? (await compute(experiment, kept, options)));
    // The report before an interruption has the results that were kept then.
    if (kept.find(experiment.id) === null || finished.length === reported.length) await write(describeSoFar(), folder);
  }
  const report = describeSoFar();
  if (report.unfinished.length === 0 && report.experiments.every(({ result }) => result !== null)) await kept.deleteAll();
  onProgress(`Wrote ${join(folder, "report.html")} and report.json after ${report.minutes.toFixed(1)} minutes of experiments.`);
  return [...report.experiments.flatMap(gatesOf), ...report.claims.map(findingOf)];
}

interface Finished {
  readonly experiment: FullReport["experiments"][number];
  readonly versions: Readonly<Record<string, string>>;
}

type Outcome = Pick<Finished["experiment"], "result" | "refusals" | "failure">;

/** Null if no earlier process has kept it. */
function recall({ id, description }: Experiment, kept: KeptResults, onProgress: (line: string) => void): Finished | null {
  const known = kept.find(id);
  if (known === null) return null;
  onProgress(`— ${id}: kept at ${known.writtenAt}, ${describeSpent(known.spent)}`);
  const { versions, ...outcome } = known.value as Outcome & Pick<Finished, "versions">;
  return { experiment: { id, description, ...known.spent, ...outcome }, versions };
}

/** A failure is reported and not kept, so that the next call tries again. */
async function compute(
  experiment: Experiment,
  kept: KeptResults,
  options: ExperimentOptions & { readonly models: DisposableShelf },
): Promise<Finished> {
  const { id, description } = experiment;
  const { onProgress } = options;
  onProgress(`— ${id}: ${description}`);
  const spent = measureSpent(kept.spentOn(id));
  const outcome: Outcome = await runSkippingRefused(experiment, { ...options, keep: kept.unitsOf(id, spent) }).then(
    (done) => ({ ...done, failure: null }),
    (error: unknown) => {
      if (!(error instanceof AppError) || kept.isOwnFailure(error)) throw error;
      return { result: null, refusals: [], failure: error.message };
    },
  );
  const [total, versions] = [spent(), describeAll(await options.models.opened())];
  onProgress(`${id}: ${describeSpent(total)}`);
  if (outcome.result !== null) await kept.finish(id, total, { ...outcome, versions });
  return { experiment: { id, description, ...total, ...outcome }, versions };
}

/** Continues to count where an earlier process ended. */
function measureSpent(earlier: Spent): () => Spent {
  const start = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { seconds: earlier.seconds + (performance.now() - start) / 1000, coreSeconds: earlier.coreSeconds + (user + system) / 1e6 };
  };
}

function describeSpent({ seconds, coreSeconds }: Spent): string {
  return `${seconds.toFixed(0)} s, ${coreSeconds.toFixed(0)} core-seconds`;
}

/** A network that an experiment cannot use is reported and skipped; the experiment runs on the others. */
async function runSkippingRefused(experiment: Experiment, options: ExperimentOptions) {
  const { models, refusals } = await chooseNetworks(experiment, options.models);
  for (const refusal of refusals) options.onProgress(refusal);
  return { result: await experiment.run({ ...options, models }), refusals };
}

export function gatesOf({ id, description, seconds, result, failure }: FullReport["experiments"][number]): readonly ReportRow[] {
  const end: ReportRow = {
    id,
    what: `finishes: ${description}`,
    figure: result === null ? null : Math.round(seconds),
    bar: "a result",
    holds: result !== null,
    detail: failure ?? "figure in seconds",
  };
  return [end, ...(result?.rows ?? []).filter(({ finding }) => finding !== true)];
}

function findingOf({ claim, judgement: { verdict, reason } }: FullReport["claims"][number]): ReportRow {
  const figure = verdict === "agree" ? 1 : verdict === "disagree" ? 0 : null;
  return { id: claim.id, what: claim.statement, figure, bar: noBar, holds: true, detail: `${verdict}. ${reason}`, finding: true };
}

async function write(report: FullReport, folder: string): Promise<void> {
  await writeWhole(join(folder, "report.html"), await withSmallerImages(reportHtml(report)));
  await writeWhole(join(folder, "report.json"), `${JSON.stringify(plain(report), null, 1)}\n`);
}

/** The JSON for programs, without images. */
function plain(report: FullReport): unknown {
  return {
    ...report,
    claims: report.claims.map(({ claim: { id, statement, paper, experiments: needed }, judgement }) => ({
      id,
      statement,
      paper,
      experiments: needed,
      ...judgement,
      fullVerdict: verdictIn(report.fullBudget, id),
      ours: judgement.ours.map(evidenceText).join("\n"),
      evidence: judgement.ours,
    })),
    experiments: report.experiments.map(({ result, ...rest }) => ({
      ...rest,
      head: result?.head ?? [],
      lines: result?.lines ?? [],
      rows: result?.rows ?? [],
      curves: (result?.figures ?? []).filter((figure) => figure.kind === "curves"),
    })),
  };
}
