/** The report as a self-contained HTML file: verdicts, then each claim with its evidence, then all tables and figures. */
import type { Verdict } from "@pareidolia/core/verdicts";
import type { Claim, Judgement } from "../claims/claim.ts";
import type { ExperimentResult } from "../experiments/experiment.ts";
import { type FullBudget, verdictIn } from "../fullBudget.ts";
import { noBar, type ReportRow } from "../report.ts";
import { escapeHtml } from "./escapeHtml.ts";
import { evidenceList, figureText } from "./evidence.ts";
import { figureHtml, stripHtml } from "./figureHtml.ts";
import { reportStyle } from "./reportStyle.ts";

export interface FullReport {
  readonly writtenAt: string;
  /** Of the code that measured; null if unknown. */
  readonly commit: string | null;
  /** Shown in a column of its own; empty without a report of the full budget. */
  readonly fullBudget: FullBudget;
  readonly budget: string;
  readonly seeds: readonly number[];
  /** The last generation, if the command chose it; otherwise null, for that of each experiment. */
  readonly generations: number | null;
  readonly minutes: number;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly claims: readonly { readonly claim: Claim; readonly judgement: Judgement }[];
  readonly experiments: readonly {
    readonly id: string;
    readonly description: string;
    readonly seconds: number;
    /** CPU time over all threads, which excludes waiting on a busy machine. */
    readonly coreSeconds: number;
    readonly result: ExperimentResult | null;
    /** For each of the user's networks that the experiment could not use, the reason. */
    readonly refusals: readonly string[];
    /** The error, if there is no result. */
    readonly failure: string | null;
  }[];
  /** Experiments that had not run when this was written; empty in a complete report. */
  readonly unfinished: readonly string[];
}

