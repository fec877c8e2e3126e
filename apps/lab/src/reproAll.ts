/** Runs all experiments and judges the paper's claims. A failed experiment is reported and does not stop the others. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { judgeClaim } from "./claims/judgeClaim.ts";
import { claims } from "./claims/registry.ts";
import type { Experiment, ExperimentOptions } from "./experiments/experiment.ts";
import { experiments } from "./experiments/registry.ts";
import { comparedRuns, seedsOf } from "./experiments/seeds.ts";
import { findFullBudget, fullBudgetOf } from "./fullBudget.ts";
import { describeAll, describeMachine, findCommit } from "./machine.ts";
import type { DisposableShelf } from "./modelShelf.ts";
import { noBar, type ReportRow } from "./report.ts";
import { evidenceText } from "./reportPage/evidence.ts";
import { type FullReport, reportHtml } from "./reportPage/reportHtml.ts";
import { withSmallerImages } from "./reportPage/smallerImages.ts";
import { chooseNetworks } from "./userNetworks.ts";

/**
 * Writes `report.html` and `report.json` into the folder after each experiment, so that no measurement is lost if the process is killed.
 * Returns the gates of all experiments, including one for each experiment's completion, and the claims' verdicts. These are findings: a
 * claim that disagrees is a result, while a gate that fails is a fault in this code.
 */
export async function reproAll(
  options: ExperimentOptions & {
    readonly models: DisposableShelf;
    readonly folder: string;
    /** Folders of reports, of which the newest with the full budget has its verdicts in a column of its own. */
    readonly reportFolders: readonly string[];
  },
): Promise<readonly ReportRow[]> {
  const began = performance.now();
  // Fails now, not after the first experiments, if a file cannot be opened.
  for (const id of options.models.userModels) await options.models.open(id);
  let versions = describeAll(new Map());
  const commit = findCommit();
  const earlier = options.budget === "full" ? null : await findFullBudget(options.reportFolders);
  const ran: FullReport["experiments"][number][] = [];
  const describeSoFar = (): FullReport => {
    const results = new Map(ran.flatMap(({ id, result }) => (result === null ? [] : [[id, result] as const])));
    const judged = claims.map((claim) => ({ claim, judgement: judgeClaim(claim, results) }));
    const writtenAt = new Date().toISOString();
    return {
      writtenAt,
      commit,
      fullBudget: options.budget === "full" ? fullBudgetOf(writtenAt, commit, judged) : earlier,
      budget: options.budget,
      seeds: seedsOf(options, comparedRuns[options.budget]),
      minutes: (performance.now() - began) / 60_000,
      machine: describeMachine(),
      versions,
      claims: judged,
      experiments: ran,
      unfinished: experiments.slice(ran.length).map(({ id }) => id),
    };
  };
  await mkdir(options.folder, { recursive: true });
  for (const experiment of experiments) {
    const { id, description } = experiment;
    const start = performance.now();
    const before = process.cpuUsage();
    options.onProgress(`— ${id}: ${description}`);
    const outcome = await runSkippingRefused(experiment, options).then(
      (done) => ({ ...done, failure: null }),
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        return { result: null, refusals: [], failure: error.message };
      },
    );
    const { user, system } = process.cpuUsage(before);
    const [seconds, coreSeconds] = [(performance.now() - start) / 1000, (user + system) / 1e6];
    options.onProgress(`${id}: ${seconds.toFixed(0)} s, ${coreSeconds.toFixed(0)} core-seconds`);
    ran.push({ id, description, seconds, coreSeconds, ...outcome });
    versions = describeAll(await options.models.opened());
    await write(describeSoFar(), options.folder);
  }
  const report = describeSoFar();
  options.onProgress(`Wrote ${join(options.folder, "report.html")} and report.json after ${report.minutes.toFixed(1)} minutes.`);
  return [...report.experiments.flatMap(gatesOf), ...report.claims.map(findingOf)];
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
  await writeFile(join(folder, "report.html"), await withSmallerImages(reportHtml(report)));
  await writeFile(join(folder, "report.json"), `${JSON.stringify(plain(report), null, 1)}\n`);
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
      fullVerdict: report.fullBudget?.verdicts[id] ?? null,
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
