/** The output of a measuring command, as a table or, with --json, as JSON: rows with bars, the verdict and the machine. */

/**
 * A row is a gate or a finding. A gate tests this code, and no change may break it. A finding tests a claim of the paper about networks:
 * if it misses its bar, that is a result, not a fault of the code.
 */
export interface ReportRow {
  readonly id: string;
  readonly what: string;
  /** Null if not measured; such a row holds only without a bar. */
  readonly figure: number | null;
  /** A condition on the figure, such as ">= 0.995", or `noBar`. */
  readonly bar: string;
  readonly holds: boolean;
  readonly detail: string;
  readonly finding?: true;
  /** A figure for information, without a bar: it describes the statistic or the machine, and is not evidence that the code is right. */
  readonly description?: true;
  /** The 95% interval of the figure, and the units that it is over. */
  readonly interval?: RowInterval;
  /** Of a p: the smallest value that the test can give with this many units or permutations. */
  readonly smallestP?: number;
}

export interface RowInterval {
  readonly low: number;
  readonly high: number;
  /** A plural, such as "runs". */
  readonly unit: string;
  readonly units: number;
}

/** The bar of a row that is only shown, such as an engine that is not installed. */
export const noBar = "none";

export interface Report {
  readonly rows: readonly ReportRow[];
  readonly holds: boolean;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly versions: Readonly<Record<string, string>>;
}

export type Bar = { readonly atLeast: number } | { readonly above: number } | { readonly below: number };

export function judge(row: { id: string; what: string; figure: number | null; bar: Bar; detail: string; finding?: true }): ReportRow {
  const { figure, bar } = row;
  const [words, holds] =
    "atLeast" in bar
      ? [`>= ${bar.atLeast}`, figure !== null && figure >= bar.atLeast]
      : "above" in bar
        ? [`> ${bar.above}`, figure !== null && figure > bar.above]
        : [`< ${bar.below}`, figure !== null && figure < bar.below];
  return { ...row, bar: words, holds };
}

export function printReport(report: Report, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return;
  }
  const cells = report.rows.map((row) => [
    row.description === true ? "shows" : row.bar === noBar ? "" : row.holds ? "holds" : "FAILS",
    row.id,
    row.figure === null ? "not measured" : Number(row.figure.toPrecision(8)).toString(),
    row.bar,
    row.what,
  ]);
  const lines = formatTable(["", "row", "figure", "bar", "what"], cells);
  for (const [index, row] of report.rows.entries()) if (row.detail !== "") lines[index + 1] += `\n${" ".repeat(9)}${row.detail}`;
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
  process.stdout.write(`${Object.values(report.machine).join(", ")}\n`);
  process.stdout.write(
    `${Object.entries(report.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}\n\n`,
  );
  process.stdout.write(`Verdict: ${verdictOf(report)}.\n`);
}

/** The same figure as a description: it has no bar and cannot fail. */
export function describe(row: ReportRow): ReportRow {
  return { ...row, bar: noBar, holds: true, description: true };
}

/** A figure that neither has a bar nor is marked as a description looks like evidence and cannot fail. */
export function checkBars(rows: readonly ReportRow[]): void {
  const bare = rows.find(({ bar, description }) => bar === noBar && description !== true);
  if (bare !== undefined) throw new Error(`The figure "${bare.what}" (${bare.id}) has no bar. Give it one, or mark it as a description.`);
}

/** Figures without a bar prove nothing, so the verdict includes the number of bars, and says if the others are meant to describe only. */
export function verdictOf({ rows, holds }: Pick<Report, "rows" | "holds">): string {
  const barred = rows.filter(({ bar }) => bar !== noBar).length;
  if (!holds) return "at least one bar does not hold";
  if (barred === 0) return "figures only, none has a bar";
  if (barred === rows.length) return "every bar holds";
  const others = rows.every(({ bar, description }) => bar !== noBar || description === true) ? ", the others only describe" : "";
  return `every bar holds; ${barred} of ${rows.length} figures have a bar${others}`;
}

/** Columns padded to their widest cell. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => (row[column] ?? "").length)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