export function reportHtml(report: FullReport): string {
  const summary = report.claims.map(
    ({ claim, judgement }) =>
      `<tr><td><a href="#${claim.id}">${claim.id}</a></td><td>${escapeHtml(claim.statement)}</td><td>${verdict(judgement.verdict)}</td><td>${fullVerdict(report, claim.id)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Deep networks are easily fooled: the claims, measured again</title><style>${reportStyle}</style></head><body><main>
<h1>Deep networks are easily fooled: the claims, measured again</h1>
<p class="lead">Nguyen, Yosinski and Clune (2015), claim by claim: the paper's result, ours, and whether they agree. Budget <b>${escapeHtml(report.budget)}</b>, seeds ${report.seeds.join(", ")} at most, ${report.minutes.toFixed(1)} minutes on ${escapeHtml(machineWords(report))}, commit ${escapeHtml(report.commit ?? "unknown")}. All confidences are computed on the bytes of stored images.</p>${unfinishedNote(report)}
${stripHtml(report.experiments.flatMap(({ result }) => result?.figures ?? []))}
<div class="scroll"><table><thead><tr><th></th><th>Claim</th><th>Verdict</th><th>Full budget</th></tr></thead><tbody>${summary.join("")}</tbody></table></div>
<p>${escapeHtml(fullBudgetSentence(report))} All verdicts follow one rule: the 95% interval over the stated unit against the paper's statement, the null hypothesis, and a comparable budget.</p>
<p>${escapeHtml(gateSentence(report))} A verdict is a <b>finding</b> about networks: if it disagrees with the paper, the report shows the figures, and no budget or bar is adjusted to make it agree. A <b>gate</b> tests the measuring code: an archive, an attack, an ascent or a training has to reach what it reached before. A failed gate is a fault in the code, and the command that writes this page then ends with an error. A claim that disagrees does not fail the command.</p>
${report.claims.map(claimSection).join("\n")}
<h2>Experiments</h2>
${report.experiments.map(experimentSection).join("\n")}
<h2>Versions</h2><p>${escapeHtml(
    Object.entries(report.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
  )}</p>
</main></body></html>
`;
}

/** A number is followed by its name. */
function machineWords({ machine }: FullReport): string {
  return Object.entries(machine)
    .map(([name, value]) => (typeof value === "number" ? `${value} ${name}` : value))
    .join(", ");
}

function unfinishedNote({ unfinished }: FullReport): string {
  if (unfinished.length === 0) return "";
  return `<p class="failure">This report is incomplete. Not run: ${escapeHtml(unfinished.join(", "))}.</p>`;
}

function gateSentence({ experiments, unfinished }: FullReport): string {
  const rows = experiments.flatMap(({ result }) => result?.rows ?? []);
  const gates = rows.filter(({ finding, bar }) => finding !== true && bar !== noBar);
  const failed = experiments.filter(({ result }) => result === null).length;
  const ends =
    failed === 0
      ? `every experiment${unfinished.length === 0 ? "" : " so far"} finished`
      : `${failed} of ${experiments.length} experiments failed`;
  return `${gates.filter(({ holds }) => holds).length} of ${gates.length} gates hold, and ${ends}.`;
}

function fullVerdict({ fullBudget }: FullReport, id: string): string {
  const word = verdictIn(fullBudget, id);
  return word === null ? "–" : verdict(word);
}

function fullBudgetSentence({ budget, fullBudget }: FullReport): string {
  if (fullBudget.length === 0) return "There is no report of the full budget yet, so its column is empty.";
  const named = fullBudget.map(({ writtenAt, commit, seeds, generations, verdicts }) =>
    [
      `${Object.keys(verdicts).join(", ")} on ${writtenAt.slice(0, 10)}`,
      `seeds ${seeds.join(", ")}`,
      ...(generations === null ? [] : [`${generations} generations`]),
      `commit ${commit ?? "unknown"}`,
    ].join(", "),
  );
  const source = budget === "full" ? "this report" : `the full budget (${named.join("; ")})`;
  return `The last column has the verdicts of ${source} for the claims that it decides: their experiments have finished, and its budget is the paper's or its images are ripe.`;
}

function verdict(word: Verdict): string {
  return `<span class="verdict ${word.replaceAll(" ", "-")}">${word}</span>`;
}

function claimSection({ claim, judgement }: FullReport["claims"][number]): string {
  const evidence = claim.experiments.map((id) => `<a href="#experiment-${id}">${id}</a>`).join(", ");
  return `<section id="${claim.id}"><h3>${claim.id}. ${escapeHtml(claim.statement)} ${verdict(judgement.verdict)}</h3>
<dl><dt>The paper</dt><dd>${escapeHtml(claim.paper)}</dd><dt>Ours</dt><dd>${evidenceList(judgement.ours)}</dd><dt>Reason</dt><dd>${escapeHtml(judgement.reason)}</dd><dt>Evidence</dt><dd>${evidence}</dd></dl></section>`;
}

function experimentSection({
  id,
  description,
  seconds,
  coreSeconds,
  result,
  refusals,
  failure,
}: FullReport["experiments"][number]): string {
  const words = [`${description}.`, `${seconds.toFixed(0)} s, ${coreSeconds.toFixed(0)} core-seconds.`, ...refusals];
  const title = `<h3>${id}</h3><p>${escapeHtml(words.join(" "))}</p>`;
  if (result === null) return `<section id="experiment-${id}">${title}<p class="failure">${escapeHtml(failure ?? "")}</p></section>`;
  return `<section id="experiment-${id}">${title}${barTable(result.rows)}${(result.figures ?? []).map(figureHtml).join("")}<details><summary>All ${result.lines.length} measurements</summary><div class="scroll"><table><thead><tr>${result.head.map((cell) => `<th>${escapeHtml(cell)}</th>`).join("")}</tr></thead><tbody>${result.lines.map((line) => `<tr>${line.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`).join("")}</tbody></table></div></details></section>`;
}

function barTable(rows: readonly ReportRow[]): string {
  if (rows.length === 0) return "";
  const cells = rows.map(
    (row) =>
      `<tr class="${row.holds ? "" : "failure"}"><td>${row.figure === null ? "not measured" : row.bar === noBar ? "" : row.holds ? "holds" : "fails"}</td><td>${row.bar === noBar ? "" : row.finding === true ? "finding" : "gate"}</td><td>${escapeHtml(row.what)}<small>${escapeHtml(row.id)}</small></td><td class="number">${escapeHtml(figureText(row))}</td><td class="number">${escapeHtml(row.bar)}</td><td>${escapeHtml(row.detail)}</td></tr>`,
  );
  return `<div class="scroll"><table class="bars"><thead><tr><th></th><th></th><th>What</th><th>Figure</th><th>Bar</th><th>Detail</th></tr></thead><tbody>${cells.join("")}</tbody></table></div>`;
}
